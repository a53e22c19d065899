/**
 * A test double of a machine: its programs are functions of the test, and its load runs say what the test says.
 * For tests of the lab only; nothing that ships may import it.
 */
import type { LoadPlan, LoadReport, LoadTick } from "../../load/plan.ts";
import {
  type Capabilities,
  type Component,
  type Connection,
  type ExitStatus,
  FileError,
  type Host,
  type HttpRequest,
  type HttpResponse,
  type LoadRun,
  type Machine,
  type MachineError,
  type Milliseconds,
  type Observable,
  type Pid,
  type Port,
  type Process,
  type ProcessInfo,
  type RequestEvent,
  type Signal,
  type SpawnOptions,
  type TerminalSize,
  type Unsubscribe,
} from "../../machine/machine.ts";

/** A program of the double. */
export type ScriptedProgram = (life: ProgramLife) => void;

/** What a program of the double can do. */
export interface ProgramLife {
  readonly argv: readonly string[];
  readonly pid: Pid;
  print(text: string): void;
  listen(port: Port): void;
  /** Another process, as a child of this one. It is `starting` until the test says otherwise. */
  fork(title: string, onKill?: (signal: Signal) => void): Pid;
  set(pid: Pid, change: Partial<ProcessInfo>): void;
  exit(code: number): void;
}

class Value<T> implements Observable<T> {
  readonly #listeners = new Set<(value: T) => void>();
  constructor(private value: T) {}
  get(): T {
    return this.value;
  }
  set(value: T): void {
    this.value = value;
    for (const listener of this.#listeners) listener(value);
  }
  subscribe(listener: (value: T) => void): Unsubscribe {
    this.#listeners.add(listener);
    listener(this.value);
    return () => this.#listeners.delete(listener);
  }
}

/** A load run that the test conducts. */
export class ScriptedRun implements LoadRun {
  readonly #ticks = new Set<(tick: LoadTick) => void>();
  readonly #done = Promise.withResolvers<LoadReport>();
  readonly report = this.#done.promise;
  stopped = false;

  constructor(
    readonly port: Port,
    readonly plan: LoadPlan,
  ) {}

  onTick(listener: (tick: LoadTick) => void): Unsubscribe {
    this.#ticks.add(listener);
    return () => this.#ticks.delete(listener);
  }
  tick(tick: LoadTick): void {
    for (const listener of this.#ticks) listener(tick);
  }
  stop(): void {
    this.stopped = true;
    this.finish({ end: "stopped" });
  }
  finish(report: Partial<LoadReport>): void {
    this.#done.resolve({ ...emptyReport(this.plan), ...report });
  }
  fail(error: Error): void {
    this.#done.reject(error);
  }
}

/** A report in which nothing was asked. */
export function emptyReport(plan: LoadPlan): LoadReport {
  return {
    plan,
    end: "complete",
    elapsed: plan.duration,
    done: 0,
    failed: {},
    statuses: {},
    dropped: 0,
    unfinished: 0,
    offeredRate: 0,
    achievedRate: 0,
    latency: { count: 0 },
    latencyFromSending: { count: 0 },
    failedWait: { count: 0 },
    lateness: { count: 0 },
    meanInFlight: 0,
    bytesReceived: 0,
    series: [],
    latencyCounts: [],
    latencyFromSendingCounts: [],
  };
}

interface Running {
  readonly life: ProgramLife;
  readonly exit: PromiseWithResolvers<ExitStatus>;
  readonly ports: Port[];
}

/** A host of the double. */
export class ScriptedHost implements Host {
  readonly processes = new Value<readonly ProcessInfo[]>([]);
  readonly ports = new Value<readonly Port[]>([]);
  readonly files = new Map<string, string | Uint8Array>();
  readonly runs: ScriptedRun[] = [];
  readonly typed: string[] = [];
  /** How often `restoreFiles` was called. */
  restored = 0;
  readonly #fileListeners = new Set<(path: string) => void>();
  readonly #requestListeners = new Set<(events: readonly RequestEvent[]) => void>();
  readonly #running = new Map<Pid, Running>();
  readonly #killers = new Map<Pid, (signal: Signal) => void>();
  #lastPid = 40;
  /** How a single request is answered. */
  answer: (port: Port, request: HttpRequest) => Promise<HttpResponse> = async () => ({
    version: "HTTP/1.1",
    status: 200,
    reason: "OK",
    headers: [["Content-Type", "text/plain"]],
    body: new TextEncoder().encode("Hello\n"),
  });
  /** Whether its disk takes nothing more. */
  full = false;
  /** How `stop` behaves, for tests of a machine that does not obey. */
  stopping: () => Promise<void> = async () => {};
  /** How load is made. By default the test conducts it. */
  makeRun: (port: Port, plan: LoadPlan) => LoadRun = (port, plan) => {
    const run = new ScriptedRun(port, plan);
    this.runs.push(run);
    return run;
  };

  constructor(
    readonly name: string,
    private readonly machine: ScriptedMachine,
  ) {}

