import {
  type ExitStatus,
  type HostUsage,
  type Milliseconds,
  type Observable,
  type Pid,
  type Port,
  type ProcessInfo,
  type RequestEvent,
  type Signal,
  signalNumbers,
  type TerminalSize,
  type Unsubscribe,
} from "../../host-types.ts";
import type { KernelClock } from "./clock.ts";
import type { EventBatch } from "./event-batch.ts";
import { Files } from "./files/files.ts";
import type { Limits } from "./limits.ts";
import { LoadAverage } from "./load-average.ts";
import { ClientConnection } from "./net/client-connection.ts";
import { Network } from "./net/network.ts";
import { RequestEventLog } from "./net/request-events.ts";
import { AwaitedListeners, DerivedValue, type Listener, PacedEmitter } from "./observable.ts";
import { HostProc } from "./proc/host-proc.ts";
import type { KernelProcess } from "./process/process.ts";
import { ProcessTable } from "./process/process-table.ts";
import { Semaphores } from "./process/semaphores.ts";
import type { Executor } from "./protocol.ts";
import { SyscallDispatcher } from "./syscall-dispatcher.ts";
import { systemFiles } from "./system-files.ts";
import type { TerminalListener } from "./terminal/screen.ts";
import { defaultSize, Tty } from "./terminal/tty.ts";

/** Where and how a command is started. */
export interface LaunchOptions {
  /** Default: the home directory. */
  readonly cwd?: string;
  /** Added to the host's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default: 80 × 24. */
  readonly size?: TerminalSize;
}

/** The page's side of a terminal. */
export interface PageTerminal {
  /** Hears everything that was printed (the last 256 KiB of it), then what is printed. */
  onOutput(listener: TerminalListener): Unsubscribe;
  /** What was typed. */
  input(bytes: Uint8Array): void;
  resize(size: TerminalSize): void;
  /** Takes the terminal away: its processes get SIGHUP. */
  hangUp(): void;
}

/** A process that the page has started. */
export interface Launched {
  readonly pid: Pid;
  readonly terminal: PageTerminal;
  /** Resolves when it has ended. */
  readonly exit: Promise<ExitStatus>;
}

/** What all hosts of a kernel share. */
export interface KernelHostParts {
  readonly clock: KernelClock;
  readonly batch: EventBatch;
  readonly executor: Executor;
  readonly limits: Limits;
  /** How many processors the browser says that there are. */
  readonly cores: number;
  /** Chance, from 0 to below 1. */
  readonly random: () => number;
}

const home = "/home/student";
const packages = "/usr/local/lib/python3.14/site-packages";
const folders = ["/tmp", home, "/var/log", "/etc", "/dev/shm", "/usr/local/bin", packages];
const environment = {
  HOME: home,
  USER: "student",
  PATH: "/usr/local/bin:/usr/bin:/bin",
  LANG: "C.UTF-8",
  TERM: "xterm-256color",
};

/** Whether a process runs or waits changes with each request: the page hears of it at most this often. */
const minorUpdateInterval: Milliseconds = 100;
/** How often it is looked at how many processes run. */
const loadInterval: Milliseconds = 500;

/** One computer: files, ports, processes. All that it refuses, it refuses with a `SyscallError`. */
export class KernelHost {
  readonly #files: Files;
  readonly #network: Network;
  readonly #table: ProcessTable;
  readonly #calls: SyscallDispatcher;
  readonly #requests: RequestEventLog;
  readonly #processes: DerivedValue<readonly ProcessInfo[]>;
  readonly #ports: DerivedValue<readonly Port[]>;
  readonly #exits = new Map<KernelProcess, (status: ExitStatus) => void>();
  readonly #fileChanges: FileChanges;
  /** What the page wrote, to be found again after `restoreFiles`. */
  readonly #written = new Map<string, Uint8Array>();
  readonly #load: LoadAverage;
  #loadTaken = Number.NEGATIVE_INFINITY;
  #flickerDue = false;

