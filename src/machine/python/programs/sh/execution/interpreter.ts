import { parseScript, ScriptReader } from "../../../../../shell/parser.ts";
import { type AndOr, type Command, type List, type Pipeline, ShellSyntaxError } from "../../../../../shell/syntax.ts";
import { SyscallError } from "../../../kernel/errno.ts";
import type { System } from "../../../native/system.ts";
import { ControlFlow } from "../control-flow.ts";
import type { ExpansionContext } from "../expansion/expansion.ts";
import { ExpansionError, UnsetError } from "../expansion/expansion-budget.ts";
import { expansionContextOf } from "../expansion/expansion-context.ts";
import type { Builtin, Shell } from "../shell.ts";
import { RecursionError, ShellError } from "../shell-error.ts";
import type { ForkedState } from "../state/forked-state.ts";
import type { Io } from "../state/io.ts";
import { Session } from "../state/session.ts";
import { type ShellStart, ShellState } from "../state/shell-state.ts";
import { startInBackground } from "./background.ts";
import { runCompound } from "./compound-commands.ts";
import { waitInForeground } from "./foreground.ts";
import { sayError, tellOfKilledJobs } from "./messages.ts";
import { connected } from "./pipelines.ts";
import { redirected } from "./redirections.ts";
import { runSimple } from "./simple-commands.ts";
import { timing } from "./timing.ts";

/** How a shell begins that runs something. */
export interface InterpreterStart extends ShellStart {
  /** Its own commands, by name. */
  readonly builtins: ReadonlyMap<string, Builtin>;
  /** Those that a mistake in ends a script. */
  readonly special: ReadonlySet<string>;
}

/** Runs what was parsed: scripts, lists and pipelines, down to single commands, whose kinds have files of their own. */
export class Interpreter extends ShellState implements Shell {
  constructor(
    system: System,
    override readonly start: InterpreterStart,
    session = new Session(),
  ) {
    super(system, start, session);
  }

  get builtins(): ReadonlyMap<string, Builtin> {
    return this.start.builtins;
  }

  get special(): ReadonlySet<string> {
    return this.start.special;
  }

  copy(io: Io): Interpreter {
    const copy = new Interpreter(this.system, this.start, this.session);
    copy.takeOver(this, io);
    return copy;
  }

  expansionContext(io: Io): ExpansionContext {
    return expansionContextOf(this, io);
  }

  /** Takes over the environment, with the functions in it that another bash has exported. */
  override begin(): void {
    super.begin();
    if (!this.isBash) return;
    for (const [key, text] of Object.entries(this.system.env)) {
      const [, name] = /^BASH_FUNC_([^%]+)%%$/.exec(key) ?? [];
      if (name !== undefined && text.startsWith("() ")) this.#takeFunction(`${name} ${text}`);
    }
  }