  async writeFile(path: string, content: string | Uint8Array): Promise<void> {
    if (this.full) throw new FileError(path, "ENOSPC");
    this.files.set(path, content);
  }
  async readFile(path: string): Promise<Uint8Array> {
    const content = this.files.get(path);
    if (content === undefined) throw new FileError(path, "ENOENT");
    return typeof content === "string" ? new TextEncoder().encode(content) : content;
  }
  async removeFile(path: string): Promise<void> {
    this.files.delete(path);
  }
  async listFiles(): Promise<readonly string[]> {
    return [...this.files.keys()].sort();
  }
  onFileChange(listener: (path: string) => void): Unsubscribe {
    this.#fileListeners.add(listener);
    return () => this.#fileListeners.delete(listener);
  }
  /** A program of this host writes a file. */
  change(path: string, text: string): void {
    this.files.set(path, text);
    for (const listener of this.#fileListeners) listener(path);
  }

  /** A program of this host removes a file. */
  remove(path: string): void {
    this.files.delete(path);
    for (const listener of this.#fileListeners) listener(path);
  }

  async spawn(argv: readonly string[], _options?: SpawnOptions): Promise<Process> {
    const pid = this.#add(1, argv.join(" "));
    const heard: Uint8Array[] = [];
    const listeners = new Set<(bytes: Uint8Array) => void>();
    const exit = Promise.withResolvers<ExitStatus>();
    const ports: Port[] = [];
    const end = (status: ExitStatus) => {
      for (const child of this.processes.get()) if (child.parent === pid) this.#remove(child.pid);
      this.#remove(pid);
      this.ports.set(this.ports.get().filter((port) => !ports.includes(port)));
      exit.resolve(status);
    };
    const life: ProgramLife = {
      argv,
      pid,
      print: (text) => {
        const bytes = new TextEncoder().encode(text.replaceAll("\n", "\r\n"));
        heard.push(bytes);
        for (const listener of listeners) listener(bytes);
      },
      listen: (port) => {
        ports.push(port);
        this.ports.set([...this.ports.get(), port].sort((a, b) => a - b));
      },
      fork: (title, onKill) => {
        const child = this.#add(pid, title);
        if (onKill) this.#killers.set(child, onKill);
        return child;
      },
      set: (changed, change) =>
        this.processes.set(this.processes.get().map((info) => (info.pid === changed ? { ...info, ...change } : info))),
      exit: (code) => end({ kind: "exited", code }),
    };
    this.#running.set(pid, { life, exit, ports });
    this.#killers.set(pid, (signal) => end({ kind: "killed", signal }));
    this.machine.program(argv[0] ?? "")(life);
    return {
      pid,
      exit: exit.promise,
      onOutput: (listener) => {
        for (const bytes of heard) listener(bytes);
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      input: (bytes) => this.typed.push(new TextDecoder().decode(bytes)),
      resize: (_size: TerminalSize) => {},
      kill: (signal) => this.kill(pid, signal),
    };
  }

  async kill(pid: Pid, signal: Signal): Promise<void> {
    if (!this.processes.get().some((info) => info.pid === pid)) throw new Error("No such process");
    const killer = this.#killers.get(pid);
    if (!this.#running.has(pid)) this.#remove(pid);
    killer?.(signal);
  }
  connect(): Promise<Connection> {
    return Promise.reject(new Error("The double has no connections"));
  }
  request(port: Port, request: HttpRequest): Promise<HttpResponse> {
    return this.answer(port, request);
  }
  load(port: Port, plan: LoadPlan): LoadRun {
    return this.makeRun(port, plan);
  }
  onRequestEvent(listener: (events: readonly RequestEvent[]) => void): Unsubscribe {
    this.#requestListeners.add(listener);
    return () => this.#requestListeners.delete(listener);
  }
  /** Reports requests. */
  emit(events: readonly RequestEvent[]): void {
    for (const listener of this.#requestListeners) listener(events);
  }
  async stop(): Promise<void> {
    await this.stopping();
    for (const pid of [...this.#running.keys()]) this.#killers.get(pid)?.("SIGKILL");
  }

  async restoreFiles(): Promise<void> {
    this.restored++;
  }

  #add(parent: Pid, title: string): Pid {
    this.#lastPid++;
    const info: ProcessInfo = {
      pid: this.#lastPid,
      parent,
      title,
      state: "starting",
      started: this.machine.now(),
      requests: 0,
    };
    this.processes.set([...this.processes.get(), info]);
    return info.pid;
  }
  #remove(pid: Pid): void {
    this.#running.delete(pid);
    this.#killers.delete(pid);
    this.processes.set(this.processes.get().filter((info) => info.pid !== pid));
  }
}

/** A machine of the double. */
export class ScriptedMachine implements Machine {
  readonly kind = "python";
  readonly capabilities: Capabilities = {
    signals: true,
    connect: true,
    requestEvents: true,
    parallelCores: true,
    preemption: true,
  };
  readonly components: readonly Component[];
  readonly hosts = new Map<string, ScriptedHost>();
  readonly #crash = Promise.withResolvers<MachineError>();
  readonly crashed = this.#crash.promise;
  disposed = false;

  constructor(
    private readonly programs: Readonly<Record<string, ScriptedProgram>>,
    components: readonly Component[] = [],
  ) {
    this.components = components;
  }

  program(name: string): ScriptedProgram {
    return (
      this.programs[name] ??
      (({ print, exit }) => {
        print(`${name}: command not found\n`);
        exit(127);
      })
    );
  }
  now(): Milliseconds {
    return performance.now();
  }
  async host(name: string): Promise<ScriptedHost> {
    const host = this.hosts.get(name) ?? new ScriptedHost(name, this);
    this.hosts.set(name, host);
    return host;
  }
  /** Dies by itself. */
  crash(error: MachineError): void {
    this.#crash.resolve(error);
  }
  dispose(): void {
    this.disposed = true;
  }
}
