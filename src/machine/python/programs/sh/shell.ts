import type { Command, List } from "../../../../shell/syntax.ts";
import type { ExpansionContext } from "./expansion/expansion.ts";
import type { Io } from "./state/io.ts";
import type { ShellState } from "./state/shell-state.ts";

/**
 * A shell as its builtins and its parts see it. They run commands through it: a loop runs a list, which runs a
 * pipeline, which may run a loop.
 */
export interface Shell extends ShellState {
  /** Its own commands, by name. */
  readonly builtins: ReadonlyMap<string, Builtin>;
  /** Those that a mistake in ends a script. */
  readonly special: ReadonlySet<string>;
  /** Runs a text, line by line as shells do. Throws `ControlFlow`, `ShellSyntaxError`, and what ends a script. */
  runText(text: string, io: Io, line?: number): Promise<void>;
  /**
   * Runs commands one after the other. Throws `ControlFlow`, and what ends a script. `isLast`: nothing is left to do
   * after them, so that a program may take this process's place.
   */
  runList(list: List, io: Io, isLast?: boolean): Promise<void>;
  /** Runs a command alone, in this shell if it can be. Throws `ControlFlow`, and what ends a script. */
  runCommand(command: Command, outer: Io, isLast?: boolean): Promise<void>;
  /** Runs what a shell was started for, its trap for `EXIT` included; its status. */
  runToEnd(act: () => Promise<void>): Promise<number>;
  /** Runs the command of a trap; the status stays what it was. */
  runTrap(text: string): Promise<void>;
  /** Runs something in which, with `more`, failures are no failures. */
  whileTested(more: number, act: () => Promise<void>): Promise<void>;
  /** A copy within this process: what it does changes nothing here. */
  copy(io: Io): Shell;
  /** What words are expanded with. */
  expansionContext(io: Io): ExpansionContext;
}

/** A command of the shell itself; its status. `argv` begins with its name. Throws `ShellError`. */
export type Builtin = (shell: Shell, argv: readonly string[], io: Io) => Promise<number>;
