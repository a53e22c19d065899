/** Reads a program's arguments by its table of options, as its own parser would. */
import type { Place } from "../findings/finding.ts";
import type { Option, OptionTable } from "./option-table.ts";
import type { PlacedWord } from "./placed-word.ts";

/** A setting that an option gives. */
export interface Given extends Place {
  readonly setting: string;
  /** As it was written; `undefined` for an option without a value. */
  readonly value: string | undefined;
  /** Parts of the value are put in when the command starts; they stand as `$`. */
  readonly expands: boolean;
}

/** What is wrong with an option. */
export interface OptionProblem extends Place {
  readonly kind: "unknown-option" | "no-value" | "not-a-number";
  /** The option as it was written, and its value where that is wrong. */
  readonly about: string;
}

/** Arguments, read. */
export interface ReadOptions {
  readonly given: readonly Given[];
  /** What is no option. */
  readonly rest: readonly PlacedWord[];
  readonly problems: readonly OptionProblem[];
}

const number = /^[+-]?(?:\d[\d_]*|0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/;

/** Reads `words`, which follow the program's name. */
export function readOptions(words: readonly PlacedWord[], table: OptionTable): ReadOptions {
  const given: Given[] = [];
  const rest: PlacedWord[] = [];
  const problems: OptionProblem[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) break;
    if (word.text === "--") {
      rest.push(...words.slice(at + 1));
      break;
    }
    if (isValue(word)) {
      rest.push(word);
      continue;
    }
    const read = readOption(word, words[at + 1], table);
    if (read.given !== undefined) given.push(read.given);
    if (read.problem !== undefined) problems.push(read.problem);
    if (read.takesNext) at += 1;
  }
  return { given, rest, problems };
}

/** One option, read. */
interface ReadOption {
  readonly given?: Given;
  readonly problem?: OptionProblem;
  /** The word behind it is its value. */
  readonly takesNext: boolean;
}

function readOption(word: PlacedWord, next: PlacedWord | undefined, table: OptionTable): ReadOption {
  const { text, from, to } = word;
  const { option, flag, attached, couldBe } = find(text, table);
  const takesNext = attached === undefined && isValue(next);
  if (option === undefined) {
    const about = couldBe.length > 0 ? `${flag} (${couldBe.join(", ")}?)` : flag;
    if (table.complete) return { problem: { kind: "unknown-option", about, from, to }, takesNext: false };
    // What follows an option that the table has not may be its value.
    return { takesNext };
  }
  const { setting } = option;
  if (option.takes === "none")
    return { given: { setting, value: undefined, expands: false, from, to }, takesNext: false };
  const value = takesNext ? next?.text : attached;
  const end = takesNext && next !== undefined ? next.to : to;
  if (value === undefined && option.takes === "one") {
    return { problem: { kind: "no-value", about: flag, from, to }, takesNext };
  }
  const expands = takesNext && next !== undefined ? next.expands : word.expands;
  const given = { setting, value, expands, from, to: end };
  if (value === undefined || option.value !== "int" || number.test(value) || expands) {
    return { given, takesNext };
  }
  return { given, problem: { kind: "not-a-number", about: `${flag} ${value}`, from, to: end }, takesNext };
}

/** A lone hyphen is a value; "-1" would be one as well, and no option looks like that. */
function isValue(word: PlacedWord | undefined): word is PlacedWord {
  return word !== undefined && !/^-[-A-Za-z]/.test(word.text);
}

interface Found {
  readonly option: Option | undefined;
  readonly flag: string;
  /** The value that stands in the same word: `--workers=4`, `-w4`. */
  readonly attached: string | undefined;
  /** Options that the beginning could mean, where it could mean several. */
  readonly couldBe: readonly string[];
}

function find(text: string, { options, abbreviations }: OptionTable): Found {
  const withFlag = (flag: string) => options.find(({ flags }) => flags.includes(flag));
  if (text.startsWith("--")) {
    const [, flag = text, attached] = /^([^=]+)=([\s\S]*)$/.exec(text) ?? [];
    const exact = withFlag(flag);
    if (exact !== undefined || !abbreviations) return { option: exact, flag, attached, couldBe: [] };
    const begun = options.filter(({ flags }) => flags.some((each) => each.startsWith(flag)));
    if (begun.length === 1) return { option: begun[0], flag, attached, couldBe: [] };
    const couldBe = begun.flatMap(({ flags }) => flags.filter((each) => each.startsWith(flag)));
    return { option: undefined, flag, attached, couldBe };
  }
  const flag = text.slice(0, 2);
  const option = withFlag(flag);
  const attached = text.length > 2 ? text.slice(2).replace(/^=/, "") : undefined;
  return { option, flag: option === undefined ? text : flag, attached, couldBe: [] };
}
