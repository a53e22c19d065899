import type { AndOr, VariableAssignment } from "../../../../../shell/syntax.ts";
import type { ShellLanguage } from "../../../../../shell/word-parser.ts";
import type { Pid } from "../../../../host-types.ts";
import { signalNumbers } from "../../../../host-types.ts";
import { SyscallError } from "../../../kernel/errno.ts";
import { resolvePath } from "../../../native/file-tree.ts";
import type { System } from "../../../native/system.ts";
import { ControlFlow } from "../control-flow.ts";
import type { ForkedState, ShellFunction } from "./forked-state.ts";
import { Io } from "./io.ts";
import { type Job, Jobs } from "./jobs.ts";
import type { Session } from "./session.ts";
import { ShellOptions } from "./shell-options.ts";
import { Variables } from "./variables.ts";

/** How a shell begins. */
export interface ShellStart {
  readonly language: ShellLanguage;
  /** What stands before its messages. */
  readonly name: string;
  readonly arguments: readonly string[];
  /** It has a prompt, jobs, and a terminal to share out. */
  readonly interactive: boolean;
  /** Gives programs the terminal as they expect it. */
  readonly beforeProgram?: () => Promise<void>;
  /** It runs a line that it was given (`-c`). */
  readonly isLine?: boolean;
  /** It runs a file. */
  readonly isScript?: boolean;
}

/** A function or a file under way. */
export interface ShellCall {
  /** The function's name; `source` for a file. */
  readonly name: string;
  readonly isFunction: boolean;
  /** The line that it was called in. */
  readonly line: number;
  /** The file that it was called in. */
  readonly from: string | undefined;
  /** It has set a trap for `RETURN` itself: one that was set before is its caller's. */
  returns?: boolean;
}

/** Where a copy of a shell stands in a pipeline. */
export interface PlaceInPipeline {
  /** The job that it works for. */
  readonly job: Job | undefined;
  /** It is the last of its pipeline: its status is the job's. */
  readonly isLast: boolean;
  /** Gives up the pipe's ends that belong to this copy. */
  readonly release: (() => void) | undefined;
  /** Nothing is said of the signal that ends its program. */
  readonly quiet?: boolean;
}

/** Lines that a copy in another process takes along. */
const mostHistory = 500;

/** The status of what ^C has ended. */
export const interruptedStatus = 128 + signalNumbers.SIGINT;

/** What a shell knows and keeps: its variables, options, jobs, and where it is. It runs nothing. */
export class ShellState {
  variables = new Variables();
  readonly functions = new Map<string, ShellFunction>();
  readonly aliases = new Map<string, string>();
  options = new ShellOptions();
  /** Options of `shopt` that are on. */
  readonly shopt = new Set<string>();
  /** Commands by the names of signalNumbers, and `EXIT` and `ERR`. */
  readonly traps = new Map<string, string>();
  readonly jobs = new Jobs();
  readonly history: string[] = [];
  /** Folders of `pushd`. */
  readonly folders: string[] = [];
  status = 0;
  /** Those of the latest pipeline's commands. */
  statuses: readonly number[] = [0];
  /** How the latest substitution of the command under way has ended. */
  substitutionStatus: number | undefined;
  lastBackground: Pid | undefined;
  positional: { name: string; arguments: readonly string[] };
  cwd: string;
  /** The line of the command under way. */
  line = 1;
  /** The command under way, as it is written. */
  underWay = "";
  /** Its own commands that `enable -n` has made none. */
  readonly disabled = new Set<string>();
  /** What `complete` was told, by the command that it is about. */
  readonly completions = new Map<string, string>();
  /** `$_` of bash: the last word of the command before. */
  lastArgument = "";
  /** Substitutions, files, traps and `eval` that this is within: what `set -x` shows of each line. */
  traceDepth = 0;
  /** A trap is under way. */
  inTrap = false;
  /** Where `getopts` is within a word. */
  optionPlace = { index: 1, at: 1, shown: 1 };
  io: Io;
  /** `$$`: that of the shell that this one is a copy of. */
  mainPid: Pid;
  /** Copies of shells that this one is. */
  level = 0;
  /** Functions and files under way, the innermost first. */
  readonly callers: ShellCall[] = [];
  /** The file that the commands under way stand in; undefined for a line that was given or typed. */
  sourceFile: string | undefined;
  loops = 0;
  /** Conditions under way, in which a failure is no failure. */
  tested = 0;
  place: PlaceInPipeline = { job: undefined, isLast: true, release: undefined };
  /** Files that stand for `<(list)` and `>(list)`, to be removed, and what is done with their content before. */
  readonly temporary: { readonly path: string; readonly atEnd?: () => Promise<void> }[] = [];
  /** Nobody reads what it writes: SIGPIPE ends it. */
  brokenPipe = false;
  /** The arrays among the arguments of the builtin under way, by their position. */
  declared: Readonly<Record<number, VariableAssignment>> = {};
  readonly #began = performance.now();

