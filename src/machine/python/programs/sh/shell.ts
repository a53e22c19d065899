import { plainName, ScriptReader } from "../../../../shell/parser.ts";
import {
  type AndOr,
  type Assignment,
  type Command,
  type List,
  type Pipeline,
  ShellSyntaxError,
  type SimpleCommand,
} from "../../../../shell/syntax.ts";
import type { ShellLanguage } from "../../../../shell/word-parser.ts";
import type { Pid } from "../../../host-types.ts";
import { signalNumbers } from "../../../host-types.ts";
import { SyscallError } from "../../kernel/errno.ts";
import type { Fd, SignalNumber } from "../../kernel/protocol.ts";
import { resolvePath } from "../../native/file-tree.ts";
import type { System } from "../../native/system.ts";
import { findCommand } from "../python/find-command.ts";
import { testCondition } from "./conditions.ts";
import { ControlFlow } from "./control-flow.ts";
import { type ExpansionContext, evaluateIn, expandPattern, expandText, expandWords, matchesWord } from "./expansion.ts";
import { ExpansionError } from "./expansion-budget.ts";
import { type ForkedState, forkedEnvironment, type ShellFunction } from "./forked-state.ts";
import { Io } from "./io.ts";
import { Job, Jobs, signalText } from "./jobs.ts";
import { causeOf } from "./known-causes.ts";
import { openRedirections } from "./redirections.ts";
import { RecursionError, ShellError } from "./shell-error.ts";
import { ShellOptions } from "./shell-options.ts";
import { Variables } from "./variables.ts";

/** A command of the shell itself; its status. `argv` begins with its name. Throws `ShellError`. */
export type Builtin = (shell: Shell, argv: readonly string[], io: Io) => Promise<number>;

/** How a shell begins. */
export interface ShellStart {
  readonly language: ShellLanguage;
  /** What stands before its messages. */
  readonly name: string;
  readonly arguments: readonly string[];
  /** It has a prompt, jobs, and a terminal to share out. */
  readonly interactive: boolean;
  /** Its own commands, by name. */
  readonly builtins: ReadonlyMap<string, Builtin>;
  /** Those that a mistake in ends a script. */
  readonly special: ReadonlySet<string>;
  /** Gives programs the terminal as they expect it. */
  readonly beforeProgram?: () => Promise<void>;
}

/** What a shell and its copies within the same process share. */
interface Session {
  /** ^C was pressed: what is running ends. */
  interrupted: boolean;
  /** When it last heard what was sent to it, on the clock of `performance`. */
  heardAt: number;
  /** Called when something has happened that somebody may wait for. */
  readonly wakers: Set<() => void>;
  /** Signals with a trap that has not run yet. */
  readonly pending: SignalNumber[];
  /** Calls under way. */
  calls: number;
  /** Files that stand for `<(list)`, to be removed. */
  readonly temporary: string[];
}

/** Calls within calls, of functions, files and `eval`; more is one that calls itself for ever. */
const mostCalls = 200;

/** What a command may print into a line, in bytes. */
const mostOutput = 16_777_216;

/** Lines that a copy in another process takes along. */
const mostHistory = 500;

const newline = 0x0a;

/** A message to the shell waits at most this long while the shell itself is at work, in milliseconds. */
const mostDeaf = 10;

const interrupted = 128 + signalNumbers.SIGINT;

/** A shell: its variables, its jobs, and how it runs what was parsed. */
export class Shell {
  variables: Variables;
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
  statuses: readonly number[] = [0];
  lastBackground: Pid | undefined;
  positional: { name: string; arguments: readonly string[] };
  cwd: string;
  /** The line of the command under way. */
  line = 1;
  /** Where `getopts` is within a word. */
  optionPlace = { index: 1, at: 1, shown: 1 };
  io: Io;
  /** `$$`: that of the shell that this one is a copy of. */
  mainPid: Pid;
  /** Copies of shells that this one is. */
  level = 0;
  /** Names of functions under way, the innermost first. */
  readonly callers: string[] = [];
  loops = 0;
  /** The job that this copy works for. */
  #job: Job | undefined;
  /** It is the last of its pipeline: its status is the job's. */
  #isLast = true;
  /** Gives up the pipe's ends that belong to this copy. */
  #release: (() => void) | undefined;
  /** Conditions under way, in which a failure is no failure. */
  #tested = 0;
  #substitutionStatus: number | undefined;
  readonly #session: Session;
  readonly #began = performance.now();

  constructor(
    readonly system: System,
    readonly start: ShellStart,
    session?: Session,
  ) {
    this.#session = session ?? {
      interrupted: false,
      heardAt: performance.now(),
      wakers: new Set(),
      pending: [],
      calls: 0,
      temporary: [],
    };
    this.variables = new Variables();
    this.positional = { name: start.name, arguments: start.arguments };
    this.cwd = system.cwd;
    this.mainPid = system.pid;
    this.io = Io.of(system.descriptors.all());
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

  get isBash(): boolean {
    return this.start.language === "bash";
  }

  get interactive(): boolean {
    return this.start.interactive;
  }

  get builtins(): ReadonlyMap<string, Builtin> {
    return this.start.builtins;
  }

  /** ^C was pressed. */
  interrupt(): void {
    this.#session.interrupted = true;
    this.wake();
  }

  /** A new line is run: what was pressed before is over. */
  forgetInterrupt(): void {
    this.#session.interrupted = false;
  }

  get isInterrupted(): boolean {
    return this.#session.interrupted;
  }

  /** A signal with a trap has come. */
  hearSignal(signal: SignalNumber): void {
    this.#session.pending.push(signal);
    this.wake();
  }

