/**
 * What a copy of a shell in another process has to know: a native process cannot fork.
 *
 * It travels in the environment of the copy, which takes it out again before it starts anything.
 */
import type { AndOr, Command } from "../../../../../shell/syntax.ts";
import type { ShellLanguage } from "../../../../../shell/word-parser.ts";
import type { Pid } from "../../../../host-types.ts";
import type { PlainVariable } from "./variables.ts";

/** A function of a script. */
export interface ShellFunction {
  readonly body: Command;
  /** The file that it stands in; undefined for a line that was given or typed. */
  readonly file?: string | undefined;
  /** Other shells that it starts get it, too (`export -f`, of bash). */
  readonly exported?: boolean;
}

/** A shell as it goes to another process. */
export interface ForkedState {
  readonly language: ShellLanguage;
  readonly positional: { name: string; arguments: readonly string[] };
  readonly mainPid: Pid;
  readonly title: string;
  readonly variables: readonly PlainVariable[];
  readonly functions: readonly (readonly [string, ShellFunction])[];
  readonly aliases: readonly (readonly [string, string])[];
  readonly options: readonly string[];
  readonly shopt: readonly string[];
  /** What was typed before, the oldest first. */
  readonly history: readonly string[];
  readonly status: number;
  readonly lastBackground: Pid | undefined;
  readonly line: number;
  readonly run: AndOr;
}

const prefix = "__FORKED_SHELL_";
/** Below what Linux takes as one argument. */
const longestPiece = 100_000;

/** The state as an environment. */
export function forkedEnvironment(state: ForkedState): Record<string, string> {
  const text = JSON.stringify(state);
  const pieces = Array.from({ length: Math.ceil(text.length / longestPiece) }, (_, index) =>
    text.slice(index * longestPiece, (index + 1) * longestPiece),
  );
  return Object.fromEntries(pieces.map((piece, index) => [`${prefix}${index}`, piece]));
}

/**
 * The state that an environment holds; undefined if it holds none. Throws `SyntaxError` for what no shell has written.
 */
export function forkedState(environment: Readonly<Record<string, string>>): ForkedState | undefined {
  let text = "";
  for (let index = 0; Object.hasOwn(environment, `${prefix}${index}`); index += 1)
    text += environment[`${prefix}${index}`];
  return text === "" ? undefined : JSON.parse(text);
}
