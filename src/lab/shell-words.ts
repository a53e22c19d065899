/**
 * Splits a command line into words as a POSIX shell does, as far as one program without a shell can mean:
 * quotes, backslashes, `NAME=value` before the command. What only a shell could do is a problem, never silence.
 */

/** A command line, split. */
export interface Command {
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
  | { readonly kind: "operator"; readonly operator: string };

/** What came of splitting a command line. */
export type ParsedCommand =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly problem: CommandProblem };

interface Word {
  text: string;
  /** Nothing before the first `=` was quoted, so `NAME=value` may be an assignment. */
  readonly plainStart: boolean;
}

const blank = /\s/;
const operator = /^(?:&&|\|\||>>|<<|[|&;<>()])/;
const assignment = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s;
/** Inside double quotes a backslash escapes only these. */
const escapedInDoubleQuotes = new Set(['"', "\\", "$", "`"]);

/** Splits `line`. */
export function parseCommand(line: string): ParsedCommand {
  const words: Word[] = [];
  let word: Word | undefined;
  const add = (text: string, plain: boolean) => {
    if (word === undefined) {
      word = { text: "", plainStart: plain };
      words.push(word);
    }
    word.text += text;
  };

  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (character === "'" || character === '"') {
      const quoted = readQuoted(line, at);
      if (quoted === undefined) {
        return failure({ kind: "unclosed-quote", quote: character, column: at + 1 });
      }
      add(quoted.text, false);
      at = quoted.end;
    } else if (character === "\\") {
      if (at + 1 === line.length) return failure({ kind: "trailing-backslash" });
      at++;
      add(line.charAt(at), false);
    } else if (blank.test(character)) {
      word = undefined;
    } else {
      const found = operator.exec(line.slice(at))?.[0];
      if (found !== undefined) return failure({ kind: "operator", operator: found });
      add(character, true);
    }
  }
  return fromWords(words);
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

function fromWords(words: readonly Word[]): ParsedCommand {
  const env: Record<string, string> = {};
  let first = 0;
  for (const word of words) {
    const [, name, value] = (word.plainStart && assignment.exec(word.text)) || [];
    if (name === undefined || value === undefined) break;
    env[name] = value;
    first++;
  }
  const argv = words.slice(first).map(({ text }) => text);
  return argv.length === 0 ? failure({ kind: "empty" }) : { ok: true, command: { env, argv } };
}

function failure(problem: CommandProblem): ParsedCommand {
  return { ok: false, problem };
}
