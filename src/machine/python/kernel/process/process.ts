import type {
  ExitStatus,
  Milliseconds,
  Pid,
  ProcessInfo,
  ProcessState,
  TerminalSize,
  Tid,
} from "../../../host-types.ts";
import type { Errno } from "../errno.ts";
import type { EventBatch, Flushable } from "../event-batch.ts";
import { longestTitle } from "../message-shapes.ts";
import type { PendingCall, Waiter } from "../pending-select.ts";
import type {
  CallName,
  CallResult,
  ConnectionId,
  Disposition,
  Executing,
  Fd,
  KernelMessage,
  ReceivedRight,
  SignalNumber,
} from "../protocol.ts";
import type { Tty } from "../terminal/tty.ts";
import { DescriptorTable } from "./descriptor-table.ts";
import type { CarriedRight, OpenFileDescription, UnclaimedConnection, Watched } from "./open-file-description.ts";
import { SemaphoreHandles, type Semaphores } from "./semaphores.ts";

/** What a process is and who its relatives are. */
export interface Identity {
  readonly pid: Pid;
  readonly parent: Pid;
  readonly group: Pid;
  readonly session: Pid;
  /** The controlling terminal. */
  readonly tty: Tty | undefined;
  readonly started: Milliseconds;
}

/** The program that a process runs. */
export interface ExecArguments {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** Hears what others can see of a process. */
export interface ProcessWatcher {
  /** Its title or its life has changed. */
  changed(): void;
  /** It began to wait or to run, or answered a request: often, and never urgent. */
  minorChange(): void;
  /** It wrote where nobody reads. */
  pipeSignal(process: KernelProcess): void;
  /** What it asked for cannot be done, in a way that nobody has thought of. */
  failed(process: KernelProcess, error: unknown): void;
}

/** So many threads are told apart; of more, which only a process has that makes them up, nobody needs to know. */
const mostThreads = 10_000;

/** One process: what the kernel knows of it. What is done with processes is the process table's. */
export class KernelProcess implements Waiter, Flushable {
  readonly pid: Pid;
  readonly started: Milliseconds;
  parent: Pid;
  group: Pid;
  session: Pid;
  tty: Tty | undefined;
  program: ExecArguments;
  umask = 0o022;
  /** Where it stands now. */
  cwd: string;
  /** The file that its program is, once it runs. */
  executable = "";
  title: string;
  requests = 0;
  /** How many calls of its program it has made. */
  heard = 0;
  /** Bytes. */
  memory: number | undefined;
  /** Set once it is dead. */
  status: ExitStatus | undefined;
  readonly children = new Set<KernelProcess>();
  readonly dispositions = new Map<SignalNumber, Disposition>();
  /** Signals that came while it was stopped. */
  readonly pendingSignals = new Set<SignalNumber>();
  readonly descriptors: DescriptorTable;
  readonly semaphores: SemaphoreHandles;
  readonly unclaimed = new Map<ConnectionId, UnclaimedConnection>();
  acceptsFrom: readonly Watched[] = [];
  #phase: "starting" | "running" = "starting";
  #stopped = false;
  /** The signal that stopped it, until its parent has heard of it. */
  #untoldStop: SignalNumber | undefined;
  #executing: Executing | undefined;
  #outbox: KernelMessage[] = [];
  readonly #pending = new Map<number, { readonly tid: Tid; readonly call: PendingCall; readonly watched: number }>();
  #watched = 0;
  /** Descriptors that came for it and have no number yet. */
  readonly #rights = new Map<number, CarriedRight>();
  /** Threads beside the main one. */
  readonly #others = new Set<Tid>();
  /** Threads that have something to do: they began, or were answered, and have not called again. */
  readonly #busy = new Set<Tid>();

  constructor(
    identity: Identity,
    program: ExecArguments,
    openFiles: number,
    semaphores: Semaphores,
    private readonly batch: EventBatch,
    private readonly watcher: ProcessWatcher,
  ) {
    this.pid = identity.pid;
    this.started = identity.started;
    this.parent = identity.parent;
    this.group = identity.group;
    this.session = identity.session;
    this.tty = identity.tty;
    this.program = program;
    this.cwd = program.cwd;
    this.title = titleOf(program);
    this.descriptors = new DescriptorTable(this, openFiles);
    this.semaphores = new SemaphoreHandles(semaphores);
  }

