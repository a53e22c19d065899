import {
  type ExitStatus,
  type Milliseconds,
  type Pid,
  type ProcessInfo,
  type Signal,
  signalNumbers,
} from "../../../host-types.ts";
import type { KernelClock } from "../clock.ts";
import { SyscallError } from "../errno.ts";
import type { EventBatch } from "../event-batch.ts";
import type { Files } from "../files/files.ts";
import type { Limits } from "../limits.ts";
import { processMessages, whatIsWrong } from "../message-shapes.ts";
import { Pace } from "../pace.ts";
import type { PendingCall } from "../pending-select.ts";
import type {
  ChildStatus,
  Disposition,
  Executor,
  Fd,
  ForkImage,
  InheritedDescriptor,
  ProcessListener,
  ProcessMessages,
  ProcessStart,
  SignalNumber,
} from "../protocol.ts";
import { ProtocolError } from "../protocol-error.ts";
import { Tty } from "../terminal/tty.ts";
import type { Positions } from "./descriptor-table.ts";
import type { OpenFileDescription } from "./open-file-description.ts";
import { type ExecArguments, type Identity, KernelProcess, type ProcessWatcher } from "./process.ts";
import type { Semaphores } from "./semaphores.ts";
import { defaultAction, signalName } from "./signals.ts";

/** The parent of all that have none: reaps at once, and is no process that anybody could see. */
const init: Pid = 1;

/** So many processes of a host start at once; others follow at these intervals. */
const startsAtOnce = 100;
const startInterval: Milliseconds = 20;

/** Hears what happens in a process table. */
export interface ProcessTableWatcher extends Omit<ProcessWatcher, "pipeSignal" | "failed"> {
  /** A process says something. */
  onMessages(process: KernelProcess, messages: ProcessMessages): void;
  /** A process is dead. */
  ended(process: KernelProcess, status: ExitStatus): void;
}

/** What a process table stands on. */
export interface ProcessTableParts {
  readonly hostName: string;
  readonly clock: KernelClock;
  readonly batch: EventBatch;
  readonly executor: Executor;
  readonly limits: Limits;
  readonly files: Files;
  readonly semaphores: Semaphores;
  readonly watcher: ProcessTableWatcher;
}

/** A child's descriptor, and what it stands for. */
type Inheritance = readonly (readonly [Fd, OpenFileDescription])[];

/** Which children a wait is for. */
interface Wanted {
  /** As for waitpid(2). */
  readonly pid: number;
  /** Stopped ones count too. */
  readonly untraced: boolean;
}

/** Told how a wait for a child ends; null when all children are gone that it could be for. */
type ResolveChild = (status: ChildStatus | null) => void;

/** The processes of one host: how they come, go, and hear signals. */
export class ProcessTable {
  readonly #processes = new Map<Pid, KernelProcess>();
  /** Calls of waitpid under way, by the parent. */
  readonly #childWaits = new Map<KernelProcess, Set<{ readonly wanted: Wanted; readonly resolve: ResolveChild }>>();
  /** Which start of a process counts: words of a worker that was ended or replaced do not. */
  readonly #starts = new Map<KernelProcess, object>();
  readonly #watcher: ProcessWatcher;
  /** Each start keeps the page's browser busy for a while: a program that starts others without end must not. */
  readonly #starting: Pace;
  #lastPid: Pid = init;