  wake(): void {
    for (const waker of [...this.#session.wakers]) waker();
  }

  /** Resolves when a condition holds, ^C is pressed, or, with `orSignal`, a signal with a trap has come. */
  async until(holds: () => boolean, orSignal = false): Promise<void> {
    const { wakers, pending } = this.#session;
    while (!holds() && !this.#session.interrupted && !(orSignal && pending.length > 0)) {
      const woken = Promise.withResolvers<void>();
      wakers.add(woken.resolve);
      await woken.promise;
      wakers.delete(woken.resolve);
    }
  }

  /** The signal whose trap is about to run. */
  get pendingSignal(): SignalNumber | undefined {
    return this.#session.pending[0];
  }

  get secondsRunning(): number {
    return Math.floor((performance.now() - this.#began) / 1000);
  }

  path(path: string): string {
    return resolvePath(this.cwd, path);
  }

  set(name: string, value: string): void {
    const variable = this.variables.set(name, value);
    if (this.options.has("a")) variable.exported = true;
  }

  async write(io: Io, fd: number, text: string | Uint8Array): Promise<void> {
    const target = io.get(fd);
    if (target === undefined) throw new SyscallError("EBADF");
    await this.system.write(target, text);
  }

  /** What stands before a message. */
  get #prefix(): string {
    if (!this.isBash) return `${this.positional.name}: ${this.line}: `;
    return this.interactive ? `${this.positional.name}: ` : `${this.positional.name}: line ${this.line}: `;
  }

  /** In dash's words, or bash's, with the line as they count them. */
  async complain(io: Io, text: string): Promise<void> {
    const target = io.get(2);
    if (target !== undefined) await this.system.write(target, `${this.#prefix}${text}\n`);
  }

  // Scripts.

  /** Runs a text, line by line as shells do. Throws `ControlFlow`, `ShellSyntaxError`, and what ends a script. */
  async runText(text: string, io: Io, line = 1): Promise<void> {
    const reader = new ScriptReader(text, {
      language: this.start.language,
      line,
      alias: (name) =>
        this.isBash && !this.interactive && !this.shopt.has("expand_aliases") ? undefined : this.aliases.get(name),
    });
    this.status = 0;
    for (let list = reader.next(); list !== undefined; list = reader.next()) {
      if (!this.options.has("n") || this.interactive) await this.runList(list, io);
    }
  }

  /** Runs a whole script, and says what is wrong with it; its status. */
  async runScript(text: string): Promise<number> {
    return this.runToEnd(() => this.runText(text, this.io));
  }

  /** Runs what a shell was started for, its trap for `EXIT` included; its status. */
  async runToEnd(act: () => Promise<void>): Promise<number> {
    await this.#catching(act);
    const trap = this.traps.get("EXIT");
    this.traps.delete("EXIT");
    if (trap) await this.#catching(() => this.#trapText(trap));
    return this.status;
  }

  /** Nobody reads what it writes: SIGPIPE ends it. */
  brokenPipe = false;

  #breakPipe(): void {
    this.brokenPipe = true;
    this.status = 128 + signalNumbers.SIGPIPE;
  }

  async #trapText(text: string): Promise<void> {
    const { status } = this;
    const reader = new ScriptReader(text, { language: this.start.language, line: this.line });
    for (let list = reader.next(); list !== undefined; list = reader.next()) await this.runList(list, this.io);
    this.status = status;
  }

  async #catching(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (error instanceof ControlFlow) return;
      if (error instanceof SyscallError && error.errno === "EPIPE") {
        this.#breakPipe();
        return;
      }
      if (!(await this.say(error))) throw error;
    }
  }

  /** Says what was thrown, and sets the status; false if it is no mistake of a script. */
  async say(error: unknown, io = this.io): Promise<boolean> {
    if (error instanceof ShellSyntaxError) {
      this.line = error.line;
      this.status = 2;
      if (this.isBash) await this.#sayAsBash(error, io);
      else await this.complain(io, error.message.replace(/^Syntax error: (?=Bad substitution$)/, ""));
      return true;
    }
    if (!(error instanceof ShellError || error instanceof ExpansionError)) return false;
    await this.complain(io, this.isBash ? bashWords(error.message) : error.message);
    this.status = error instanceof ShellError ? error.status : this.isBash ? 1 : 2;
    return true;
  }

  async #sayAsBash({ message, token }: ShellSyntaxError, io: Io): Promise<void> {
    const plain = message.replace(/^Syntax error: /, "");
    if (token === "" || token === "end of file") {
      const text = plain.includes("no construct") ? plain : "syntax error: unexpected end of file";
      await this.complain(
        io,
        plain.startsWith("Unterminated") ? "unexpected EOF while looking for matching quote" : text,
      );
    } else await this.complain(io, `syntax error near unexpected token \`${token}'`);
  }

  /** Runs commands one after the other. Throws `ControlFlow`, and what ends a script. */
  async runList(list: List, io: Io): Promise<void> {
    for (const andOr of list) {
      await this.#listen();
      this.#checkInterrupt();
      if (this.options.has("n") && !this.interactive) continue;
      if (andOr.background) await this.#background(andOr, io);
      else await this.#andOr(andOr, io);
      if (this.#session.pending.length > 0) await this.#runTraps();
    }
  }

  async #runTraps(): Promise<void> {
    if (this.level > 0) return;
    for (let signal = this.#session.pending.shift(); signal !== undefined; signal = this.#session.pending.shift()) {
      const trap = this.traps.get(String(signal));
      if (trap) await this.#trapText(trap);
    }
  }

  /** Builtins and functions alone would keep ^C out. */
  async #listen(): Promise<void> {
    if (performance.now() - this.#session.heardAt < mostDeaf) return;
    await new Promise((resolve) => setTimeout(resolve));
    this.#session.heardAt = performance.now();
  }

  async #andOr({ first, rest }: AndOr, io: Io): Promise<void> {
    let skipped = false;
    for (const [index, { operator, pipeline }] of [{ operator: undefined, pipeline: first }, ...rest].entries()) {
      skipped = operator !== undefined && (operator === "&&") !== (this.status === 0);
      if (skipped) continue;
      const last = index === rest.length;
      await this.#whileTested(last && !pipeline.negated ? 0 : 1, () => this.#pipeline(pipeline, io));
      if (last && !pipeline.negated && countsAsFailure(pipeline)) await this.#checkFailure();
    }
  }

  async #whileTested(more: number, act: () => Promise<void>): Promise<void> {
    this.#tested += more;
    try {
      await act();
    } finally {
      this.#tested -= more;
    }
  }

  /** With `set -e` a failure ends the shell. */
  async #checkFailure(): Promise<void> {
    if (this.status === 0 || this.#tested > 0) return;
    const trap = this.traps.get("ERR");
    if (trap) await this.#whileTested(1, () => this.#trapText(trap));
    if (this.options.has("e")) throw new ControlFlow("exit");
  }

  async #pipeline(pipeline: Pipeline, io: Io): Promise<void> {
    this.#checkInterrupt();
    const [only, ...more] = pipeline.commands;
    if (only === undefined) return;
    const began = performance.now();
    const asJob = this.#sharesTerminal && only.kind === "subshell";
    if (more.length === 0 && !asJob) await this.#command(only, io);
    else await this.#foreground(this.#connected(pipeline, io, true));
    if (more.length === 0) this.statuses = [this.status];
    // How long a processor was busy with it is not known here.
    if (pipeline.timed) await this.write(io, 2, timing(performance.now() - began, pipeline.timed === "posix"));
    if (pipeline.negated) this.status = this.status === 0 ? 1 : 0;
  }

  /** A command alone, in this shell if it can be. */
  async #command(command: Command, outer: Io): Promise<void> {
    this.line = command.line;
    if (command.kind === "simple") {
      await this.#guarded(outer, () => this.#simple(command, outer));
      return;
    }
    await this.#guarded(outer, () => this.#redirected(command, outer, (io) => this.#compound(command, io)));
  }

  async #compound(command: Exclude<Command, { kind: "simple" }>, io: Io): Promise<void> {
    switch (command.kind) {
      case "group":
        await this.runList(command.list, io);
        break;
      case "subshell": {
        const copy = this.copy(io);
        this.status = await copy.runToEnd(() => copy.runList(command.list, copy.io));
        this.#checkInterrupt();
        break;
      }
      case "if":
        await this.#if(command, io);
        break;
      case "while":
        await this.#while(command, io);
        break;
      case "function":
        this.functions.set(command.name, { body: command.body });
        this.status = 0;
        break;
      case "case":
        await this.#case(command, io);
        break;
      case "for": {
        const words = await expandWords(command.words, this.expansionContext(io));
        this.status = 0;
        await this.#loop(words[Symbol.iterator](), async (word) => {
          this.set(command.name, word);
          await this.runList(command.list, io);
        });
        break;
      }
      case "count":
        await this.#count(command, io);
        break;
      case "arithmetic":
        this.status = (await this.#value(command.expression, io)) === 0n ? 1 : 0;
        break;
      case "condition":
        this.status = (await testCondition(command.condition, this, io)) ? 0 : 1;
    }
  }

  async #value(expression: Parameters<typeof expandText>[0], io: Io): Promise<bigint> {
    const around = this.expansionContext(io);
    return evaluateIn(await expandText(expression, around), around);
  }

  async #if(command: Extract<Command, { kind: "if" }>, io: Io): Promise<void> {
    for (const { condition, list } of command.branches) {
      await this.#whileTested(1, () => this.runList(condition, io));
      if (this.status !== 0) continue;
      await this.runList(list, io);
      return;
    }
    // What stands behind `else` sees how the condition ended.
    if (command.otherwise.length === 0) this.status = 0;
    await this.runList(command.otherwise, io);
  }

  async #case(command: Extract<Command, { kind: "case" }>, io: Io): Promise<void> {
    const around = this.expansionContext(io);
    const text = await expandText(command.word, around);
    this.status = 0;
    for (const { patterns, list } of command.arms) {
      for (const pattern of patterns) {
        if (!(await matchesWord(text, pattern, around))) continue;
        await this.runList(list, io);
        return;
      }
    }
  }

  async #while(command: Extract<Command, { kind: "while" }>, io: Io): Promise<void> {
    let status = 0;
    const endless = { next: () => ({ done: false as const, value: undefined }) };
    await this.#loop(endless, async () => {
      await this.#whileTested(1, () => this.runList(command.condition, io));
      if ((this.status === 0) === command.until) throw new ControlFlow("break", 1);
      await this.runList(command.list, io);
      status = this.status;
    });
    this.status = status;
  }

  async #count(command: Extract<Command, { kind: "count" }>, io: Io): Promise<void> {
    this.status = 0;
    await this.#value(command.first, io);
    const endless = { next: () => ({ done: false as const, value: undefined }) };
    let begun = false;
    await this.#loop(endless, async () => {
      if (begun) await this.#value(command.step, io);
      begun = true;
      const goesOn = command.condition.parts.length === 0 || (await this.#value(command.condition, io)) !== 0n;
      if (!goesOn) throw new ControlFlow("break", 1);
      await this.runList(command.list, io);
    });
  }

  async #loop<T>(values: Iterator<T>, body: (value: T) => Promise<void>): Promise<void> {
    this.loops += 1;
    try {
      for (let next = values.next(); !next.done; next = values.next()) {
        await this.#listen();
        this.#checkInterrupt();
        try {
          await body(next.value);
        } catch (error) {
          if (!(error instanceof ControlFlow) || !["break", "continue"].includes(error.what)) throw error;
          error.levels -= 1;
          if (error.levels > 0 && this.loops > 1) throw error;
          if (error.what === "break") return;
        }
      }
    } finally {
      this.loops -= 1;
    }
  }

  /** Calls a function: its arguments are the shell's until it returns. */
  async #call(called: ShellFunction, argv: readonly string[], io: Io): Promise<void> {
    const { positional, loops, line } = this;
    this.variables.enter();
    this.callers.unshift(argv[0] ?? "");
    this.loops = 0;
    this.positional = { name: positional.name, arguments: argv.slice(1) };
    try {
      await this.within("function", () => this.#command(called.body, io));
    } catch (error) {
      if (!(error instanceof ControlFlow) || error.what !== "return") throw error;
    } finally {
      this.positional = positional;
      this.loops = loops;
      this.line = line;
      this.callers.shift();
      this.variables.leave();
    }
  }

  /** Runs what a function, a file or `eval` holds. Throws if that is a call too many, which ends all calls under way. */
  async within(what: "function" | "file" | "eval", act: () => Promise<void>): Promise<void> {
    if (this.#session.calls >= mostCalls) {
      throw new RecursionError(`Maximum ${what} recursion depth (${mostCalls}) reached`);
    }
    this.#session.calls += 1;
    try {
      await act();
    } finally {
      this.#session.calls -= 1;
    }
  }

  // Simple commands.

  async #simple(command: SimpleCommand & { readonly source: string }, outer: Io): Promise<void> {
    const around = this.expansionContext(outer);
    const temporary = this.#session.temporary.length;
    this.#substitutionStatus = undefined;
    const argv = await expandWords(command.words, around);
    const [name] = argv;
    if (name === undefined) {
      await this.#redirected(command, outer, async () => {});
      for (const assignment of command.assignments) await this.assign(assignment, around, outer);
      await this.#trace(command, [], outer);
      this.status = this.#substitutionStatus ?? 0;
      return;
    }
    const assigned: [string, string][] = [];
    for (const { name: variable, value } of command.assignments) {
      assigned.push([variable, await expandText(value, around, "assignment")]);
    }
    await this.#trace(command, argv, outer);
    try {
      await this.#named(command, { argv, assigned, io: outer, source: command.source });
    } finally {
      this.#removeTemporary(temporary);
    }
  }

  async #named(command: SimpleCommand, wanted: Wanted): Promise<void> {
    const { argv, assigned, io: outer } = wanted;
    const name = argv[0] ?? "";
    const called = this.functions.get(name);
    if (called !== undefined && !(this.start.special.has(name) && !this.isBash)) {
      await this.#redirected(command, outer, (io) => this.#assigned(assigned, () => this.#call(called, argv, io)));
      return;
    }
    const builtin = this.builtins.get(name);
    if (builtin === undefined) {
      await this.#redirected(command, outer, (io) => this.#program({ ...wanted, io }));
      return;
    }
    this.#declared = command.arrays ?? {};
    const isSpecial = this.start.special.has(name);
    if (isSpecial && !this.isBash) for (const [variable, value] of assigned) this.set(variable, value);
    const temporary = isSpecial && !this.isBash ? [] : assigned;
    if (name === "exec" && argv.length === 1) {
      try {
        await openRedirections(command.redirections, this, outer, (fd, target) => outer.exec(fd, target));
      } catch (error) {
        throw error instanceof ShellError && !this.isBash ? asFatal(error) : error;
      }
      this.#closeUnused(outer);
      this.status = 0;
      return;
    }
    try {
      await this.#redirected(command, outer, (io) => this.#builtin(builtin, argv, temporary, io));
    } catch (error) {
      if (error instanceof ShellError && isSpecial && !this.isBash) throw asFatal(error);
      throw error;
    }
  }

  #declared: Readonly<Record<number, Assignment>> = {};

  /** The arrays among the arguments of the builtin under way, by their position. */
  takeDeclared(): Readonly<Record<number, Assignment>> {
    const declared = this.#declared;
    this.#declared = {};
    return declared;
  }

  /** Runs a program, whatever functions and builtins are called so; its status. */
  async runProgram(argv: readonly string[], io: Io): Promise<number> {
    await this.#program({ argv: [...argv], assigned: [], io, source: argv.join(" ") });
    return this.status;
  }

  async #builtin(builtin: Builtin, argv: string[], assigned: [string, string][], io: Io): Promise<void> {
    await this.#assigned(assigned, async () => {
      try {
        this.status = await builtin(this, argv, io);
      } catch (error) {
        if (error instanceof ShellError && !(error instanceof RecursionError) && error.message !== "") {
          // What it says goes where its own errors go.
          await this.say(error, io);
          throw new ShellError("", error.status, error.fatal);
        }
        if (!(error instanceof SyscallError)) throw error;
        // Here SIGPIPE ends a shell, and a copy of one: what it says next would be heard by nobody.
        if (error.errno === "EPIPE" && (this.level > 0 || !this.interactive)) {
          this.#breakPipe();
          throw new ControlFlow("exit");
        }
        if (error.errno !== "EPIPE") await this.complain(io, `${argv[0]}: ${builtinText(error)}`);
        this.status = error.errno === "EINTR" ? interrupted : 1;
      }
    });
  }

  /** `NAME=value command`, where the command is of the shell itself. */
  async #assigned(assigned: readonly [string, string][], act: () => Promise<void>): Promise<void> {
    if (assigned.length === 0) {
      await act();
      return;
    }
    const before = this.variables.keep(assigned.map(([name]) => name));
    for (const [name, value] of assigned) this.variables.set(name, value).exported = true;
    try {
      await act();
    } finally {
      this.variables.restore(before);
    }
  }

  /** Assigns what stands before no command. Throws `ExpansionError`. */
  async assign(assignment: Assignment, around: ExpansionContext, io: Io): Promise<void> {
    const { name, value, append, index, elements } = assignment;
    if (elements !== undefined) {
      await this.#assignElements(assignment, around);
      return;
    }
    const text = await expandText(value, around, "assignment");
    const variable = this.variables.find(name);
    if (index !== undefined) {
      const key = await this.#key(name, await expandText(index, around), io);
      const before = append ? (this.variables.elements(name)?.get(key) ?? "") : "";
      this.variables.setElement(name, key, before + text);
      return;
    }
    if (variable?.integer) {
      const sum = append ? `(${this.variables.get(name) || 0})+(${text || 0})` : text;
      this.set(name, String(evaluateIn(sum, around)));
    } else this.set(name, append ? (this.variables.get(name) ?? "") + text : text);
  }

  async #assignElements({ name, append, elements = [] }: Assignment, around: ExpansionContext): Promise<void> {
    const associative = this.variables.find(name)?.associative ?? false;
    const before = append ? [...(this.variables.elements(name) ?? [])] : [];
    const expanded: [string | undefined, string][] = [];
    for (const { key, value } of elements) {
      if (key !== undefined) expanded.push([await expandText(key, around), await expandText(value, around)]);
      else for (const field of await expandWords([value], around)) expanded.push([undefined, field]);
    }
    this.variables.setArray(name);
    for (const [key, value] of before) this.variables.setElement(name, key, value);
    let next = Math.max(-1, ...before.map(([key]) => Number(key))) + 1;
    for (const [key, value] of expanded) {
      if (key !== undefined && !associative) next = Number(evaluateIn(key, around));
      this.variables.setElement(name, associative && key !== undefined ? key : String(next), value);
      next += 1;
    }
  }

  async #key(name: string, text: string, io: Io): Promise<string> {
    if (this.variables.find(name)?.associative) return text;
    const index = evaluateIn(text, this.expansionContext(io));
    if (index >= 0n) return String(index);
    const last = Math.max(-1, ...Array.from(this.variables.elements(name)?.keys() ?? [], Number));
    return String(BigInt(last) + 1n + index);
  }

  /** `set -x`. */
  async #trace(command: SimpleCommand, argv: readonly string[], io: Io): Promise<void> {
    if (!this.options.has("x")) return;
    const words = argv.map((word) =>
      this.isBash && !/^[\w%+,./:=@^-]+$/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : word,
    );
    const assigned = command.assignments.map(({ name }) => `${name}=${this.variables.get(name) ?? ""}`);
    const shown = [...(argv.length === 0 ? assigned : []), ...words];
    const prompt = this.variables.get("PS4") ?? "+ ";
    if (shown.length > 0) await this.write(io, 2, `${prompt}${shown.join(" ")}\n`);
  }

  /** Removes the files for `<(list)` that were made since there were so many. */
  #removeTemporary(before: number): void {
    for (const path of this.#session.temporary.splice(before)) {
      if (this.system.files.status(path) !== undefined) this.system.files.unlink(path);
    }
  }

  // Programs.

  async #program(wanted: Wanted): Promise<void> {
    if (this.#sharesTerminal) {
      const job = new Job(wanted.source, true);
      await this.#foreground({ job, finished: this.#inJob(job, () => this.#runProgram(wanted, job)) });
      return;
    }
    await this.#runProgram(wanted, this.#job ?? new Job(wanted.source, true));
  }

  /** It is the shell itself that reads from the terminal, and gives it away. */
  get #sharesTerminal(): boolean {
    return this.interactive && this.level === 0;
  }

  /** Starts a program and waits for its end; the status is the shell's then. */
  async #runProgram(wanted: Wanted, job: Job): Promise<void> {
    const pid = await this.#spawn(wanted, job);
    this.#release?.();
    if (pid === undefined) return;
    const { status, signal } = await this.#watch(job, pid);
    this.status = status;
    if (pid === job.lastPid) job.signal = signal;
    if (signal === undefined || this.#sharesTerminal || job.number > 0) return;
    if (signal !== signalNumbers.SIGINT && signal !== signalNumbers.SIGPIPE) {
      await this.sayEnded(wanted.io, signal, pid, wanted.source);
    }
  }

  /** Says that a signal has ended a program. */
  async sayEnded(io: Io, signal: SignalNumber, pid: Pid, source: string): Promise<void> {
    const text = this.isBash
      ? `${this.#prefix}${String(pid).padStart(5)} ${signalText(signal).padEnd(22)}  ${source}\n`
      : `${signalText(signal)}\n`;
    await this.write(io, 2, text);
  }

  /** Starts a program; undefined, with the status set, if there is none of that name. */
  async #spawn({ argv, assigned, io }: Wanted, job: Job): Promise<Pid | undefined> {
    const name = argv[0] ?? "";
    const searched = assigned.find(([variable]) => variable === "PATH")?.[1] ?? this.variables.get("PATH") ?? "";
    const found = findCommand(name, this.cwd, searched, this.system.files);
    if (found.kind === "missing") {
      await this.#sayMissing(name, found, io);
      return undefined;
    }
    await this.start.beforeProgram?.();
    const env = { ...this.variables.environment, PWD: this.cwd, ...Object.fromEntries(assigned) };
    return this.#spawnProcess(found.argv(argv), env, io, job);
  }

  async #sayMissing(name: string, found: { readonly message: string; readonly status: number }, io: Io): Promise<void> {
    const message =
      found.message === "not found" && this.isBash && !name.includes("/") ? "command not found" : found.message;
    const bash = this.isBash && name.includes("/") && message === "not found" ? "No such file or directory" : message;
    await this.complain(io, `${name}: ${bash}`);
    const cause = causeOf(name);
    if (cause !== undefined) await this.complain(io, cause);
    this.status = found.status;
  }

  async #spawnProcess(
    argv: readonly string[],
    env: Readonly<Record<string, string>>,
    io: Io,
    job: Job,
  ): Promise<Pid | undefined> {
    const { descriptors } = this.system;
    try {
      return await job.inTurn(async () => {
        const fds = Array.from(io.all(), ([child, parent]) => ({ child, parent })).filter(({ parent }) =>
          descriptors.has(parent),
        );
        for (const { parent } of fds) descriptors.giveBack(parent);
        const own = this.interactive && job.ownGroup && (job === this.#job || this.level === 0);
        const place = own ? { group: job.group ?? 0, foreground: job.foreground } : {};
        const pid = await this.system.spawn({ argv, env, cwd: this.cwd, fds, ...place });
        job.started(pid, this.#isLast);
        this.wake();
        return pid;
      });
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error;
      const words =
        error.errno === "E2BIG"
          ? `${argv[0]}: ${error.message}`
          : this.isBash
            ? `fork: ${error.message}`
            : "Cannot fork";
      await this.complain(io, words);
      this.status = error.errno === "E2BIG" ? 126 : 2;
      throw new ShellError("", this.status, error.errno !== "E2BIG" && !this.interactive);
    }
  }

  /** Waits for a process's end; what stops it is told to its job. */
  async #watch(job: Job, pid: Pid): Promise<{ status: number; signal: SignalNumber | undefined }> {
    while (true) {
      const told = await this.system.waitpid(pid, { noHang: false, untraced: this.interactive });
      const status = told?.status ?? 0;
      if ((status & 0xff) === 0x7f) {
        job.state = "stopped";
        job.status = 128 + (status >> 8);
        this.wake();
        continue;
      }
      job.pids.delete(pid);
      const signal = status & 0x7f;
      this.wake();
      return signal === 0 ? { status: status >> 8, signal: undefined } : { status: 128 + signal, signal };
    }
  }

  /** The job is over when this is; its status is the shell's then. */
  async #inJob(job: Job, act: () => Promise<void>): Promise<void> {
    try {
      await act();
      job.status = this.status;
    } catch (error) {
      if (!(error instanceof ShellError)) throw error;
      job.status = error.status;
    } finally {
      job.state = "done";
      this.wake();
    }
  }

  /** `exec command`: this process goes on with another program. Returns only if there is none. */
  async exec(argv: readonly string[], io: Io): Promise<number> {
    const name = argv[0] ?? "";
    const found = findCommand(name, this.cwd, this.variables.get("PATH") ?? "", this.system.files);
    if (found.kind === "missing") {
      throw new ShellError(`exec: ${name}: ${found.message}`, found.status, true);
    }
    if (this.level > 0) {
      await this.#runProgram(
        { argv: [...argv], assigned: [], io, source: argv.join(" ") },
        this.#job ?? new Job("", true),
      );
      throw new ControlFlow("exit");
    }
    await this.start.beforeProgram?.();
    await execInPlace(this.system, found.argv(argv), this.variables.environment, this.cwd, io);
    return 0;
  }

  // Pipelines and jobs.

  /** Several commands with pipes between them, each in a copy of this shell. */
  #connected(pipeline: Pipeline, outer: Io, foreground: boolean): RunningJob {
    const { descriptors } = this.system;
    const job =
      this.level > 0 && this.#job !== undefined && foreground
        ? this.#job
        : new Job(pipeline.source, foreground, this.#sharesTerminal);
    const own = job !== this.#job;
    const running: Promise<number>[] = [];
    let input: Fd | undefined;
    for (const [index, command] of pipeline.commands.entries()) {
      const last = index === pipeline.commands.length - 1;
      const pipe = last ? undefined : descriptors.pipe();
      const io = outer.over();
      if (input !== undefined) io.set(0, input);
      if (pipe !== undefined) io.set(1, pipe.write);
      const mine = [input, pipe?.write].filter((fd) => fd !== undefined);
      const copy = this.copy(io);
      copy.#job = job;
      copy.#isLast = last && (own || this.#isLast);
      const done = () => {
        for (const fd of mine.splice(0)) descriptors.close(fd);
        this.system.flush();
      };
      if (command.kind === "simple") copy.#release = done;
      running.push(copy.runToEnd(() => copy.#command(command, copy.io)).finally(done));
      input = pipe?.read;
    }
    const finished = Promise.all(running).then((statuses) => {
      this.statuses = statuses;
      const failed = this.options.has("pipefail") ? statuses.findLast((each) => each !== 0) : undefined;
      this.status = failed ?? statuses.at(-1) ?? 0;
    });
    return { job, finished: own ? this.#inJob(job, () => finished) : finished, own };
  }

  /** Waits for a job that has the terminal. */
  async #foreground({ job, finished, own = true }: RunningJob): Promise<void> {
    if (!own || !this.#sharesTerminal) {
      await finished;
      this.#checkInterrupt();
      return;
    }
    // What fails is thrown below; a job that stops goes on without anybody waiting.
    finished.catch(() => {});
    await this.waitFor(job);
    if (job.state === "done") await finished;
  }

  /** Waits until a job ends or stops, and takes the terminal back. */
  async waitFor(job: Job): Promise<void> {
    do await this.until(() => job.state !== "running");
    while (job.state === "running" && (await this.#stillRuns(job)));
    await this.system.setForeground(0, this.system.group);
    this.status = job.status;
    if (job.state === "stopped") {
      job.foreground = false;
      this.jobs.add(job);
      await this.system.write(2, `\n${this.jobs.line(job)}`);
      return;
    }
    this.jobs.remove(job);
    if (job.signal === signalNumbers.SIGINT) {
      this.#session.interrupted = true;
      await this.system.write(2, "\n");
    } else if (job.signal !== undefined && job.signal !== signalNumbers.SIGPIPE) {
      await this.system.write(2, `${signalText(job.signal)}\n`);
    }
  }

  /** After ^C that the shell itself has heard. */
  async #stillRuns(job: Job): Promise<boolean> {
    if (job.pids.size === 0) return false;
    await new Promise((resolve) => setTimeout(resolve, mostDeaf));
    return true;
  }

  async #background(andOr: AndOr, outer: Io): Promise<void> {
    const io = outer.over();
    const { descriptors } = this.system;
    const nothing = this.interactive ? undefined : descriptors.open("/dev/null", "read", 10);
    if (nothing !== undefined) io.set(0, nothing);
    const job = await this.#startInBackground(andOr, io);
    if (nothing !== undefined) descriptors.close(nothing);
    this.status = 0;
    if (job.lastPid === undefined) return;
    this.lastBackground = job.lastPid;
    this.jobs.add(job);
    if (this.#sharesTerminal) await this.write(outer, 2, `[${job.number}] ${this.lastBackground}\n`);
  }

  async #startInBackground(andOr: AndOr, io: Io): Promise<Job> {
    if (andOr.rest.length > 0 || !andOr.first.commands.every((command) => this.#isProgram(command))) {
      const job = new Job(andOr.source, false);
      const pid = await this.#spawnCopy(andOr, io, job);
      if (pid !== undefined) void this.#untilDone(job, pid);
      return job;
    }
    const { job, finished } = this.#connected(andOr.first, io, false);
    finished.catch(() => {});
    job.number = Math.max(0, ...this.jobs.all().map(({ number }) => number)) + 1;
    await this.until(() => job.lastPid !== undefined || job.state === "done");
    return job;
  }

  async #untilDone(job: Job, pid: Pid): Promise<void> {
    const { status, signal } = await this.#watch(job, pid);
    job.status = status;
    job.signal = signal;
    job.state = "done";
    this.wake();
  }

  /** A command that is nothing but a program, which is there. */
  #isProgram(command: Command): boolean {
    if (command.kind !== "simple") return false;
    const name = plainName(command);
    if (name === undefined || this.builtins.has(name) || this.functions.has(name)) return false;
    return findCommand(name, this.cwd, this.variables.get("PATH") ?? "", this.system.files).kind === "found";
  }

  /** A process that is a copy of this shell and runs something. */
  #spawnCopy(andOr: AndOr, io: Io, job: Job): Promise<Pid | undefined> {
    const state = this.#forked(andOr);
    return this.#spawnProcess([this.isBash ? "bash" : "sh", "--forked"], forkedEnvironment(state), io, job);
  }

  #forked(andOr: AndOr): ForkedState {
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
      run: { ...andOr, background: false },
    };
  }

  /** Goes on as the copy that another shell wanted. */
  async runForked(state: ForkedState): Promise<number> {
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
    return this.runToEnd(() => this.runList([state.run], this.io));
  }

  // Redirections and mistakes.

  /** Opens what a command's redirections name, runs `act`, and closes it again. */
  async #redirected(
    { redirections }: Pick<Command, "redirections">,
    outer: Io,
    act: (io: Io) => Promise<void>,
  ): Promise<void> {
    if (redirections.length === 0) {
      await act(outer);
      return;
    }
    const io = outer.over();
    const temporary = this.#session.temporary.length;
    let opened: readonly Fd[] = [];
    try {
      opened = await openRedirections(redirections, this, io, (fd, target) => io.set(fd, target));
      await act(io);
    } finally {
      for (const fd of opened) if (!outer.leadsTo(fd)) this.system.descriptors.close(fd);
      this.#removeTemporary(temporary);
      this.system.flush();
    }
  }

  /** What nothing leads to any more is closed, so that who reads at the other end hears of it. */
  #closeUnused(io: Io): void {
    for (const fd of this.system.descriptors.all()) {
      if (!io.leadsTo(fd) && !this.io.leadsTo(fd) && (fd > 2 || !this.interactive) && this.level === 0) {
        this.system.descriptors.close(fd);
      }
    }
    this.system.flush();
  }

  /** A command that cannot be begun says why; in a script some mistakes end it. */
  async #guarded(io: Io, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (error instanceof RecursionError && this.#session.calls > 0) throw error;
      const isFatal =
        !this.interactive && (error instanceof ExpansionError || (error instanceof ShellError && error.fatal));
      if (error instanceof ShellError && error.message === "") {
        if (isFatal) throw new ControlFlow("exit");
        return;
      }
      if (error instanceof ShellSyntaxError || !(await this.say(error, io))) throw error;
      if (isFatal) throw new ControlFlow("exit");
    }
  }

  // Copies of this shell within it.

  /** A copy within this process: what it does changes nothing here. */
  copy(io: Io): Shell {
    const copy = new Shell(this.system, this.start, this.#session);
    copy.variables = this.variables.copy();
    for (const [name, called] of this.functions) copy.functions.set(name, called);
    for (const [name, text] of this.aliases) copy.aliases.set(name, text);
    for (const option of this.shopt) copy.shopt.add(option);
    for (const [name, text] of this.traps) if (text === "") copy.traps.set(name, text);
    copy.options = new ShellOptions(this.options.all());
    copy.history.push(...this.history);
    // So that `jobs -p` within a substitution names them.
    copy.jobs.takeOver(this.jobs);
    copy.status = this.status;
    copy.lastBackground = this.lastBackground;
    copy.positional = { ...this.positional };
    copy.cwd = this.cwd;
    copy.line = this.line;
    copy.mainPid = this.mainPid;
    copy.level = this.level + 1;
    copy.io = io.copy();
    copy.callers.push(...this.callers);
    copy.#job = this.#job;
    copy.#isLast = this.#isLast;
    copy.#tested = this.#tested;
    return copy;
  }

  // What words are expanded with.

  expansionContext(io: Io): ExpansionContext {
    const { files } = this.system;
    return {
      variable: (name) => this.#variable(name),
      setVariable: (name, value) => this.set(name, value),
      arguments: this.positional.arguments,
      cwd: this.cwd,
      folders: {
        isFolder: (path) => files.isFolder(path),
        names: (folder) => files.names(folder),
        exists: (path) => files.status(path, "keep") !== undefined,
      },
      lookAt: (path) => this.system.lookAt(path),
      output: (list) => this.#output(list, io),
      language: this.start.language,
      splitters: this.variables.find("IFS") === undefined ? undefined : this.variables.get("IFS"),
      noGlob: this.options.has("f"),
      nullGlob: this.shopt.has("nullglob"),
      strict: this.options.has("u"),
      elements: (name) =>
        name === "PIPESTATUS"
          ? indexed(this.statuses.map(String))
          : name === "FUNCNAME"
            ? indexed(this.callers)
            : this.variables.elements(name),
      isAssociative: (name) => this.variables.find(name)?.associative ?? false,
      setElement: (name, key, value) => this.variables.setElement(name, key, value),
      names: () => this.variables.names(),
      file: (list) => this.#file(list, io),
    };
  }

  #variable(name: string): string | undefined {
    switch (name) {
      case "?":
        return String(this.status);
      case "$":
        return String(this.mainPid);
      case "!":
        return this.lastBackground === undefined ? undefined : String(this.lastBackground);
      case "#":
        return String(this.positional.arguments.length);
      case "@":
      case "*":
        return this.positional.arguments.join(" ");
      case "-":
        return this.options.letters + (this.interactive ? "im" : "");
      case "0":
        return this.positional.name;
      case "LINENO":
        return String(this.line);
      default:
        if (/^\d+$/.test(name)) return this.positional.arguments[Number(name) - 1];
        return this.variables.get(name) ?? (this.isBash ? this.#dynamic(name) : undefined);
    }
  }

  #dynamic(name: string): string | undefined {
    switch (name) {
      case "RANDOM":
        return String(Math.floor(Math.random() * 32_768));
      case "SECONDS":
        return String(this.secondsRunning);
      case "EPOCHSECONDS":
        return String(Math.floor(Date.now() / 1000));
      case "BASHPID":
        return String(this.system.pid);
      case "UID":
      case "EUID":
        return "1000";
      case "HOSTNAME":
        return this.system.hostName;
      case "FUNCNAME":
        return this.callers[0];
      case "PIPESTATUS":
        return String(this.statuses[0] ?? 0);
      default:
        return undefined;
    }
  }

  async #output(list: List, io: Io): Promise<string> {
    const bytes = await this.#printed(list, io);
    let end = bytes.length;
    while (end > 0 && bytes[end - 1] === newline) end -= 1;
    return new TextDecoder().decode(bytes.subarray(0, end)).replaceAll("\0", "");
  }

  async #printed(list: List, io: Io): Promise<Uint8Array> {
    const { descriptors } = this.system;
    const file = onlyInput(list);
    if (file !== undefined) {
      const path = this.path(await expandText(file, this.expansionContext(io)));
      await this.system.lookAt(path);
      try {
        return path === "/dev/null" ? new Uint8Array() : this.system.files.read(path);
      } catch (error) {
        if (!(error instanceof SyscallError)) throw error;
        throw new ShellError(`${path}: ${error.message}`, 1);
      }
    }
    const pipe = descriptors.pipe();
    const inner = io.over();
    inner.set(1, pipe.write);
    const copy = this.copy(inner);
    copy.#job = undefined;
    copy.#release = undefined;
    const running = copy
      .runToEnd(() => copy.runList(list, copy.io))
      .finally(() => {
        descriptors.close(pipe.write);
        this.system.flush();
      });
    // What fails is thrown below, once everything that was printed has been read.
    running.catch(() => {});
    const bytes = await this.system.readAll(pipe.read, mostOutput);
    descriptors.close(pipe.read);
    this.system.flush();
    this.#substitutionStatus = await running;
    this.#checkInterrupt();
    if (bytes.length > mostOutput) throw new ExpansionError("Out of space");
    return bytes;
  }

  /** `<(list)`: what it prints, in a file that is removed once the command is over. */
  async #file(list: List, io: Io): Promise<string> {
    const bytes = await this.#printed(list, io);
    const { files, pid } = this.system;
    const path = `/tmp/.sh-${pid}-${this.#session.temporary.length}`;
    files.write(files.fileForWriting(path), 0, bytes);
    this.#session.temporary.push(path);
    return path;
  }

  #checkInterrupt(): void {
    if (!this.#session.interrupted) return;
    this.status = interrupted;
    throw new ControlFlow("interrupt", 0);
  }

  /** A pattern as a word stands for it. */
  patternOf(word: Parameters<typeof expandPattern>[0], io: Io): Promise<string> {
    return expandPattern(word, this.expansionContext(io));
  }
}