  constructor(
    readonly system: System,
    readonly start: ShellStart,
    readonly session: Session,
  ) {
    this.positional = { name: start.name, arguments: start.arguments };
    this.cwd = system.cwd;
    this.mainPid = system.pid;
    if (start.isScript) this.sourceFile = start.name;
    this.io = Io.of(system.descriptors.all());
  }

  get isBash(): boolean {
    return this.start.language === "bash";
  }

  get interactive(): boolean {
    return this.start.interactive;
  }

  /** It is the shell itself that reads from the terminal, and gives it away. */
  get sharesTerminal(): boolean {
    return this.interactive && this.level === 0;
  }

  /** A function is under way. */
  get isInFunction(): boolean {
    return this.callers.some(({ isFunction }) => isFunction);
  }

  get secondsRunning(): number {
    return Math.floor((performance.now() - this.#began) / 1000);
  }

  /** Takes over the environment, as a shell does that begins. */
  begin(): void {
    for (const [name, value] of Object.entries(this.system.env)) {
      if (!/^[A-Za-z_]\w*$/.test(name)) continue;
      const variable = this.variables.set(name, value);
      variable.exported = true;
    }
    this.variables.set("PWD", this.cwd);
    this.variables.set("PPID", String(this.system.parent));
    this.variables.set("OPTIND", "1");
    this.variables.set("IFS", " \t\n");
    if (this.isBash) {
      this.lastArgument = "/usr/bin/bash";
      this.variables.set("BASH", "/usr/bin/bash");
      this.variables.set("BASH_VERSION", "5.2.15(1)-release");
      this.variables.set("SHLVL", String((Number(this.variables.get("SHLVL")) || 0) + 1)).exported = true;
    }
    if (!this.interactive) this.#hearBrokenPipes();
  }

  /** The kernel's SIGPIPE would end the whole process, and with it the copies of the shell that write elsewhere. */
  #hearBrokenPipes(): void {
    this.system.onSignal("SIGPIPE", () => {});
  }

  breakPipe(): void {
    this.brokenPipe = true;
    this.status = 128 + signalNumbers.SIGPIPE;
  }

  /** Throws `ControlFlow` if ^C was pressed. */
  checkInterrupt(): void {
    if (!this.session.isInterrupted) return;
    this.status = interruptedStatus;
    throw new ControlFlow("interrupt", 0);
  }

  /** The arrays among the arguments of the builtin under way, which asks once. */
  takeDeclared(): Readonly<Record<number, VariableAssignment>> {
    const { declared } = this;
    this.declared = {};
    return declared;
  }

  /** What programs get that it starts: variables and, of bash, functions. */
  get environment(): Record<string, string> {
    const environment = this.variables.environment;
    for (const [name, { exported, body }] of this.functions) {
      if (exported) environment[`BASH_FUNC_${name}%%`] = `() ${body.source}`;
    }
    return environment;
  }

  /** An absolute path. */
  path(path: string): string {
    return resolvePath(this.cwd, path);
  }

  /** Assigns to a variable. Throws `ExpansionError` if it is read only. */
  set(name: string, value: string): void {
    const variable = this.variables.set(name, value);
    if (this.options.has("a")) variable.exported = true;
  }

  /** Writes where a command's descriptor leads. Throws `SyscallError`. */
  async write(io: Io, fd: number, text: string | Uint8Array): Promise<void> {
    const target = io.get(fd);
    if (target === undefined) throw new SyscallError("EBADF");
    await this.system.write(target, text);
  }

  /** What stands before a message. */
  get messagePrefix(): string {
    if (!this.isBash) return `${this.positional.name}: ${this.line}: `;
    return this.interactive ? `${this.positional.name}: ` : `${this.positional.name}: line ${this.line}: `;
  }

  /** In dash's words, or bash's, with the line as they count them. */
  async complain(io: Io, text: string): Promise<void> {
    const target = io.get(2);
    if (target !== undefined) await this.system.write(target, `${this.messagePrefix}${text}\n`);
  }

  /** Becomes a copy of a shell in the same process. */
  protected takeOver(from: ShellState, io: Io): void {
    this.variables = from.variables.copy();
    for (const [name, called] of from.functions) this.functions.set(name, called);
    for (const [name, text] of from.aliases) this.aliases.set(name, text);
    for (const option of from.shopt) this.shopt.add(option);
    for (const name of from.disabled) this.disabled.add(name);
    for (const [name, options] of from.completions) this.completions.set(name, options);
    for (const [name, text] of from.traps) {
      if (text === "" || (name === "ERR" && from.options.hasName("errtrace"))) this.traps.set(name, text);
    }
    this.options = new ShellOptions(from.options.all());
    this.history.push(...from.history);
    // So that `jobs -p` within a substitution names them.
    this.jobs.takeOver(from.jobs);
    this.folders.push(...from.folders);
    this.status = from.status;
    this.lastBackground = from.lastBackground;
    this.positional = { ...from.positional };
    this.cwd = from.cwd;
    this.line = from.line;
    this.mainPid = from.mainPid;
    this.level = from.level + 1;
    this.io = io.copy();
    this.callers.push(...from.callers);
    this.sourceFile = from.sourceFile;
    this.place = { ...from.place, release: undefined };
    this.tested = from.tested;
    this.traceDepth = from.traceDepth;
    this.lastArgument = from.lastArgument;
  }

  /** What a copy in another process has to know that is to run something. */
  forFork(run: AndOr): ForkedState {
    return {
      language: this.start.language,
      positional: this.positional,
      mainPid: this.mainPid,
      title: this.system.title,
      variables: this.variables.toPlain(),
      functions: [...this.functions],
      aliases: [...this.aliases],
      options: this.options.all(),
      shopt: [...this.shopt],
      history: this.history.slice(-mostHistory),
      status: this.status,
      lastBackground: this.lastBackground,
      line: this.line,
      run: { ...run, background: false },
    };
  }

  /** Becomes the copy that a shell in another process wanted. */
  protected takeOverForked(state: ForkedState): void {
    this.variables = Variables.fromPlain(state.variables);
    for (const [name, called] of state.functions) this.functions.set(name, called);
    for (const [name, text] of state.aliases) this.aliases.set(name, text);
    for (const option of state.shopt) this.shopt.add(option);
    this.options = new ShellOptions(state.options);
    this.history.push(...state.history);
    this.positional = state.positional;
    this.mainPid = state.mainPid;
    this.status = state.status;
    this.lastBackground = state.lastBackground;
    this.line = state.line;
    this.system.setTitle(state.title);
    this.#hearBrokenPipes();
  }
}
