import { type ArgumentPlace, argumentWords, type KnownWords } from "./argument-words.ts";

/** What a completion looks at. */
export interface CompletionSource {
  /** Names of everything that can stand first. */
  readonly commands: readonly string[];
  /** What commands want that is no file; absent where only files are offered. */
  readonly known?: KnownWords;
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

/** Completes the word before the cursor: a command where one stands, what the command wants, a variable, otherwise a file. */
export function complete(line: string, source: CompletionSource): Completion {
  const { raw, word, quote } = lastWord(line);
  const before = line.slice(0, line.length - raw.length).trimEnd();
  const first = before === "" || /(?:[|&;(]|\b(?:then|do|else|if|while|until|!))$/.test(before);
  const place = placeOf(before, word);
  const [, sign = "", variable] = /^(.*\$\{?)(\w*)$/.exec(raw) ?? [];
  if (variable !== undefined && quote !== "'" && source.known !== undefined) {
    return ofVariable(raw, sign, variable, source.known.variables);
  }
  if (first && !word.includes("/")) return ofWords(raw, word, quote, source.commands);
  const redirected = /[<>]$/.test(before);
  const words = source.known === undefined || redirected ? undefined : argumentWords(place, source.known);
  if (words === "commands") return ofWords(raw, word, quote, source.commands);
  if (words?.some((each) => each.startsWith(word))) return ofWords(raw, word, quote, words);
  return ofFiles(raw, word, quote, place.command, source);
}

/** The command that the word belongs to, and what stands between them. Assignments before it do not count. */
function placeOf(before: string, word: string): ArgumentPlace {
  const operator = Math.max(...["|", "&", ";", "("].map((each) => before.lastIndexOf(each)));
  const words = before.slice(operator + 1).match(/\S+/g) ?? [];
  const at = words.findIndex((each) => !/^\w+=/.test(each));
  return { command: words[at] ?? "", before: at === -1 ? [] : words.slice(at + 1), word };
}

function ofWords(raw: string, word: string, quote: string, words: readonly string[]): Completion {
  const matching = [...new Set(words)].filter((name) => name.startsWith(word)).sort();
  const offered = matching.map((name) => ({ shown: name, end: name.endsWith(":") ? "" : " " }));
  return agreed(raw, word, quote, offered, 0);
}

function ofVariable(raw: string, sign: string, start: string, variables: readonly string[]): Completion {
  const matching = variables.filter((name) => name.startsWith(start)).sort();
  const [only, ...more] = matching;
  const replaced = [...raw].length;
  const candidates = matching.map((name) => `${sign}${name}`);
  if (only === undefined) return { replaced, text: raw, candidates };
  const closed = sign.endsWith("{") ? "}" : "";
  const text = more.length > 0 ? common(matching) : `${only}${closed}`;
  return { replaced, text: `${sign}${text}`, candidates };
}

function ofFiles(raw: string, word: string, quote: string, command: string, source: CompletionSource): Completion {
  const slash = word.lastIndexOf("/") + 1;
  const folder = word.slice(0, slash);
  const start = word.slice(slash);
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
  const whole = word.slice(0, kept) + common(matching.map(({ shown }) => shown));
  const text = quote === "" ? whole.replace(special, "\\$&") : `${quote}${whole}`;
  if (more.length > 0) return { replaced, text, candidates };
  return { replaced, text: `${text}${first.end === " " ? `${quote} ` : first.end}`, candidates };
}

/** What all of these begin with. */
function common([first = "", ...others]: readonly string[]): string {
  let shared = first;
  for (const each of others) while (!each.startsWith(shared)) shared = shared.slice(0, -1);
  return shared;
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
