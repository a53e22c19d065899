/** The words of a command, whoever splits it: a shell, systemd, supervisor, a list in a Dockerfile. */
import type { Place } from "../findings/finding.ts";

/** A word of a command, without its quotes, and where it stands. What only a shell could expand is left as `$`. */
export interface PlacedWord extends Place {
  readonly text: string;
  /** A part of it is put in when the command starts: what is known of it is not all. */
  readonly expands: boolean;
}

/** `NAME=value`. */
export interface PlacedVariable extends PlacedWord {
  readonly name: string;
}

/** Something that whoever starts the command would refuse. */
export interface CommandMistake extends Place {
  readonly message: string;
}

/** What a text was split into. */
export interface SplitWords {
  readonly words: readonly PlacedWord[];
  readonly mistake: CommandMistake | undefined;
}

/** How a text is split. */
export interface Splitting {
  /** Where the text begins in the one that findings speak of. */
  readonly from: number;
  /** What is put in when the command starts. */
  readonly expands: RegExp;
  /** A backslash means something within single quotes as well, as systemd has it. */
  readonly escapesInSingleQuotes: boolean;
}

/** What systemd makes of a character behind a backslash: systemd.syntax(7). */
const escapes: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["s", " "],
  ["r", "\r"],
]);

/**
 * Splits a text at its blanks, as systemd does (`extract_first_word`), and Python's shlex: quotes of both kinds may
 * stand anywhere in a word, and have to be closed.
 */
export function splitWords(text: string, splitting: Splitting): SplitWords {
  const { from: offset, expands } = splitting;
  const words: PlacedWord[] = [];
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const { said, end, open } = readWord(text, at, splitting.escapesInSingleQuotes);
    if (open !== undefined) {
      const message = `the quote ${text.charAt(open)} is not closed`;
      return { words, mistake: { message, from: offset + open, to: offset + open + 1 } };
    }
    words.push({ text: said, from: offset + at, to: offset + end, expands: expands.test(text.slice(at, end)) });
    at = end;
  }
  return { words, mistake: undefined };
}

/** A piece of a word: plain letters, a backslash with what follows it, a quoted text that may be open. */
const piece = /[^\s"'\\]+|\\([\s\S]?)|"((?:[^"\\]|\\[\s\S]?)*)("?)|'([^']*)('?)/y;
/** The same where a backslash means something within single quotes. */
const pieceWithEscapes = /[^\s"'\\]+|\\([\s\S]?)|"((?:[^"\\]|\\[\s\S]?)*)("?)|'((?:[^'\\]|\\[\s\S]?)*)('?)/y;

/** One word, without its quotes; `open` is where a quote begins that is not closed. */
function readWord(
  text: string,
  start: number,
  escapesInSingleQuotes: boolean,
): { readonly said: string; readonly end: number; readonly open: number | undefined } {
  const pattern = escapesInSingleQuotes ? pieceWithEscapes : piece;
  const plain = (said: string) =>
    said.replace(/\\([\s\S])/g, (_, next: string) => (escapesInSingleQuotes ? (escapes.get(next) ?? next) : next));
  const pieces: string[] = [];
  let end = start;
  for (;;) {
    pattern.lastIndex = end;
    const found = pattern.exec(text);
    if (found === null) return { said: pieces.join(""), end, open: undefined };
    const [all, escaped, double, doubleEnd, single, singleEnd] = found;
    if (doubleEnd === "" || singleEnd === "") return { said: "", end, open: end };
    if (escaped !== undefined) pieces.push(escaped === "" ? "\\" : plain(all));
    else if (double !== undefined) pieces.push(plain(double));
    else if (single !== undefined) pieces.push(escapesInSingleQuotes ? plain(single) : single);
    else pieces.push(all);
    end += all.length;
  }
}

/** `NAME=value` words as variables; what is none is passed over. */
export function variablesOf(words: readonly PlacedWord[]): readonly PlacedVariable[] {
  return words.flatMap((word) => {
    const [beginning, name] = /^([A-Za-z_]\w*)=/.exec(word.text) ?? [];
    if (beginning === undefined || name === undefined) return [];
    return [{ ...word, name, text: word.text.slice(beginning.length) }];
  });
}
