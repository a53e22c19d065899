/** Reads a program's arguments by its table of options, as its own parser would. */
import type { Place } from "../findings/finding.ts";
import type { Option, OptionTable } from "./option-table.ts";
import type { PlacedWord } from "./server-commands.ts";

/** A setting that an option gives. */
export interface Given extends Place {
  readonly setting: string;
  /** As it was written; `undefined` for an option without a value. */
  readonly value: string | undefined;
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
    const { text, from, to } = word;
    if (text === "--") {
      rest.push(...words.slice(at + 1));
      break;
    }
    // A lone hyphen is a value; "-1" would be one as well, and no option looks like that.
    if (!/^-[-A-Za-z]/.test(text)) {
      rest.push(word);
      continue;
    }
    const { option, flag, attached, couldBe } = find(text, table);
    if (option === undefined) {
      const about = couldBe.length > 0 ? `${flag} (${couldBe.join(", ")}?)` : flag;
      if (table.complete) problems.push({ kind: "unknown-option", about, from, to });
      // What follows an option that the table has not may be its value.
      else if (attached === undefined && isValue(words[at + 1])) at += 1;
      continue;
    }
    if (option.takes === "none") {
      given.push({ setting: option.setting, value: undefined, from, to });
      continue;
    }
    const next = words[at + 1];
    const takesNext = attached === undefined && next !== undefined && isValue(next);
    const value = takesNext ? next.text : attached;
    const end = takesNext ? next.to : to;
    if (takesNext) at += 1;
    if (value === undefined && option.takes === "one") {
      problems.push({ kind: "no-value", about: flag, from, to });
      continue;
    }
    if (value !== undefined && option.value === "int" && !number.test(value) && !value.includes("$")) {
      problems.push({ kind: "not-a-number", about: `${flag} ${value}`, from, to: end });
    }
    given.push({ setting: option.setting, value, from, to: end });
  }
  return { given, rest, problems };
}

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
