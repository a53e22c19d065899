/** Which programs read their standard input: those that were given no file. */

/** Letters of options that take a value, and how many operands come before the files. */
const known: Readonly<
  Record<string, { readonly values?: string; readonly before?: number; readonly insteadOfFirst?: string }>
> = {
  awk: { values: "Fvf", before: 1, insteadOfFirst: "f" },
  base64: { values: "w" },
  column: { values: "csot" },
  cut: { values: "bcdf" },
  expand: { values: "t" },
  fold: { values: "w" },
  jq: { values: "L", before: 1, insteadOfFirst: "f" },
  nl: { values: "bdfhilnsvw" },
  od: { values: "AjNStw" },
  paste: { values: "d" },
  egrep: { values: "ABCefm", before: 1, insteadOfFirst: "ef" },
  fgrep: { values: "ABCefm", before: 1, insteadOfFirst: "ef" },
  sed: { values: "efl", before: 1, insteadOfFirst: "ef" },
  sort: { values: "kotST" },
  split: { values: "abln" },
  strings: { values: "nt" },
  uniq: { values: "fsw" },
};

/** They read what they are told to read, and nothing else, but for `-`. */
const onlyWhenNamed = new Set([
  "comm",
  "diff",
  "du",
  "expr",
  "file",
  "find",
  "join",
  "ln",
  "readlink",
  "stat",
  "tar",
  "tree",
]);

/** Whether a program with these arguments reads its standard input. */
export function needsInput(name: string, args: readonly string[]): boolean {
  if (args.includes("-")) return true;
  if (onlyWhenNamed.has(name) || args.includes("--help") || args.includes("--version")) return false;
  if (name === "tr") return true;
  const { values = "", before = 0, insteadOfFirst = "" } = known[name] ?? {};
  let operands = 0;
  let first = before;
  let rest = false;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    if (rest || !/^-./.test(arg)) {
      operands += 1;
      continue;
    }
    if (arg === "--") rest = true;
    if (name === "jq" && (arg === "-n" || arg === "--null-input")) return false;
    if (name === "jq" && /^--(?:arg|argjson|slurpfile|rawfile)$/.test(arg)) at += 2;
    if (arg.startsWith("--")) continue;
    const place = Array.from(arg.slice(1)).findIndex((letter) => values.includes(letter));
    if (place === -1) continue;
    if (insteadOfFirst.includes(arg.charAt(place + 1))) first = 0;
    if (place + 2 === arg.length) at += 1;
  }
  return operands <= first;
}
