/** Which programs read their standard input: those that were given no file. */

/** Letters of options that take a value, and how many operands come before the files. */
const known: Readonly<
  Record<string, { readonly values?: string; readonly before?: number; readonly insteadOfFirst?: string }>
> = {
  base64: { values: "w" },
  column: { values: "csot" },
  expand: { values: "t" },
  fold: { values: "w" },
  jq: { values: "L", before: 1, insteadOfFirst: "f" },
  nl: { values: "bdfhilnsvw" },
  od: { values: "AjNStw" },
  egrep: { values: "ABCefm", before: 1, insteadOfFirst: "ef" },
  fgrep: { values: "ABCefm", before: 1, insteadOfFirst: "ef" },
  split: { values: "abln" },
  strings: { values: "nt" },
};

/** They read what they are told to read, and nothing else, but for `-`. */
const onlyWhenNamed = new Set(["comm", "du", "expr", "file", "join", "ln", "readlink", "stat", "tree"]);

/** Whether a program with these arguments reads its standard input. */
export function needsInput(name: string, args: readonly string[]): boolean {
  if (args.includes("-")) return true;
  if (onlyWhenNamed.has(name) || args.includes("--help") || args.includes("--version")) return false;
  const { values = "", before = 0, insteadOfFirst = "" } = known[name] ?? {};
  let operands = 0;
  let first = before;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    if (arg === "--") return operands + args.length - at - 1 <= first;
    if (!/^-./.test(arg)) {
      operands += 1;
      continue;
    }
    if (name === "jq" && (arg === "-n" || arg === "--null-input")) return false;
    const place = placeOfValue(arg, values);
    if (place !== -1 && insteadOfFirst.includes(arg.charAt(place))) first = 0;
    if (place === arg.length - 1) at += 1;
    if (name === "jq" && jqPairs.has(arg)) at += 2;
  }
  return operands <= first;
}

/** Options of jq that take a name and a value. */
const jqPairs: ReadonlySet<string> = new Set(["--arg", "--argjson", "--slurpfile", "--rawfile"]);

/** Where in `-abc` a letter stands that takes a value: what follows it, or the next word; -1 if none does. */
function placeOfValue(arg: string, values: string): number {
  if (arg.startsWith("--")) return -1;
  return Array.from(arg).findIndex((letter, index) => index > 0 && values.includes(letter));
}
