/**
 * Splits a command line into words as a POSIX shell does, as far as one program without a shell can mean:
 * quotes, backslashes, `NAME=value` before the command. What only a shell could do is a problem, never silence.
 */

import { codePoint, firstHidden } from "../basics/hidden-characters.ts";

/** A command line, split. */
export interface SplitCommand {
  /** `NAME=value` pairs that stood before the command. */
  readonly env: Readonly<Record<string, string>>;
  /** The program and its arguments, at least one word. */
  readonly argv: readonly string[];
}

/** Why a command line cannot be run. Columns count from 1. */
export type CommandProblem =
  | { readonly kind: "empty" }
  | { readonly kind: "unclosed-quote"; readonly quote: string; readonly column: number }
  | { readonly kind: "trailing-backslash" }
  | { readonly kind: "operator"; readonly operator: string }
  /** It cannot be seen, or shows others in another order than they run in; `point` is its number, `U+200B`. */
  | { readonly kind: "hidden-character"; readonly point: string; readonly column: number };

/** What came of splitting a command line. */
export type ParsedCommand =
  | { readonly ok: true; readonly command: SplitCommand }
  | { readonly ok: false; readonly problem: CommandProblem };

/** A word of a command line, and where it stands there. */
export interface ShellWord {
  readonly text: string;
  /** Place of its first character in the line, quotes included. */
  readonly start: number;
  /** Place after its last character. */
  readonly end: number;
  /** Nothing before the first `=` was quoted, so `NAME=value` may be an assignment. */
  readonly plainStart: boolean;
}

/** What came of looking for a command's words. */
export type SplitLine =
  | {
      readonly ok: true;
      /** `NAME=value` pairs before the command. */
      readonly env: readonly (readonly [name: string, value: string])[];
      /** The program and its arguments, at least one word. */
      readonly words: readonly ShellWord[];
    }
  | { readonly ok: false; readonly problem: CommandProblem };

const blank = /\s/;
const operator = /^(?:&&|\|\||>>|<<|[|&;<>()])/;
const assignment = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s;
/** Inside double quotes a backslash escapes only these. */
const escapedInDoubleQuotes = new Set(['"', "\\", "$", "`"]);

/** Splits `line`. */
export function parseCommand(line: string): ParsedCommand {
  const hidden = firstHidden(line);
  if (hidden !== undefined) {
    return failure({ kind: "hidden-character", point: codePoint(hidden.character), column: hidden.column });
  }
  const split = splitLine(line);
  if (!split.ok) return split;
  return { ok: true, command: { env: Object.fromEntries(split.env), argv: split.words.map(({ text }) => text) } };
}

/** Splits `line`, and tells where its words stand. */
export function splitLine(line: string): SplitLine {
  const words: { -readonly [key in keyof ShellWord]: ShellWord[key] }[] = [];
  let inWord = false;
  const add = (text: string, plain: boolean, start: number, end: number) => {
    const word = inWord ? words.at(-1) : undefined;
    inWord = true;
    if (word === undefined) {
      words.push({ text, plainStart: plain, start, end });
    } else {
      word.text += text;
      word.end = end;
    }
  };

  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    const start = at;
    if (character === "'" || character === '"') {
      const quoted = readQuoted(line, at);
      if (quoted === undefined) {
        return failure({ kind: "unclosed-quote", quote: character, column: at + 1 });
      }
      at = quoted.end;
      add(quoted.text, false, start, at + 1);
    } else if (character === "\\") {
      if (at + 1 === line.length) return failure({ kind: "trailing-backslash" });
      at++;
      add(line.charAt(at), false, start, at + 1);
    } else if (blank.test(character)) {
      inWord = false;
    } else {
      const found = operator.exec(line.slice(at))?.[0];
      if (found !== undefined) return failure({ kind: "operator", operator: found });
      add(character, true, start, at + 1);
    }
  }
  return withoutAssignments(words);
}

/** The quoted text that opens at `open`, and where its closing quote stands. */
function readQuoted(line: string, open: number): { text: string; end: number } | undefined {
  const quote = line.charAt(open);
  let text = "";
  for (let at = open + 1; at < line.length; at++) {
    const character = line.charAt(at);
    if (character === quote) return { text, end: at };
    if (quote === '"' && character === "\\" && escapedInDoubleQuotes.has(line.charAt(at + 1))) {
      at++;
      text += line.charAt(at);
    } else {
      text += character;
    }
  }
  return undefined;
}

function withoutAssignments(words: readonly ShellWord[]): SplitLine {
  const env: (readonly [string, string])[] = [];
  for (const word of words) {
    const [, name, value] = (word.plainStart && assignment.exec(word.text)) || [];
    if (name === undefined || value === undefined) break;
    env.push([name, value]);
  }
  const rest = words.slice(env.length);
  return rest.length === 0 ? failure({ kind: "empty" }) : { ok: true, env, words: rest };
}

function failure(problem: CommandProblem): { ok: false; problem: CommandProblem } {
  return { ok: false, problem };
}