/** A command that is about to be run. */
interface Wanted {
  readonly argv: string[];
  readonly assigned: [string, string][];
  readonly io: Io;
  readonly source: string;
}

interface RunningJob {
  readonly job: Job;
  readonly finished: Promise<void>;
  /** It is no part of another job. */
  readonly own?: boolean;
}

/** As bash prints it; `time -p` as POSIX wants it. */
function timing(milliseconds: number, posix: boolean): string {
  const seconds = milliseconds / 1000;
  if (posix) return `real ${seconds.toFixed(2)}\n`;
  return `\nreal\t${Math.floor(seconds / 60)}m${(seconds % 60).toFixed(3)}s\n`;
}

function indexed(values: readonly string[]): ReadonlyMap<string, string> {
  return new Map(values.map((value, index) => [String(index), value]));
}

/** With `set -e` what is no loop or condition ends a shell: what stands within those has done it already. */
function countsAsFailure({ commands: [only, ...more] }: Pipeline): boolean {
  return more.length > 0 || ["simple", "subshell", "arithmetic", "condition"].includes(only?.kind ?? "");
}

function asFatal(error: ShellError): ShellError {
  return error instanceof RecursionError ? error : new ShellError(error.message, error.status, true);
}

/** `$(< file)`. */
function onlyInput(list: List) {
  const [andOr, ...more] = list;
  const [command, ...others] = andOr?.first.commands ?? [];
  if (more.length > 0 || others.length > 0 || command?.kind !== "simple" || andOr?.rest.length !== 0) return undefined;
  const { words, assignments, redirections } = command;
  const [redirection, ...further] = redirections;
  const alone = words.length === 0 && assignments.length === 0 && further.length === 0;
  return alone && redirection?.operator === "<" && redirection.fd === 0 ? redirection.target : undefined;
}

