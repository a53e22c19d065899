import type { AndOr, Command, List, Pipeline, Redirection, SimpleCommand } from "../../../../shell/syntax.ts";
import { type Pid, signalNumbers } from "../../../host-types.ts";
import { SyscallError } from "../../kernel/errno.ts";
import type { ChildStatus, Fd } from "../../kernel/protocol.ts";
import type { System } from "../../native/system.ts";
import { findCommand } from "../python/find-command.ts";
import { ControlFlow } from "./control-flow.ts";
import { type ExpansionContext, expandText, expandWords, matchesWord } from "./expansion.ts";
import { ExpansionError } from "./expansion-budget.ts";
import { type Job, Jobs, signalText } from "./jobs.ts";

/** Where a command's descriptors lead: the shell's own numbers, by the command's. */
export type Io = ReadonlyMap<number, Fd>;

/** A shell's variable. */
interface Variable {
  value: string;
  exported: boolean;
}

/** The process group that a program begins in: 0 for one of its own; and whether that gets the terminal. */
interface Place {
  readonly group: Pid;
  readonly foreground: boolean;
}

const foregroundGroup: Place = { group: 0, foreground: true };

/** A function of a script, with how it was written. */
interface ShellFunction {
  readonly body: Command;
  readonly source: string;
}

/** Calls within calls, of functions, files and `eval`; more is one that calls itself for ever. */
const mostCalls = 200;

/** What a command may print into a line, in bytes. */
const mostOutput = 16_777_216;

const newline = 0x0a;

/** A message to the shell waits at most this long while the shell itself is at work, in milliseconds. */
const mostDeaf = 10;

/** A redirection or an expansion that fails: the command is not run. */
class CommandError extends Error {}

/** A call too many: all calls around it end, or one that calls itself twice would go on almost for ever. */
class RecursionError extends CommandError {}

const interrupted = 128 + signalNumbers.SIGINT;

/** A command of the shell itself; its status. `argv` begins with its name. */
export type Builtin = (shell: Shell, argv: readonly string[], io: Io) => Promise<number>;

/** A shell: its variables, its jobs, and how it runs what was parsed. */
export class Shell {
  readonly variables = new Map<string, Variable>();
  readonly functions = new Map<string, ShellFunction>();
  readonly jobs = new Jobs();
  readonly history: string[] = [];
  status = 0;
  lastBackground: Pid | undefined;
  /** Set by ^C: what is running ends. */
  interrupted = false;
  /** Called by ^C while something in the shell itself waits. */
  onInterrupt: (() => void) | undefined;
  /** Gives programs the terminal as they expect it. */
  readonly beforeProgram: () => Promise<void>;
  /** Variables that `local` has set aside, for each call under way. */
  readonly #locals: Map<string, Variable | undefined>[] = [];
  /** Calls under way. */
  #calls = 0;
  /** Copies of this shell under way within it. */
  #copies = 0;
  /** When the shell last heard what was sent to it, on the clock of `performance`. */
  #heardAt = performance.now();

  constructor(
    readonly system: System,
    public positional: { name: string; arguments: readonly string[] },
    /** It has a prompt, jobs, and a terminal to share out. */
    readonly interactive: boolean,
    /** Its own commands, by name. */
    private readonly builtins: ReadonlyMap<string, Builtin>,
    beforeProgram: () => Promise<void> = async () => {},
  ) {
    this.beforeProgram = beforeProgram;
    for (const [name, value] of Object.entries(system.env)) this.variables.set(name, { value, exported: true });
    this.set("PWD", system.cwd);
  }

  get io(): Io {
    return new Map([0, 1, 2].map((fd) => [fd, fd]));
  }

  set(name: string, value: string): void {
    const variable = this.variables.get(name);
    if (variable === undefined) this.variables.set(name, { value, exported: false });
    else variable.value = value;
  }

  get environment(): Record<string, string> {
    const exported = [...this.variables].filter(([, variable]) => variable.exported);
    return Object.fromEntries(exported.map(([name, { value }]) => [name, value]));
  }

  write(io: Io, fd: number, text: string): Promise<void> {
    const target = io.get(fd);
    return target === undefined ? Promise.resolve() : this.system.write(target, text);
  }

  /** In dash's words, with the line as it counts them. */
  complain(io: Io, text: string): Promise<void> {
    return this.write(io, 2, `${this.positional.name}: 1: ${text}\n`);
  }