  constructor(private readonly parts: ProcessTableParts) {
    const { watcher, clock } = parts;
    this.#starting = new Pace(clock, startsAtOnce, startInterval);
    this.#watcher = {
      changed: () => watcher.changed(),
      minorChange: () => watcher.minorChange(),
      pipeSignal: (process) => this.signal(process, signalNumbers.SIGPIPE),
      failed: (process, error) => this.misbehaved(process, faultOf(error)),
    };
  }

  /** All processes, zombies too, by pid. */
  list(): readonly ProcessInfo[] {
    return Array.from(this.#processes.values(), (process) => process.info);
  }

  /** All processes, zombies too, by pid. */
  all(): IterableIterator<KernelProcess> {
    return this.#processes.values();
  }

  /** The pid that was given last. */
  get lastPid(): Pid {
    return this.#lastPid;
  }

  /** Throws ESRCH. */
  get(pid: Pid): KernelProcess {
    const process = this.#processes.get(pid);
    if (process === undefined) throw new SyscallError("ESRCH");
    return process;
  }

  /** Undefined if there is none. */
  find(pid: Pid): KernelProcess | undefined {
    return this.#processes.get(pid);
  }

  // How processes come.

  /** A process on a terminal, the leader of a new session, a child of init. Throws EAGAIN. */
  launch(program: ExecArguments, tty: Tty): KernelProcess {
    const pid = this.#newPid();
    tty.session = pid;
    tty.setForeground(pid);
    const process = this.#add({ parent: init, group: pid, session: pid, tty, pid, started: this.#now() }, program);
    for (const fd of [0, 1, 2]) process.descriptors.set(fd, tty);
    this.#start(process, process.descriptors.describe([]));
    return process;
  }

  /** A child that goes on from its parent's memory. Throws EAGAIN. */
  fork(parent: KernelProcess, image: ForkImage, positions: Positions): KernelProcess {
    const child = this.#child(parent, parent.program, [...parent.descriptors.entries()]);
    child.title = parent.title;
    child.cwd = parent.cwd;
    child.semaphores.inherit(parent.semaphores);
    for (const [signal, disposition] of parent.dispositions) child.dispositions.set(signal, disposition);
    this.#start(child, child.descriptors.describe(positions), image);
    return child;
  }

  /** A child with a program of its own. `positions`: by the child's descriptors. Throws EAGAIN. */
  spawn(
    parent: KernelProcess,
    program: ExecArguments,
    inherited: Inheritance,
    options: { readonly newSession: boolean; readonly group: Pid | undefined; readonly positions: Positions },
  ): KernelProcess {
    const child = this.#child(parent, program, inherited);
    keepIgnored(parent.dispositions, child.dispositions);
    if (options.newSession) this.#newSession(child);
    else if (options.group !== undefined) child.group = options.group === 0 ? child.pid : options.group;
    this.#start(child, child.descriptors.describe(options.positions));
    return child;
  }

  /** The process goes on with another program. */
  exec(process: KernelProcess, program: ExecArguments, positions: Positions): void {
    this.#starts.delete(process);
    process.replace(program);
    const before = new Map(process.dispositions);
    process.dispositions.clear();
    keepIgnored(before, process.dispositions);
    this.#start(process, process.descriptors.describe(positions));
  }

  // How they go.

  /** The process is over: its worker ends, what it holds is released, its relatives are told. */
  end(process: KernelProcess, status: ExitStatus): void {
    if (process.dead) return;
    process.halt();
    this.#starts.delete(process);
    process.descriptors.closeAll();
    process.semaphores.closeAll();
    process.status = status;
    this.#childWaits.delete(process);
    for (const child of [...process.children]) this.#orphan(child);
    this.parts.watcher.ended(process, status);
    const parent = this.#processes.get(process.parent);
    if (parent === undefined || parent.disposition(signalNumbers.SIGCHLD) === "ignore") this.#reap(process);
    if (parent !== undefined) {
      this.#serveChildWaits(parent);
      this.signal(parent, signalNumbers.SIGCHLD);
    }
    this.parts.watcher.changed();
  }

  /** Ends a process that did what none may do, and says so on its terminal. `what`: such as "sent the kernel …". */
  misbehaved(process: KernelProcess, what: string): void {
    if (process.dead) return;
    terminalOf(process)?.say(`${process.title} (pid ${process.pid}) ${what}, and was ended`);
    this.end(process, { kind: "killed", signal: "SIGKILL" });
  }

  /** Ends everything, without anybody being told. */
  endAll(): void {
    // Children first, so that no parent is started anew or signalled on the way.
    for (const process of [...this.#processes.values()].reverse()) {
      process.parent = init;
      this.end(process, { kind: "killed", signal: "SIGKILL" });
    }
  }

  /**
   * How a child ended: at once if one has, otherwise `resolve` is called later, unless `noHang`.
   * `pid` as for waitpid(2). Throws ECHILD. Answers the wait under way, if there is one.
   */
  waitpid(
    parent: KernelProcess,
    wanted: Wanted,
    noHang: boolean,
    resolve: ResolveChild,
  ): ChildStatus | null | PendingCall {
    const found = this.#reportOf(parent, wanted);
    if (found !== undefined) return found;
    if (!this.#mayEnd(parent, wanted.pid)) throw new SyscallError("ECHILD");
    if (noHang) return null;
    const waits = this.#childWaits.get(parent) ?? new Set();
    const wait = { wanted, resolve };
    waits.add(wait);
    this.#childWaits.set(parent, waits);
    return { cancel: () => void waits.delete(wait), resume: () => {} };
  }

  // Signals.

  /** `pid` as for kill(2); signal 0 only checks. Throws ESRCH, EINVAL. */
  kill(sender: KernelProcess, pid: number, signal: SignalNumber): void {
    this.#check(signal);
    if (pid > 0) {
      if (pid === init) return;
      this.#send([this.get(pid)], signal);
    } else if (pid === -1) {
      this.#send(
        [...this.#processes.values()].filter((process) => process !== sender),
        signal,
      );
    } else {
      const group = pid === 0 ? sender.group : -pid;
      this.#send(this.#members(group), signal);
    }
  }

  /** Sends a signal to a group; false if nobody of it is alive. */
  signalGroup(group: Pid, name: Signal): boolean {
    const alive = this.#members(group).filter((process) => !process.dead);
    for (const process of alive) this.signal(process, signalNumbers[name]);
    return alive.length > 0;
  }

  /** Does what the process's disposition says. */
  signal(process: KernelProcess, signal: SignalNumber): void {
    if (process.dead) return;
    if (signal === signalNumbers.SIGKILL) {
      this.end(process, { kind: "killed", signal: "SIGKILL" });
      return;
    }
    if (signal === signalNumbers.SIGCONT) this.#continue(process);
    else if (process.stopped && signal !== signalNumbers.SIGSTOP) {
      process.pendingSignals.add(signal);
      return;
    }
    const disposition = signal === signalNumbers.SIGSTOP ? "default" : process.disposition(signal);
    if (disposition === "handle") process.notify({ op: "signal", signal });
    else if (disposition === "default") this.#default(process, signal);
  }

  /** What the process wants to happen. Ignoring a signal also drops it if it waits. */
  setDisposition(process: KernelProcess, signal: SignalNumber, disposition: Disposition): void {
    if (signal === signalNumbers.SIGKILL || signal === signalNumbers.SIGSTOP) return;
    if (disposition === "default") process.dispositions.delete(signal);
    else process.dispositions.set(signal, disposition);
    if (disposition === "ignore") process.pendingSignals.delete(signal);
  }

  // Groups and sessions.

  /** As setpgid(2); 0 stands for the caller, and for the pid itself. Throws ESRCH, EPERM, EINVAL. */
  setGroup(caller: KernelProcess, pid: Pid, group: Pid): void {
    const process = pid === 0 ? caller : this.get(pid);
    const wanted = group === 0 ? process.pid : group;
    if (wanted < 0) throw new SyscallError("EINVAL");
    if (process !== caller && process.parent !== caller.pid) throw new SyscallError("ESRCH");
    if (process.session !== caller.session || process.session === process.pid) throw new SyscallError("EPERM");
    if (wanted !== process.pid && !this.hasGroup(wanted, caller.session)) throw new SyscallError("EPERM");
    process.group = wanted;
  }

  /** As setsid(2). Throws EPERM for the leader of a group. */
  setSession(process: KernelProcess): Pid {
    if (process.group === process.pid) throw new SyscallError("EPERM");
    this.#newSession(process);
    return process.session;
  }

  /** The session has such a group. */
  hasGroup(group: Pid, session: Pid): boolean {
    return this.#members(group).some((process) => process.session === session);
  }

  #now(): number {
    return this.parts.clock.now();
  }

  #newPid(): Pid {
    if (this.#processes.size >= this.parts.limits.processes) throw new SyscallError("EAGAIN");
    this.#lastPid += 1;
    return this.#lastPid;
  }

  #child(parent: KernelProcess, program: ExecArguments, inherited: Inheritance): KernelProcess {
    const { group, session, tty } = parent;
    const identity = { pid: this.#newPid(), parent: parent.pid, group, session, tty, started: this.#now() };
    const child = this.#add(identity, program);
    child.umask = parent.umask;
    parent.children.add(child);
    for (const [fd, description] of inherited) child.descriptors.set(fd, description);
    return child;
  }

  #add(identity: Identity, program: ExecArguments): KernelProcess {
    const { limits, batch, semaphores } = this.parts;
    const process = new KernelProcess(identity, program, limits.openFiles, semaphores, batch, this.#watcher);
    this.#processes.set(process.pid, process);
    this.parts.watcher.changed();
    return process;
  }

  #newSession(process: KernelProcess): void {
    process.session = process.pid;
    process.group = process.pid;
    process.tty = undefined;
  }

  #start(process: KernelProcess, descriptors: InheritedDescriptor[], image?: ForkImage): void {
    const { pid, parent, group, session, program } = process;
    const start: ProcessStart = {
      pid,
      parent,
      group,
      session,
      hostName: this.parts.hostName,
      argv: [...program.argv],
      env: { ...program.env },
      cwd: process.cwd,
      umask: process.umask,
      descriptors,
      files: this.parts.files.entries(),
      dispositions: Array.from(process.dispositions, ([signal, disposition]) => ({ signal, disposition })),
    };
    if (image !== undefined) start.image = image;
    const thisStart = {};
    this.#starts.set(process, thisStart);
    const counts = (): boolean => this.#starts.get(process) === thisStart;
    const listener: ProcessListener = {
      onMessage: (message) => {
        if (counts()) this.#onMessage(process, message);
      },
      onCrash: (reason) => {
        if (counts()) this.#crashed(process, reason);
      },
      onMisbehaviour: (what) => {
        if (counts()) this.misbehaved(process, what);
      },
    };
    const begin = (): void => {
      if (!counts()) return;
      const delay = this.#starting.take();
      if (delay !== undefined) {
        this.parts.clock.after(delay, begin);
        return;
      }
      const executing = this.parts.executor.start(start, listener);
      if (counts()) process.runIn(executing);
      else executing.terminate();
    };
    begin();
  }

  /** Whatever a process sends, nobody else suffers from it. */
  #onMessage(process: KernelProcess, message: unknown): void {
    if (!processMessages(message)) {
      this.misbehaved(process, `sent the kernel what is no system call: ${whatIsWrong(message)}`);
      return;
    }
    try {
      this.parts.watcher.onMessages(process, message);
    } catch (error) {
      this.misbehaved(process, faultOf(error));
    }
  }

  #crashed(process: KernelProcess, reason: string): void {
    terminalOf(process)?.say(`${process.title} (pid ${process.pid}): ${reason}`);
    this.end(process, { kind: "killed", signal: "SIGSEGV" });
  }

  /** Its parent is dead: init takes it. */
  #orphan(child: KernelProcess): void {
    child.parent = init;
    if (child.dead) this.#reap(child);
    else child.notify({ op: "parent", pid: init });
  }

  #reap(process: KernelProcess): void {
    this.#processes.delete(process.pid);
    this.#processes.get(process.parent)?.children.delete(process);
    this.parts.watcher.changed();
  }

  #serveChildWaits(parent: KernelProcess): void {
    const waits = this.#childWaits.get(parent);
    if (waits === undefined) return;
    for (const wait of waits) {
      const status = this.#reportOf(parent, wait.wanted);
      if (status === undefined && this.#mayEnd(parent, wait.wanted.pid)) continue;
      waits.delete(wait);
      wait.resolve(status ?? null);
    }
  }

  /** Of a child that is meant: how it ended (it is reaped), or which signal has stopped it (told once). */
  #reportOf(parent: KernelProcess, { pid, untraced }: Wanted): ChildStatus | undefined {
    for (const child of parent.children) {
      if (!meant(child, pid, parent)) continue;
      if (child.status !== undefined) {
        this.#reap(child);
        return { pid: child.pid, status: statusWord(child.status) };
      }
      const stopped = untraced ? child.takeStop() : undefined;
      if (stopped !== undefined) return { pid: child.pid, status: (stopped << 8) | 0x7f };
    }
    return undefined;
  }

  #mayEnd(parent: KernelProcess, pid: number): boolean {
    for (const child of parent.children) if (meant(child, pid, parent)) return true;
    return false;
  }

  #members(group: Pid): KernelProcess[] {
    return [...this.#processes.values()].filter((process) => process.group === group);
  }

  #check(signal: SignalNumber): void {
    if (signal !== 0 && signalName(signal) === undefined) throw new SyscallError("EINVAL");
  }

  #send(processes: readonly KernelProcess[], signal: SignalNumber): void {
    if (processes.length === 0) throw new SyscallError("ESRCH");
    if (signal === 0) return;
    for (const process of processes) this.signal(process, signal);
  }

  #default(process: KernelProcess, signal: SignalNumber): void {
    switch (defaultAction(signal)) {
      case "terminate":
        this.end(process, { kind: "killed", signal: signalName(signal) ?? "SIGKILL" });
        break;
      case "stop":
        if (process.stopped) break;
        process.stop(signal);
        this.#tellParent(process);
        break;
      case "ignore":
      case "continue":
    }
  }

  #continue(process: KernelProcess): void {
    for (const signal of process.pendingSignals) {
      if (defaultAction(signal) === "stop") process.pendingSignals.delete(signal);
    }
    if (!process.stopped) return;
    process.continue();
    this.#tellParent(process);
    const pending = [...process.pendingSignals];
    process.pendingSignals.clear();
    for (const signal of pending) this.signal(process, signal);
  }

  #tellParent(process: KernelProcess): void {
    const parent = this.#processes.get(process.parent);
    if (parent === undefined) return;
    this.#serveChildWaits(parent);
    this.signal(parent, signalNumbers.SIGCHLD);
  }
}