function builtinText(error: SyscallError): string {
  return error.errno === "EBADF" ? "I/O error" : error.message;
}

/** What bash calls by other words than dash. */
function bashWords(message: string): string {
  return message
    .replace(/: is read only$/, ": readonly variable")
    .replace(/^Bad substitution$/, "bad substitution")
    .replace(/^arithmetic expression: division by zero: "(.*)"$/s, '$1: division by 0 (error token is "0")')
    .replace(/^arithmetic expression: expecting \w+: "(.*)"$/s, "$1: syntax error in expression")
    .replace(/^cannot (?:open|create) (.*): (?:No such file|Directory nonexistent)$/s, "$1: No such file or directory")
    .replace(/^cannot (?:open|create) (.*): (.*)$/s, "$1: $2");
}

/** Puts descriptors where the program expects them, and becomes it. */
async function execInPlace(
  system: System,
  argv: readonly string[],
  env: Record<string, string>,
  cwd: string,
  io: Io,
): Promise<void> {
  const { descriptors } = system;
  const wanted = [...io.all()].filter(([, from]) => descriptors.has(from));
  for (const [, from] of wanted) descriptors.giveBack(from);
  const moved = wanted.map(([to, from]) => {
    const between = descriptors.free(100);
    descriptors.duplicate(from, between);
    return [to, between] as const;
  });
  for (const [to, between] of moved) descriptors.duplicate(between, to);
  const kept = new Set(moved.map(([to]) => to));
  const close = descriptors.all().filter((fd) => !kept.has(fd));
  await system.call("exec", {
    argv: [...argv],
    env: { ...env, PWD: cwd },
    cwd,
    close,
    positions: descriptors.positions(),
  });
}
