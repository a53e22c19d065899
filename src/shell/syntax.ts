/** What a command line means, before anything in it is expanded. */

/**
 * What is done with a variable's value: `:-`, `##`, `//` and their relatives, `length`, `slice`, or `bad` for what no
 * shell knows.
 */
export interface Modifier {
  readonly operator: string;
  readonly word: Word;
  /** The replacement in `${name/pattern/text}`, the length in `${name:offset:length}`. */
  readonly second?: Word;
}

/** A piece of a word. `quoted`: it stood in quotes, so it is neither split nor a pattern. */
export type WordPart =
  | { readonly kind: "text"; readonly text: string; readonly quoted: boolean }
  | {
      readonly kind: "variable";
      readonly name: string;
      readonly quoted: boolean;
      /** `${name:-word}` and its relatives. */
      readonly modifier?: Modifier;
      /** `${name[index]}`, of bash. */
      readonly index?: Word;
      /** `${!name}`, of bash: the variable that this one names, or the keys of an array. */
      readonly indirect?: boolean;
    }
  | { readonly kind: "substitution"; readonly list: List; readonly quoted: boolean }
  /** `<(list)`, of bash: the name of a file with what the list prints; `>(list)`: of one whose text the list reads. */
  | { readonly kind: "process"; readonly list: List; readonly reads: boolean; readonly quoted: boolean }
  | { readonly kind: "arithmetic"; readonly expression: Word; readonly quoted: boolean };

/** A word of the command line. */
export interface Word {
  readonly parts: readonly WordPart[];
}

/** `2> file`, `<<EOF`, `2>&1`. */
export interface Redirection {
  /** The descriptor that is redirected. */
  readonly fd: number;
  /** `<<<` of bash is a `<<` with a newline at its end. */
  readonly operator: "<" | ">" | ">>" | ">&" | "<&" | "<<" | "<>" | ">|";
  /** A file's name, a descriptor's number, or a text. */
  readonly target: Word;
  /** `{name}> file`, of bash: the variable that gets, or holds, the descriptor's number. */
  readonly variable?: string;
}

/** `NAME=value` before a command. */
export interface VariableAssignment {
  readonly name: string;
  readonly value: Word;
  /** `NAME+=value`, of bash. */
  readonly append?: boolean;
  /** `NAME[index]=value`, of bash. */
  readonly index?: Word;
  /** `NAME=(one two [key]=three)`, of bash. */
  readonly elements?: readonly { readonly key?: Word; readonly value: Word }[];
}

/** A program with its arguments. */
export interface SimpleCommand {
  readonly kind: "simple";
  readonly assignments: readonly VariableAssignment[];
  readonly words: readonly Word[];
  readonly redirections: readonly Redirection[];
  /** Arrays among the arguments of `declare` and its relatives, by the position of the word that stands for them. */
  readonly arrays?: Readonly<Record<number, VariableAssignment>>;
}

/** What stands in `[[ … ]]`, of bash. */
export type Condition =
  | { readonly kind: "and" | "or"; readonly left: Condition; readonly right: Condition }
  | { readonly kind: "not"; readonly condition: Condition }
  | { readonly kind: "unary"; readonly operator: string; readonly word: Word }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Word; readonly right: Word };

/** What can stand in a pipeline. `source`: as it was written. `line`: where it begins, from 1. */
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
      /** `select` is bash's. */
      readonly kind: "for" | "select";
      readonly name: string;
      readonly words: readonly Word[];
      readonly list: List;
      readonly redirections: readonly Redirection[];
    }
  /** `for ((first; condition; step))`, of bash. */
  | {
      readonly kind: "count";
      readonly first: Word;
      readonly condition: Word;
      readonly step: Word;
      readonly list: List;
      readonly redirections: readonly Redirection[];
    }
  | {
      readonly kind: "case";
      readonly word: Word;
      readonly arms: readonly {
        readonly patterns: readonly Word[];
        readonly list: List;
        /** bash's `;&` goes on with the next arm, `;;&` with the next that fits; left out: neither. */
        readonly onward?: "next" | "fitting";
      }[];
      readonly redirections: readonly Redirection[];
    }
  /** `((expression))`, of bash. */
  | { readonly kind: "arithmetic"; readonly expression: Word; readonly redirections: readonly Redirection[] }
  /** `[[ condition ]]`, of bash. */
  | { readonly kind: "condition"; readonly condition: Condition; readonly redirections: readonly Redirection[] }
  /** `coproc name command`, of bash: a job that a pipe leads to and another comes from. */
  | { readonly kind: "coprocess"; readonly name: string; readonly body: Command; readonly redirections: readonly [] }
  /** `name() { … }`. Its redirections are those of the body. */
  | { readonly kind: "function"; readonly name: string; readonly body: Command; readonly redirections: readonly [] }
) & { readonly source: string; readonly line: number };

/** `a | b | c`, perhaps after `!`. */
export interface Pipeline {
  readonly negated: boolean;
  /** `time` stands before it; `posix`: `time -p`. */
  readonly timed: boolean | "posix";
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
    /** What stands where it goes wrong, as bash names it. */
    readonly token = "",
    /** The line where it goes wrong, from 1. */
    readonly line = 1,
    /** The text of that line, as bash shows it; undefined where it was typed. */
    readonly text?: string,
  ) {
    super(`Syntax error: ${message}`);
  }
}