  #takeFunction(text: string): void {
    try {
      const command = parseScript(text, { language: "bash" })[0]?.first.commands[0];
      if (command?.kind === "function") this.functions.set(command.name, { body: command.body, exported: true });
    } catch (error) {
      // What no bash has written is no function.
      if (!(error instanceof ShellSyntaxError)) throw error;
    }
  }

  // Scripts.

  async runText(text: string, io: Io, line = 1, isLast = false): Promise<void> {
    const unfinished: string[] = [];
    const last = line - 1 + text.split("\n").length;
    const reader = new ScriptReader(text, {
      language: this.start.language,
      line,
      unfinished: (delimiter, begin) => {
        unfinished.push(`here-document at line ${begin} delimited by end-of-file (wanted \`${delimiter}')`);
      },
      alias: (name) =>
        this.isBash && !this.interactive && !this.shopt.has("expand_aliases") ? undefined : this.aliases.get(name),
      extendedPatterns: () => this.shopt.has("extglob"),
    });
    let list = next(reader, text, line);
    // What is empty has ended well; the first command of others sees how the one before has ended.
    if (list === undefined) this.status = 0;
    for (; list !== undefined; list = next(reader, text, line)) {
      this.line = unfinished.length > 0 ? last : this.line;
      for (const each of unfinished.splice(0)) if (this.isBash) await this.complain(io, `warning: ${each}`);
      if (!this.options.has("n") || this.interactive) await this.#line(list, io, isLast && reader.ended);
    }
  }

  /** What stands on a line; in bash some mistakes end it, and no more, unless a failure ends all. */
  async #line(list: List, io: Io, isLast: boolean): Promise<void> {
    try {
      await this.runList(list, io, isLast);
    } catch (error) {
      if (!(error instanceof ControlFlow && error.what === "line") || this.level > 0 || this.isInFunction) throw error;
      if (this.options.has("e")) throw new ControlFlow("exit");
    }
  }

  /** Runs a whole script, and says what is wrong with it; its status. */
  async runScript(text: string): Promise<number> {
    return this.runToEnd(() => this.runText(text, this.io, 1, this.start.isLine));
  }

  /** Goes on as the copy that another shell wanted; its status. */
  async runForked(state: ForkedState): Promise<number> {
    this.takeOverForked(state);
    return this.runToEnd(() => this.runList([state.run], this.io, true));
  }

  async runToEnd(act: () => Promise<void>): Promise<number> {
    await this.#catching(act);
    const trap = this.traps.get("EXIT");
    this.traps.delete("EXIT");
    if (trap) await this.#catching(() => this.runTrap(trap));
    return this.status;
  }

  async #catching(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (error instanceof ControlFlow) return;
      if (error instanceof SyscallError && error.errno === "EPIPE") {
        this.breakPipe();
        return;
      }
      if (!(await sayError(this, error))) throw error;
    }
  }

  async runTrap(text: string): Promise<void> {
    const { status } = this;
    const reader = new ScriptReader(text, { language: this.start.language, line: this.line });
    for (let list = reader.next(); list !== undefined; list = reader.next()) await this.#inTrap(list);
    this.status = status;
  }

  /** What a trap tells of is what came before it. */
  async #inTrap(list: List): Promise<void> {
    const { inTrap } = this;
    this.inTrap = true;
    this.traceDepth += 1;
    try {
      await this.runList(list, this.io);
    } finally {
      this.inTrap = inTrap;
      this.traceDepth -= 1;
    }
  }

  async #runTraps(): Promise<void> {
    if (this.level > 0) return;
    const { session } = this;
    for (let signal = session.takeSignal(); signal !== undefined; signal = session.takeSignal()) {
      const trap = this.traps.get(String(signal));
      if (trap) await this.runTrap(trap);
    }
  }

  // Lists and pipelines.

  async runList(list: List, io: Io, isLast = false): Promise<void> {
    for (const [index, andOr] of list.entries()) {
      await this.session.listen();
      this.checkInterrupt();
      if (this.options.has("n") && !this.interactive) continue;
      if (andOr.background) await startInBackground(this, andOr, io);
      else await this.#andOr(andOr, io, isLast && index === list.length - 1);
      await tellOfKilledJobs(this, io);
      if (this.session.pendingSignal !== undefined) await this.#runTraps();
    }
  }

  async #andOr({ first, rest }: AndOr, io: Io, isLast: boolean): Promise<void> {
    let skipped = false;
    for (const [index, { operator, pipeline }] of [{ operator: undefined, pipeline: first }, ...rest].entries()) {
      skipped = operator !== undefined && (operator === "&&") !== (this.status === 0);
      if (skipped) continue;
      const last = index === rest.length;
      const leaves = isLast && last && !pipeline.negated && !pipeline.timed;
      await this.whileTested(last && !pipeline.negated ? 0 : 1, () => this.#pipeline(pipeline, io, leaves));
      if (last && !pipeline.negated && countsAsFailure(pipeline)) await this.#checkFailure();
    }
  }

  async whileTested(more: number, act: () => Promise<void>): Promise<void> {
    this.tested += more;
    try {
      await act();
    } finally {
      this.tested -= more;
    }
  }

  /** With `set -e` a failure ends the shell. */
  async #checkFailure(): Promise<void> {
    if (this.status === 0 || this.tested > 0) return;
    const trap = this.traps.get("ERR");
    // Functions are another matter, unless `set -E` says that they are none.
    if (trap && (!this.isInFunction || this.options.hasName("errtrace")))
      await this.whileTested(1, () => this.runTrap(trap));
    if (this.options.has("e")) throw new ControlFlow("exit");
  }

  async #pipeline(pipeline: Pipeline, io: Io, isLast: boolean): Promise<void> {
    this.checkInterrupt();
    const [only, ...more] = pipeline.commands;
    if (only === undefined) return;
    const began = performance.now();
    const asJob = this.sharesTerminal && only.kind === "subshell";
    if (more.length === 0 && !asJob) await this.runCommand(only, io, isLast);
    else await waitInForeground(this, connected(this, pipeline, io, true));
    if (more.length === 0) this.statuses = [this.status];
    if (only.kind === "subshell" && !this.inTrap) this.underWay = only.source.replace(/^\(\s*(.*?)\s*\)/s, "( $1 )");
    else if (more.length > 0 && !this.inTrap) {
      this.line = only.line;
      this.underWay = pipeline.commands.at(-1)?.source ?? "";
    }
    if (pipeline.timed) {
      const format = this.isBash && pipeline.timed !== "posix" ? this.variables.get("TIMEFORMAT") : undefined;
      await this.write(io, 2, timing(performance.now() - began, pipeline.timed === "posix", format));
    }
    if (pipeline.negated) this.status = this.status === 0 ? 1 : 0;
  }

  // Commands.

  async runCommand(command: Command, outer: Io, isLast = false): Promise<void> {
    this.line = command.line;
    const leaves = isLast && this.level === 0 && !this.interactive && this.traps.size === 0 && outlivesShell(command);
    await this.#guarded(outer, () =>
      command.kind === "simple"
        ? runSimple(this, command, outer, leaves)
        : redirected(this, command, outer, (io) => runCompound(this, command, io, leaves)),
    );
  }

  /** A command that cannot be begun says why; in a script some mistakes end it. */
  async #guarded(io: Io, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (error instanceof RecursionError && this.session.isWithinCall) throw error;
      const isFatal =
        !this.interactive && (error instanceof ExpansionError || (error instanceof ShellError && error.fatal));
      if (error instanceof ShellError && error.message === "") {
        if (isFatal) throw new ControlFlow("exit");
        return;
      }
      if (error instanceof ShellSyntaxError || !(await sayError(this, error, io))) throw error;
      if (isFatal) throw new ControlFlow(this.#leavesLine(error) ? "line" : "exit");
    }
  }

  /** In bash a script goes on behind the line, unless a parameter is missing that has to be there. */
  #leavesLine(error: unknown): boolean {
    if (!this.isBash) return false;
    if (error instanceof UnsetError) this.status = this.start.isLine && !this.options.has("e") ? 127 : 1;
    return error instanceof ExpansionError && !(error instanceof UnsetError);
  }
}

/** The next commands of a text. An error knows the line that it is about. */
function next(reader: ScriptReader, text: string, first: number): List | undefined {
  try {
    return reader.next();
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error;
    const { message, incomplete, token, line } = error;
    const shown = text.split("\n")[line - first];
    throw new ShellSyntaxError(message.replace(/^Syntax error: /, ""), incomplete, token, line, shown);
  }
}

/** Whether what its redirections open is there without this shell: it feeds here-documents and lists itself. */
function outlivesShell({ redirections }: Command): boolean {
  return redirections.every(
    ({ operator, target }) => operator !== "<<" && !target.parts.some(({ kind }) => kind === "process"),
  );
}

/** With `set -e` what is no loop or condition ends a shell: what stands within those has done it already. */
function countsAsFailure({ commands: [only, ...more] }: Pipeline): boolean {
  return more.length > 0 || ["simple", "subshell", "arithmetic", "condition"].includes(only?.kind ?? "");
}