  constructor(
    readonly name: string,
    private readonly parts: KernelHostParts,
  ) {
    const { clock, batch, executor, limits, random } = parts;
    this.#load = new LoadAverage(clock.now());
    this.#fileChanges = new FileChanges(batch, clock);
    this.#files = new Files(
      limits.fileBytes,
      () => clock.epoch(),
      (change, author, path) => {
        for (const process of this.#table.all()) process.notify({ op: "file", change, author });
        if (author !== 0 && path !== undefined) this.#fileChanges.add(path);
      },
      limits.files,
    );
    this.#requests = new RequestEventLog(clock, (pid) => this.#answered(pid));
    this.#network = new Network(clock, limits, this.#requests, () => this.#ports.changed(), this.#files, random);
    const semaphores = new Semaphores(limits.semaphores);
    this.#table = new ProcessTable({
      hostName: name,
      clock,
      batch,
      executor,
      limits,
      files: this.#files,
      semaphores,
      watcher: {
        changed: () => {
          this.#processes.changed();
          this.#takeLoad();
        },
        minorChange: () => this.#minorChange(),
        onMessages: (process, messages) => this.#calls.perform(process, messages),
        ended: (process, status) => this.#ended(process, status),
      },
    });
    this.#calls = new SyscallDispatcher({
      clock,
      batch,
      limits,
      files: this.#files,
      network: this.#network,
      processes: this.#table,
      proc: this.#proc(),
      semaphores,
    });
    this.#processes = new DerivedValue(batch, clock, () => this.#table.list());
    this.#ports = new DerivedValue(batch, clock, () => this.#network.listening());
    this.#makeSystem();
  }

  /** The process table, zombies too, by pid. */
  get processes(): Observable<readonly ProcessInfo[]> {
    return this.#processes;
  }

  /** The ports that something listens on, sorted. */
  get ports(): Observable<readonly Port[]> {
    return this.#ports;
  }

  /** Creates the file and its folders. Running processes see the change. Throws EISDIR, ENOTDIR, ENOSPC. */
  writeFile(path: string, content: string | Uint8Array): void {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content.slice();
    this.#files.writeWhole(path, bytes);
    this.#written.set(path, bytes);
  }

  /** Throws ENOENT, EISDIR, ENOTDIR. */
  readFile(path: string): Uint8Array {
    return this.#files.read(path);
  }

  /** A folder goes with all that is in it. Throws ENOENT, ENOTDIR. */
  removeFile(path: string): void {
    this.#files.remove(path);
    for (const written of this.#written.keys()) {
      if (written === path || written.startsWith(`${path}/`)) this.#written.delete(written);
    }
  }

  /** Paths of all files below a folder, sorted, but for those that every host has. Throws ENOENT, ENOTDIR. */
  listFiles(folder: string): readonly string[] {
    const everyHosts = systemFiles(this.name);
    return this.#files.list(folder).filter((path) => !everyHosts.has(path));
  }

  /** Called with the path of each file that a process of this host changed, once a batch at most. */
  onFileChange(listener: Listener<string>): Unsubscribe {
    return this.#fileChanges.listeners.add(listener);
  }

  /** Starts a program on a terminal of its own. Throws EAGAIN when there are too many processes. */
  spawn(argv: readonly string[], options: LaunchOptions = {}): Launched {
    const { batch, limits } = this.parts;
    const size = options.size ?? defaultSize;
    const tty = new Tty(batch, limits, size, (group, signal) => this.#table.signalGroup(group, signal));
    const cwd = options.cwd ?? home;
    const env = { ...environment, PWD: cwd, ...options.env };
    const { promise, resolve } = Promise.withResolvers<ExitStatus>();
    const process = this.#table.launch({ argv, env, cwd }, tty);
    if (process.status !== undefined) resolve(process.status);
    else this.#exits.set(process, resolve);
    return { pid: process.pid, terminal: tty, exit: promise };
  }

  /** Throws ESRCH. */
  kill(pid: Pid, signal: Signal): void {
    this.#table.signal(this.#table.get(pid), signalNumbers[signal]);
  }

  /**
   * Opens a connection to a port. It can be written to at once; what is written in the same batch reaches the server
   * together with the connection, which saves it a round trip.
   */
  connect(port: Port): ClientConnection {
    return new ClientConnection(this.#network, port);
  }

  /** About twenty times a second, all requests of which more is known since. */
  onRequestEvent(listener: Listener<readonly RequestEvent[]>): Unsubscribe {
    return this.#requests.subscribe(listener);
  }

  /** What is held now: for tests that look for leaks. */
  usage(): HostUsage {
    const processes = [...this.#table.all()];
    return {
      processes: processes.length,
      descriptors: processes.reduce((sum, process) => sum + process.descriptors.size, 0),
      connections: this.#network.connections,
      files: this.#files.count,
    };
  }

  /** Kills every process: everything that they held is closed. */
  stop(): void {
    this.#table.endAll();
    this.#network.stop();
  }

  /** Puts every file back to what `writeFile` last wrote; files of processes are gone. To be called after `stop`. */
  restoreFiles(): void {
    this.#files.clear();
    this.#makeSystem();
    for (const [path, content] of this.#written) this.#files.writeWhole(path, content);
  }

  #makeSystem(): void {
    for (const folder of folders) {
      const parts = folder.split("/");
      for (let length = 2; length <= parts.length; length += 1) {
        this.#files.makeFolder(parts.slice(0, length).join("/"));
      }
    }
    for (const [path, text] of systemFiles(this.name)) this.#files.writeWhole(path, new TextEncoder().encode(text));
  }

  #proc(): HostProc {
    const { clock, limits, cores } = this.parts;
    return new HostProc({
      hostName: this.name,
      files: this.#files,
      load: this.#load,
      openFiles: limits.openFiles,
      backlog: limits.backlog,
      cores,
      started: clock.now(),
      now: () => clock.now(),
      epoch: () => clock.epoch(),
      processes: () => this.#table.all(),
      lastPid: () => this.#table.lastPid,
    });
  }

  #answered(pid: Pid): void {
    const process = this.#table.find(pid);
    if (process === undefined) return;
    process.requests += 1;
    this.#minorChange();
  }

  #ended(process: KernelProcess, status: ExitStatus): void {
    const resolve = this.#exits.get(process);
    this.#exits.delete(process);
    // Later than its last words, which leave at the end of the batch.
    if (resolve !== undefined) this.parts.batch.flushLater({ flush: () => resolve(status) });
  }

  /** Not at every change, which comes with each request. */
  #takeLoad(): void {
    const now = this.parts.clock.now();
    if (now - this.#loadTaken < loadInterval) return;
    this.#loadTaken = now;
    let running = 0;
    for (const { state } of this.#table.all()) if (state === "running" || state === "starting") running += 1;
    this.#load.runs(running, now);
  }

  #minorChange(): void {
    this.#processes.outdated();
    this.#takeLoad();
    if (this.#flickerDue || !this.#processes.observed) return;
    this.#flickerDue = true;
    this.parts.clock.after(minorUpdateInterval, () => {
      this.#flickerDue = false;
      this.#processes.changed();
    });
  }
}

/** So many paths are told at once, and so many wait: what changes more is known to have changed. */
const pathsAtOnce = 50;
const pathsWaiting = 10_000;

/** Paths that processes have changed, each told once a batch at most. */
class FileChanges {
  readonly listeners = new AwaitedListeners<string>();
  readonly #paths = new Set<string>();
  readonly #emitter: PacedEmitter;

  constructor(batch: EventBatch, clock: KernelClock) {
    this.#emitter = new PacedEmitter(batch, clock, () => this.#emit());
  }

  add(path: string): void {
    if (this.listeners.size === 0 || this.#paths.size >= pathsWaiting) return;
    this.#paths.add(path);
    this.#emitter.changed();
  }

  #emit(): Promise<unknown> | undefined {
    const heard: Promise<unknown>[] = [];
    let told = 0;
    for (const path of this.#paths) {
      if (told === pathsAtOnce) break;
      this.#paths.delete(path);
      const hearing = this.listeners.emit(path);
      if (hearing !== undefined) heard.push(hearing);
      told += 1;
    }
    if (this.#paths.size > 0) this.#emitter.changed();
    return heard.length > 0 ? Promise.all(heard) : undefined;
  }
}