  /** Runs commands one after the other. Throws `ControlFlow`. */
  async runList(list: List, io: Io): Promise<void> {
    for (const andOr of list) {
      await this.#listen();
      this.#checkInterrupt();
      if (andOr.background) await this.#background(andOr, io);
      else await this.#andOr(andOr, io);
    }
  }

  /** Builtins and functions alone would keep ^C out. */
  async #listen(): Promise<void> {
    if (performance.now() - this.#heardAt < mostDeaf) return;
    await new Promise((resolve) => setTimeout(resolve));
    this.#heardAt = performance.now();
  }

  async #andOr({ first, rest }: AndOr, io: Io): Promise<void> {
    await this.#pipeline(first, io);
    for (const { operator, pipeline } of rest) {
      if ((operator === "&&") === (this.status === 0)) await this.#pipeline(pipeline, io);
    }
  }

  async #pipeline(pipeline: Pipeline, io: Io): Promise<void> {
    this.#checkInterrupt();
    const [only, ...more] = pipeline.commands;
    if (only === undefined) return;
    const began = performance.now();
    if (more.length === 0) await this.#command(only, io);
    else await this.#connected(pipeline, io);
    // How long a processor was busy with it is not known here.
    if (pipeline.timed) await this.write(io, 2, `\nreal\t${duration(performance.now() - began)}\n`);
    if (pipeline.negated) this.status = this.status === 0 ? 1 : 0;
  }

  /** A command alone, in this shell if it can be. */
  async #command(command: Command, outer: Io): Promise<void> {
    if (command.kind === "simple") {
      await this.#simple(command, outer);
      return;
    }
    const run = async (io: Io) => {
      switch (command.kind) {
        case "group":
          await this.runList(command.list, io);
          break;
        case "subshell":
          await this.#asSubshell(() => this.runList(command.list, io));
          break;
        case "if":
          for (const { condition, list } of command.branches) {
            await this.runList(condition, io);
            if (this.status !== 0) continue;
            await this.runList(list, io);
            return;
          }
          this.status = 0;
          await this.runList(command.otherwise, io);
          break;
        case "while":
          await this.#while(command, io);
          break;
        case "function":
          this.functions.set(command.name, { body: command.body, source: command.source });
          this.status = 0;
          break;
        case "case":
          await this.#case(command, io);
          break;
        case "for": {
          const words = await expandWords(command.words, this.#expansionContext(io));
          this.status = 0;
          await this.#loop(words[Symbol.iterator](), async (word) => {
            this.set(command.name, word);
            await this.runList(command.list, io);
          });
        }
      }
    };
    await this.#guarded(outer, () => this.#redirected(command.redirections, outer, run));
  }

  async #case(command: Extract<Command, { kind: "case" }>, io: Io): Promise<void> {
    const around = this.#expansionContext(io);
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

  /** Calls a function: its arguments are the shell's until it returns. */
  async #call(called: ShellFunction, argv: readonly string[], io: Io): Promise<void> {
    const { positional } = this;
    const locals = new Map<string, Variable | undefined>();
    this.#locals.push(locals);
    this.positional = { name: positional.name, arguments: argv.slice(1) };
    try {
      await this.within("function", () => this.#command(called.body, io));
    } catch (error) {
      if (!(error instanceof ControlFlow) || error.what !== "return") throw error;
    } finally {
      this.positional = positional;
      this.#locals.pop();
      this.#restore(locals);
    }
  }

  /** Runs what a function, a file or `eval` holds. Throws if that is a call too many, which ends all calls under way. */
  async within(what: "function" | "file" | "eval", act: () => Promise<void>): Promise<void> {
    if (this.#calls >= mostCalls) throw new RecursionError(`Maximum ${what} recursion depth (${mostCalls}) reached`);
    this.#calls += 1;
    try {
      await act();
    } finally {
      this.#calls -= 1;
    }
  }

  /** What a call of a function changes of this variable ends with the call. False outside of functions. */
  makeLocal(name: string): boolean {
    const locals = this.#locals.at(-1);
    if (locals === undefined) return false;
    const before = this.variables.get(name);
    if (!locals.has(name)) locals.set(name, before && { ...before });
    return true;
  }

  #restore(variables: ReadonlyMap<string, Variable | undefined>): void {
    for (const [name, variable] of variables) {
      if (variable === undefined) this.variables.delete(name);
      else this.variables.set(name, variable);
    }
  }

  async #while(command: Extract<Command, { kind: "while" }>, io: Io): Promise<void> {
    let status = 0;
    const endless = { next: () => ({ done: false as const, value: undefined }) };
    await this.#loop(endless, async () => {
      await this.runList(command.condition, io);
      if ((this.status === 0) === command.until) throw new ControlFlow("break", 1);
      await this.runList(command.list, io);
      status = this.status;
    });
    this.status = status;
  }

  async #loop<T>(values: Iterator<T>, body: (value: T) => Promise<void>): Promise<void> {
    for (let next = values.next(); !next.done; next = values.next()) {
      await this.#listen();
      this.#checkInterrupt();
      try {
        await body(next.value);
      } catch (error) {
        if (!(error instanceof ControlFlow) || !["break", "continue"].includes(error.what)) throw error;
        error.levels -= 1;
        if (error.levels > 0) throw error;
        if (error.what === "break") return;
      }
    }
  }

  async #simple(command: SimpleCommand & { readonly source: string }, outer: Io): Promise<void> {
    const around = this.#expansionContext(outer);
    await this.#guarded(outer, async () => {
      this.#substitutionStatus = undefined;
      const argv = await expandWords(command.words, around);
      const assigned: [string, string][] = [];
      for (const { name, value } of command.assignments) assigned.push([name, await expandText(value, around)]);
      const [name] = argv;
      if (name === undefined) {
        for (const [variable, value] of assigned) this.set(variable, value);
        this.status = this.#substitutionStatus ?? 0;
        await this.#redirected(command.redirections, outer, async () => {});
        return;
      }
      await this.#redirected(command.redirections, outer, async (io) => {
        const builtin = this.builtins.get(name);
        const called = this.functions.get(name);
        if (called !== undefined) await this.#assigned(assigned, () => this.#call(called, argv, io));
        else if (builtin !== undefined) await this.#builtin(builtin, argv, assigned, io);
        else await this.#program({ argv, assigned, io, source: command.source });
      });
    });
  }

  async #builtin(builtin: Builtin, argv: string[], assigned: [string, string][], io: Io): Promise<void> {
    await this.#assigned(assigned, async () => {
      try {
        this.status = await builtin(this, argv, io);
      } catch (error) {
        if (!(error instanceof SyscallError)) throw error;
        // Here SIGPIPE ends a shell, and a copy of one: what it says next would be heard by nobody. It does not come if the
        // process has learnt of the broken pipe before it wrote.
        if (error.errno === "EPIPE" && (this.#copies > 0 || !this.interactive)) {
          this.status = 128 + signalNumbers.SIGPIPE;
          throw new ControlFlow("exit");
        }
        if (error.errno !== "EPIPE") await this.complain(io, `${argv[0]}: ${error.message}`);
        this.status = error.errno === "EINTR" ? interrupted : 1;
      }
    });
  }

  /** `NAME=value command`, where the command is of the shell itself. */
  async #assigned(assigned: readonly [string, string][], act: () => Promise<void>): Promise<void> {
    const before = new Map(assigned.map(([name]) => [name, this.variables.get(name)]));
    for (const [name, value] of assigned) this.variables.set(name, { value, exported: true });
    try {
      await act();
    } finally {
      this.#restore(before);
    }
  }

  async #program(wanted: { argv: string[]; assigned: [string, string][]; io: Io; source: string }): Promise<void> {
    const place = this.interactive ? foregroundGroup : undefined;
    const pid = await this.#spawn(wanted.argv, wanted.assigned, wanted.io, place);
    if (pid !== undefined) await this.#foreground(pid, [pid], wanted.source);
  }

  /** Starts a program; undefined, with the status set, if there is none of that name. */
  async #spawn(
    argv: readonly string[],
    assigned: readonly (readonly [string, string])[],
    io: Io,
    place: Place | undefined,
  ): Promise<Pid | undefined> {
    const name = argv[0] ?? "";
    const found = findCommand(name, this.system.cwd, this.variables.get("PATH")?.value ?? "", this.system.files);
    if (found.kind === "missing") {
      await this.complain(io, `${name}: ${found.message}`);
      this.status = found.status;
      return undefined;
    }
    await this.beforeProgram();
    const env = { ...this.environment, ...Object.fromEntries(assigned) };
    const fds = Array.from(io, ([child, parent]) => ({ child, parent }));
    try {
      const spawning = { argv: found.argv(argv), env, cwd: this.system.cwd, fds };
      return await this.system.spawn({ ...spawning, ...place });
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error;
      await this.complain(io, `Cannot fork: ${error.message}`);
      this.status = 2;
      return undefined;
    }
  }

  /** Several commands with pipes between them. Each is a process, but for builtins. */
  async #connected(pipeline: Pipeline, outer: Io): Promise<void> {
    const { pids, group, inShell } = await this.#startConnected(pipeline, outer, true);
    const [first] = pids;
    if (first === undefined) {
      this.status = (await Promise.all(inShell)).at(-1) ?? this.status;
      return;
    }
    await this.#foreground(group ?? first, pids, pipeline.source);
    const statuses = await Promise.all(inShell);
    const last = pipeline.commands.at(-1);
    if (last !== undefined && this.#isBuiltin(last)) this.status = statuses.at(-1) ?? this.status;
  }

  async #startConnected(pipeline: Pipeline, outer: Io, foreground: boolean) {
    const { descriptors } = this.system;
    const pids: Pid[] = [];
    const inShell: Promise<number>[] = [];
    let group: Pid | undefined;
    let input = outer.get(0);
    let failed: number | undefined;
    for (const [index, command] of pipeline.commands.entries()) {
      const last = index === pipeline.commands.length - 1;
      const pipe = last ? undefined : descriptors.pipe();
      const io = new Map(outer);
      if (input !== undefined) io.set(0, input);
      if (pipe !== undefined) io.set(1, pipe.write);
      const mine = [index > 0 ? input : undefined, pipe?.write].filter((fd) => fd !== undefined);
      const done = () => {
        for (const fd of mine) descriptors.close(fd);
        this.system.flush();
      };
      if (this.#isBuiltin(command)) {
        const running = this.#inCopy(() => this.#command(command, io)).finally(done);
        // What it throws is thrown below, once the others have ended.
        running.catch(() => {});
        inShell.push(running);
      } else {
        const place = { group: group ?? 0, foreground };
        const pid = await this.#startElement(command, io, this.interactive ? place : undefined);
        done();
        failed = pid === undefined ? this.status : undefined;
        if (pid !== undefined) {
          group ??= pid;
          pids.push(pid);
        }
      }
      input = pipe?.read;
    }
    if (failed !== undefined) inShell.push(Promise.resolve(failed));
    return { pids, group, inShell };
  }

  /** One process of a pipeline. What is more than a program is run by a shell of its own. */
  async #startElement(command: Command, io: Io, place: Place | undefined): Promise<Pid | undefined> {
    if (command.kind !== "simple" || this.#isCall(command)) return this.#spawnShell(command.source, io, place);
    let pid: Pid | undefined;
    await this.#guarded(io, async () => {
      const around = this.#expansionContext(io);
      const argv = await expandWords(command.words, around);
      const assigned: [string, string][] = [];
      for (const { name, value } of command.assignments) assigned.push([name, await expandText(value, around)]);
      await this.#redirected(command.redirections, io, async (inner) => {
        if (argv.length > 0) pid = await this.#spawn(argv, assigned, inner, place);
      });
    });
    return pid;
  }

  /** Its variables are exported to it: it is a copy of this one. */
  #spawnShell(source: string, io: Io, place: Place | undefined): Promise<Pid | undefined> {
    const assigned = Array.from(this.variables, ([name, { value }]) => [name, value] as const);
    const functions = Array.from(this.functions.values(), (each) => `${each.source}\n`).join("");
    const argv = ["sh", "-c", functions + source, this.positional.name, ...this.positional.arguments];
    return this.#spawn(argv, assigned, io, place);
  }

  async #background(andOr: AndOr, outer: Io): Promise<void> {
    const io = new Map(outer);
    let null_: Fd | undefined;
    if (!this.interactive) {
      null_ = this.system.descriptors.open("/dev/null", "read", 10);
      io.set(0, null_);
    }
    const simple = andOr.rest.length === 0 && !andOr.first.commands.some((command) => this.#isBuiltin(command));
    const place = this.interactive ? { group: 0, foreground: false } : undefined;
    let pids: Pid[] = [];
    if (simple && andOr.first.commands.length > 1) ({ pids } = await this.#startConnected(andOr.first, io, false));
    else {
      const [command] = andOr.first.commands;
      const pid =
        simple && command !== undefined && command.kind === "simple"
          ? await this.#startElement(command, io, place)
          : await this.#spawnShell(andOr.source, io, place);
      if (pid !== undefined) pids = [pid];
    }
    if (null_ !== undefined) this.system.descriptors.close(null_);
    const [first] = pids;
    if (first === undefined) return;
    this.lastBackground = pids.at(-1);
    const job = this.jobs.add(first, pids, andOr.source);
    this.status = 0;
    if (this.interactive) await this.write(outer, 2, `[${job.number}] ${this.lastBackground}\n`);
  }

  /** Waits for processes that have the terminal. */
  async #foreground(group: Pid, pids: readonly Pid[], source: string): Promise<void> {
    if (this.interactive) await this.system.setForeground(0, group);
    const job = this.jobs.add(group, pids, source);
    await this.waitFor(job);
  }

  /** Waits until a job ends or stops, and takes the terminal back. */
  async waitFor(job: Job): Promise<void> {
    while (job.state === "running") {
      const [pid] = job.pids;
      if (pid === undefined) break;
      this.#heard(job, await this.system.waitpid(pid, { noHang: false, untraced: this.interactive }));
    }
    if (this.interactive) await this.system.setForeground(0, this.system.pid);
    this.status = job.status;
    if (job.state === "stopped") {
      this.jobs.touch(job);
      await this.system.write(2, `\n${this.jobs.line(job)}`);
      return;
    }
    this.jobs.remove(job);
    if (job.signal === undefined) return;
    if (job.signal === signalNumbers.SIGINT) {
      this.interrupted = true;
      if (this.interactive) await this.system.write(2, "\n");
    } else if (job.signal !== signalNumbers.SIGPIPE) await this.system.write(2, `${signalText(job.signal)}\n`);
  }

  /** Looks what has become of jobs in the background. Answers those of which there is something to tell. */
  async lookAfterJobs(): Promise<Job[]> {
    const changed: Job[] = [];
    for (const job of this.jobs.all()) {
      const before = job.state;
      for (const pid of [...job.pids]) {
        const told = await this.system.waitpid(pid, { noHang: true, untraced: true });
        if (told !== null) this.#heard(job, told);
      }
      if (job.state !== before) changed.push(job);
    }
    return changed;
  }

  #heard(job: Job, told: ChildStatus | null): void {
    if (told === null) return;
    const { pid, status } = told;
    if ((status & 0xff) === 0x7f) {
      job.state = "stopped";
      job.status = 128 + (status >> 8);
      return;
    }
    job.pids.delete(pid);
    const signal = status & 0x7f;
    if (pid === job.lastPid) {
      job.status = signal === 0 ? status >> 8 : 128 + signal;
      job.signal = signal === 0 ? undefined : signal;
    }
    if (job.pids.size === 0) job.state = "done";
  }

  #isBuiltin(command: Command): boolean {
    if (command.kind !== "simple" || this.#isCall(command)) return command.kind === "function";
    return command.words.length === 0 || this.builtins.has(plainName(command) ?? "");
  }

  #isCall(command: SimpleCommand): boolean {
    return this.functions.has(plainName(command) ?? "");
  }

  // Redirections.

  /** Opens what a command's redirections name, runs `act`, and closes it again. */
  async #redirected(redirections: readonly Redirection[], outer: Io, act: (io: Io) => Promise<void>): Promise<void> {
    if (redirections.length === 0) {
      await act(outer);
      return;
    }
    const io = new Map(outer);
    const opened: Fd[] = [];
    try {
      await this.#guarded(outer, async () => {
        for (const redirection of redirections) await this.#redirect(redirection, io, opened);
        await act(io);
      });
    } finally {
      for (const fd of opened) this.system.descriptors.close(fd);
      this.system.flush();
    }
  }

  async #redirect({ fd, operator, target }: Redirection, io: Map<number, Fd>, opened: Fd[]): Promise<void> {
    const { descriptors } = this.system;
    const name = await expandText(target, this.#expansionContext(io));
    if (operator === "<<") {
      const pipe = descriptors.pipe();
      opened.push(pipe.read);
      io.set(fd, pipe.read);
      void this.system
        .write(pipe.write, name)
        .catch(() => {})
        .finally(() => descriptors.close(pipe.write));
      return;
    }
    if (operator === ">&") {
      if (name === "-") io.delete(fd);
      else {
        const other = io.get(Number(name));
        if (other === undefined) throw new CommandError(`${name}: bad file descriptor`);
        io.set(fd, other);
      }
      return;
    }
    try {
      const how = operator === "<" ? "read" : operator === ">>" ? "append" : "write";
      const made = descriptors.open(this.system.path(name), how, 10);
      opened.push(made);
      io.set(fd, made);
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error;
      const verb = operator === "<" ? "open" : "create";
      const reason =
        error.errno === "ENOENT" ? (verb === "open" ? "No such file" : "Directory nonexistent") : error.message;
      throw new CommandError(`cannot ${verb} ${name}: ${reason}`);
    }
  }

  /** A command that cannot be begun says why. */
  async #guarded(io: Io, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof CommandError || error instanceof ExpansionError)) throw error;
      if (error instanceof RecursionError && this.#calls > 0) throw error;
      await this.complain(io, error.message);
      this.status = 2;
    }
  }

  // Copies of this shell within it.

  /** What is done in a subshell changes nothing here but the status. */
  async #asSubshell(act: () => Promise<void>): Promise<void> {
    const variables = new Map(Array.from(this.variables, ([name, variable]) => [name, { ...variable }]));
    const functions = new Map(this.functions);
    const { cwd } = this.system;
    this.#copies += 1;
    try {
      await act();
    } catch (error) {
      if (!(error instanceof ControlFlow) || error.what === "interrupt") throw error;
    } finally {
      this.#copies -= 1;
      this.functions.clear();
      for (const [name, called] of functions) this.functions.set(name, called);
      this.variables.clear();
      for (const [name, variable] of variables) this.variables.set(name, variable);
      this.system.cwd = cwd;
    }
  }

  /** Runs something beside other parts of a pipeline; its status. */
  async #inCopy(act: () => Promise<void>): Promise<number> {
    await this.#asSubshell(act);
    return this.status;
  }

  #substitutionStatus: number | undefined;

  #expansionContext(io: Io): ExpansionContext {
    const { files } = this.system;
    return {
      variable: (name) => this.variable(name),
      setVariable: (name, value) => this.set(name, value),
      arguments: this.positional.arguments,
      cwd: this.system.cwd,
      folders: {
        isFolder: (path) => files.isFolder(path),
        names: (folder) => files.names(folder),
        exists: (path) => files.status(path, "keep") !== undefined,
      },
      output: (list) => this.#output(list, io),
    };
  }

  /** The value of a variable, of the shell's own ones too. */
  variable(name: string): string | undefined {
    switch (name) {
      case "?":
        return String(this.status);
      case "$":
        return String(this.system.pid);
      case "!":
        return this.lastBackground === undefined ? "" : String(this.lastBackground);
      case "#":
        return String(this.positional.arguments.length);
      case "@":
      case "*":
        return this.positional.arguments.join(" ");
      case "-":
        return this.interactive ? "im" : "";
      case "0":
        return this.positional.name;
      default:
        if (/^\d+$/.test(name)) return this.positional.arguments[Number(name) - 1];
        return this.variables.get(name)?.value;
    }
  }

  async #output(list: List, io: Io): Promise<string> {
    const { descriptors } = this.system;
    const pipe = descriptors.pipe();
    const inner = new Map(io).set(1, pipe.write);
    const running = this.#asSubshell(() => this.runList(list, inner)).finally(() => {
      descriptors.close(pipe.write);
      this.system.flush();
    });
    // What fails is thrown below, once everything that was printed has been read.
    running.catch(() => {});
    const bytes = await this.system.readAll(pipe.read, mostOutput);
    descriptors.close(pipe.read);
    this.system.flush();
    await running;
    if (bytes.length > mostOutput) throw new ExpansionError("Out of space");
    this.#substitutionStatus = this.status;
    let end = bytes.length;
    while (end > 0 && bytes[end - 1] === newline) end -= 1;
    return new TextDecoder().decode(bytes.subarray(0, end));
  }

  #checkInterrupt(): void {
    if (!this.interrupted) return;
    this.status = interrupted;
    throw new ControlFlow("interrupt", 0);
  }
}

/** As bash prints it. */
function duration(milliseconds: number): string {
  return `${Math.floor(milliseconds / 60_000)}m${((milliseconds % 60_000) / 1000).toFixed(3)}s`;
}

/** The name of a command that is written out, without variables. */
function plainName({ words }: SimpleCommand): string | undefined {
  const [part, ...more] = words[0]?.parts ?? [];
  return part?.kind === "text" && more.length === 0 ? part.text : undefined;
}
