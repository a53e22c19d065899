/** What a completion looks at. */
export interface CompletionSource {
  /** Names of everything that can stand first. */
  readonly commands: readonly string[];
  /** Names in a folder; none if it is no folder. */
  names(folder: string): readonly { readonly name: string; readonly isFolder: boolean }[];
}

/** What Tab offers. */
export interface Completion {
  /** How many characters before the cursor it takes the place of. */
  readonly replaced: number;
  /** What comes in their place; as long as the candidates agree. */
  readonly text: string;
  /** All that would fit, as they are listed. */
  readonly candidates: readonly string[];
}

const special = /[\s'"\\$&|;<>()*?[\]`#~!{}]/g;
const onlyFolders = new Set(["cd", "rmdir"]);

/** Completes the word before the cursor: a command where one stands, otherwise a file. */
export function complete(line: string, source: CompletionSource): Completion {
  const { raw, word, quote } = lastWord(line);
  const before = line.slice(0, line.length - raw.length).trimEnd();
  const first = before === "" || /(?:[|&;(]|\b(?:then|do|else|if|while|until|!))$/.test(before);
  if (first && !word.includes("/")) {
    const matching = source.commands.filter((name) => name.startsWith(word)).sort();
    return agreed(
      raw,
      word,
      quote,
      matching.map((name) => ({ shown: name, end: " " })),
      0,
    );
  }
  const slash = word.lastIndexOf("/") + 1;
  const folder = word.slice(0, slash);
  const start = word.slice(slash);
  const operator = Math.max(...["|", "&", ";", "("].map((each) => before.lastIndexOf(each)));
  const command = /\S+/.exec(before.slice(operator + 1))?.[0] ?? "";
  const matching = source
    .names(folder)
    .filter(({ name, isFolder }) => name.startsWith(start) && (isFolder || !onlyFolders.has(command)))
    .filter(({ name }) => start !== "" || !name.startsWith("."))
    .map(({ name, isFolder }) => ({ shown: name, end: isFolder ? "/" : " " }));
  return agreed(raw, word, quote, matching, slash);
}

function agreed(
  raw: string,
  word: string,
  quote: string,
  matching: readonly { readonly shown: string; readonly end: string }[],
  kept: number,
): Completion {
  const replaced = [...raw].length;
  const [first, ...more] = matching;
  const candidates = matching.map(({ shown, end }) => (end === "/" ? `${shown}/` : shown));
  if (first === undefined) return { replaced, text: raw, candidates };
  let common = first.shown;
  for (const { shown } of more) while (!shown.startsWith(common)) common = common.slice(0, -1);
  const whole = word.slice(0, kept) + common;
  const text = quote === "" ? whole.replace(special, "\\$&") : `${quote}${whole}`;
  if (more.length > 0) return { replaced, text, candidates };
  return { replaced, text: `${text}${first.end === " " ? `${quote} ` : "/"}`, candidates };
}

/** The word that the cursor stands behind, as it is written and as it is meant. */
function lastWord(line: string): { raw: string; word: string; quote: string } {
  let start = 0;
  let word = "";
  let quote = "";
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (quote !== "") {
      if (character === quote) quote = "";
      else word += character;
    } else if (character === "'" || character === '"') quote = character;
    else if (character === "\\") {
      at += 1;
      word += line.charAt(at);
    } else if (/[\s|&;<>()=]/.test(character)) {
      start = at + 1;
      word = "";
    } else word += character;
  }
  return { raw: line.slice(start), word, quote };
}

/** Names side by side, downwards, in as many columns as fit. */
export function inColumns(names: readonly string[], columns: number): string {
  // A name takes a column and two blanks at least.
  for (let perRow = Math.min(names.length, Math.max(1, Math.ceil(columns / 3) + 1)); perRow > 0; perRow -= 1) {
    const rows = Math.ceil(names.length / perRow);
    const widths = Array.from({ length: Math.ceil(names.length / rows) }, (_, column) =>
      Math.max(...names.slice(column * rows, (column + 1) * rows).map(({ length }) => length)),
    );
    const width = widths.reduce((sum, each) => sum + each + 2, -2);
    if (width > columns && perRow > 1) continue;
    const cell = (name: string, index: number) => name.padEnd((widths[index] ?? 0) + 2);
    return Array.from({ length: rows }, (_, row) => names.filter((_, index) => index % rows === row))
      .map((line) => `${line.map(cell).join("").trimEnd()}\n`)
      .join("");
  }
  return "";
}