  get dead(): boolean {
    return this.status !== undefined;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  get state(): ProcessState {
    if (this.dead) return "zombie";
    if (this.#stopped) return "stopped";
    if (this.#phase === "starting") return "starting";
    return this.#busy.size === 0 ? "waiting" : "running";
  }

  /** What it was started as, or what it calls itself since. */
  get commandLine(): readonly string[] {
    return this.title === titleOf(this.program) ? this.program.argv : [this.title];
  }

  get info(): ProcessInfo {
    const { pid, parent, title, state, started, requests, memory } = this;
    return { pid, parent, title, state, started, requests, ...(memory !== undefined && { memory }) };
  }

  disposition(signal: SignalNumber): Disposition {
    return this.dispositions.get(signal) ?? "default";
  }

  // Its life.

  /** The worker that runs it is there. */
  runIn(executing: Executing): void {
    this.#executing = executing;
    this.flush();
  }

  /** Its interpreter is up. `executable`: the file that its program is. */
  booted(executable: string): void {
    this.executable = executable;
    this.#phase = "running";
    this.#busy.add(this.pid);
    this.watcher.changed();
  }

  rename(title: string): void {
    this.title = title;
    this.watcher.changed();
  }

  /** Its interpreter has taken more memory. */
  grew(bytes: number): void {
    this.memory = bytes;
    this.watcher.minorChange();
  }

  stop(signal: SignalNumber): void {
    this.#stopped = true;
    this.#untoldStop = signal;
    this.notify({ op: "stop" });
    this.watcher.changed();
  }

  /** The signal that stopped it, if it is stopped and that was not asked before. */
  takeStop(): SignalNumber | undefined {
    const signal = this.#untoldStop;
    this.#untoldStop = undefined;
    return signal;
  }

  continue(): void {
    this.#stopped = false;
    this.#untoldStop = undefined;
    this.notify({ op: "continue" });
    for (const { call } of this.#pending.values()) call.resume();
    this.watcher.changed();
  }

  /** Its worker ends, and with it all calls under way. Descriptors stay. */
  halt(): void {
    this.#executing?.terminate();
    this.#executing = undefined;
    this.#outbox = [];
    for (const { call } of this.#pending.values()) call.cancel();
    this.#pending.clear();
    this.#watched = 0;
    this.#busy.clear();
    this.#others.clear();
    for (const right of this.#rights.values()) right.release();
    this.#rights.clear();
    const listeners = new Set<OpenFileDescription>();
    for (const { from } of this.unclaimed.values()) listeners.add(from);
    for (const listener of listeners) listener.releaseUnclaimed(this);
  }

  /** It goes on with another program, in another worker. */
  replace(program: ExecArguments): void {
    this.halt();
    this.semaphores.closeAll();
    this.heard = 0;
    this.program = program;
    this.cwd = program.cwd;
    this.title = titleOf(program);
    this.memory = undefined;
    this.#phase = "starting";
    this.#stopped = false;
    this.watcher.changed();
  }

  // Its calls.

  /** Calls that have not been answered. */
  get callsUnderWay(): number {
    return this.#pending.size;
  }

  /** Descriptors that are waited for, those that several calls wait for counted as often. */
  get watched(): number {
    return this.#watched;
  }

  /** Whether the call of that number has not been answered. */
  awaits(id: number): boolean {
    return this.#pending.has(id);
  }

  /** A call has to wait. `watched`: for so many descriptors. */
  addPending(id: number, tid: Tid, call: PendingCall, watched = 0): void {
    this.#watched += watched - (this.#pending.get(id)?.watched ?? 0);
    this.#pending.set(id, { tid, call, watched });
    this.#busy.delete(tid);
    this.watcher.minorChange();
  }

  cancel(id: number): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    pending.call.cancel();
    this.#goesOn(id);
  }

  answer<N extends CallName>(call: { readonly id: number; readonly name: N }, result: CallResult<N>): void {
    this.#goesOn(call.id);
    this.notify({ op: "answer", call: call.id, result });
  }

  fail(call: number, errno: Errno): void {
    this.#goesOn(call);
    this.notify({ op: "failure", call, errno });
  }

  /** How many threads it has. */
  get threads(): number {
    return this.#others.size + 1;
  }

  threadStarted(tid: Tid): void {
    if (this.#others.size < mostThreads) this.#others.add(tid);
    if (this.#busy.size >= mostThreads) return;
    this.#busy.add(tid);
    this.watcher.minorChange();
  }

  threadEnded(tid: Tid): void {
    this.#others.delete(tid);
    this.threadRests(tid);
  }

  threadRests(tid: Tid): void {
    if (this.#busy.delete(tid)) this.watcher.minorChange();
  }

  // What it is told.

  notify(message: KernelMessage): void {
    if (this.dead) return;
    this.#outbox.push(message);
    this.batch.flushLater(this);
  }

  broken(fd: Fd, errno: Errno): void {
    this.notify({ op: "broken", fd, errno, heard: this.heard });
  }

  takeRights(rights: readonly CarriedRight[]): ReceivedRight[] {
    for (const right of rights) this.#rights.set(right.number, right);
    return rights.map(({ number, description }) => ({ right: number, description: description.describe(0) }));
  }

  /** A descriptor that has come for it, which it gives a number now. The caller releases it. */
  claim(number: number): CarriedRight | undefined {
    const right = this.#rights.get(number);
    this.#rights.delete(number);
    return right;
  }

  abandoned(fd: Fd): void {
    this.notify({ op: "abandoned", fd, heard: this.heard });
  }

  moved(fd: Fd, position: number): void {
    this.notify({ op: "position", fd, position, heard: this.heard });
  }

  resized({ columns, rows }: TerminalSize): void {
    this.notify({ op: "windowSize", columns, rows });
  }

  pipeSignal(): void {
    this.watcher.pipeSignal(this);
  }

  failed(error: unknown): void {
    this.watcher.failed(this, error);
  }

  flush(): void {
    if (this.#executing === undefined || this.#outbox.length === 0) return;
    const messages = this.#outbox;
    this.#outbox = [];
    try {
      this.#executing.send(messages);
    } catch (error) {
      this.failed(error);
    }
  }

  #goesOn(id: number): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    this.#pending.delete(id);
    this.#watched -= pending.watched;
    this.#busy.add(pending.tid);
    this.watcher.minorChange();
  }
}

/** What a program is called until it says otherwise. */
function titleOf({ argv }: ExecArguments): string {
  return argv.slice(0, longestTitle).join(" ").slice(0, longestTitle);
}