/** What a process did that made the kernel fail. */
function faultOf(error: unknown): string {
  return error instanceof ProtocolError ? error.message : `made the kernel fail (${String(error).slice(0, 200)})`;
}

/** Its controlling terminal; of one that has none, a terminal that it has open. */
function terminalOf(process: KernelProcess): Tty | undefined {
  if (process.tty !== undefined) return process.tty;
  for (const [, description] of process.descriptors.entries()) if (description instanceof Tty) return description;
  return undefined;
}

/** A handled signal goes back to its default when a program begins; an ignored one stays ignored. */
function keepIgnored(from: ReadonlyMap<SignalNumber, Disposition>, to: Map<SignalNumber, Disposition>): void {
  for (const [signal, disposition] of from) if (disposition === "ignore") to.set(signal, disposition);
}

/** `pid` of waitpid(2) stands for this child. */
function meant(child: KernelProcess, pid: number, parent: KernelProcess): boolean {
  if (pid === -1) return true;
  if (pid === 0) return child.group === parent.group;
  return pid > 0 ? child.pid === pid : child.group === -pid;
}

/** As waitpid(2) gives it. */
function statusWord(status: ExitStatus): number {
  return status.kind === "exited" ? (status.code & 0xff) << 8 : signalNumbers[status.signal];
}
