/** What a command line means, before anything in it is expanded. */

/** A piece of a word. `quoted`: it stood in quotes, so it is neither split nor a pattern. */
export type WordPart =
  | { readonly kind: "text"; readonly text: string; readonly quoted: boolean }
  | {
      readonly kind: "variable";
      readonly name: string;
      readonly quoted: boolean;
      /** `${name:-word}` and its relatives. */
      readonly modifier?: { readonly operator: string; readonly word: Word };
    }
  | { readonly kind: "substitution"; readonly list: List; readonly quoted: boolean }
  | { readonly kind: "arithmetic"; readonly expression: Word; readonly quoted: boolean };

/** A word of the command line. */
export interface Word {
  readonly parts: readonly WordPart[];
}

/** `2> file`, `<<EOF`, `2>&1`. */
export interface Redirection {
  /** The descriptor that is redirected. */
  readonly fd: number;
  readonly operator: "<" | ">" | ">>" | ">&" | "<<";
  /** A file's name, a descriptor's number, or a text. */
  readonly target: Word;
}

/** `NAME=value` before a command. */
export interface Assignment {
  readonly name: string;
  readonly value: Word;
}

/** A program with its arguments. */
export interface SimpleCommand {
  readonly kind: "simple";
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  readonly redirections: readonly Redirection[];
}

/** What can stand in a pipeline. `source`: as it was written. */
export type Command = (
  | SimpleCommand
  | { readonly kind: "group" | "subshell"; readonly list: List; readonly redirections: readonly Redirection[] }
  | {
      readonly kind: "if";
      readonly branches: readonly { readonly condition: List; readonly list: List }[];
      readonly otherwise: List;
      readonly redirections: readonly Redirection[];
    }
  | {
      readonly kind: "while";
      readonly until: boolean;
      readonly condition: List;
      readonly list: List;
      readonly redirections: readonly Redirection[];
    }
  | {
      readonly kind: "for";
      readonly name: string;
      readonly words: readonly Word[];
      readonly list: List;
      readonly redirections: readonly Redirection[];
    }
  | {
      readonly kind: "case";
      readonly word: Word;
      readonly arms: readonly { readonly patterns: readonly Word[]; readonly list: List }[];
      readonly redirections: readonly Redirection[];
    }
  /** `name() { … }`. Its redirections are those of the body. */
  | { readonly kind: "function"; readonly name: string; readonly body: Command; readonly redirections: readonly [] }
) & { readonly source: string };

/** `a | b | c`, perhaps after `!`. */
export interface Pipeline {
  readonly negated: boolean;
  /** `time` stands before it. */
  readonly timed: boolean;
  readonly commands: readonly Command[];
  readonly source: string;
}

/** `a && b || c`, perhaps followed by `&`. */
export interface AndOr {
  readonly first: Pipeline;
  readonly rest: readonly { readonly operator: "&&" | "||"; readonly pipeline: Pipeline }[];
  readonly background: boolean;
  readonly source: string;
}

/** Commands one after the other. */
export type List = readonly AndOr[];

/** What was typed is no command line. The message is dash's. */
export class ShellSyntaxError extends Error {
  override readonly name = "ShellSyntaxError";
  constructor(
    message: string,
    /** More lines could make it one. */
    readonly incomplete = false,
  ) {
    super(`Syntax error: ${message}`);
  }
}
