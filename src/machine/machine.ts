/**
 * The contract that every kind of machine fulfils.
 *
 * A machine is a small computer in the page. A lab opens one and gives each of its sides a host.
 * The lab, the load generator and the lessons know this file and nothing behind it.
 */
import type { LoadPlan, LoadReport, LoadTick } from "../load/plan.ts";
import type {
  ExitStatus,
  Milliseconds,
  Observable,
  Pid,
  Port,
  ProcessInfo,
  RequestEvent,
  RequestOutcome,
  Signal,
  TerminalSize,
  Unsubscribe,
} from "./host-types.ts";

export * from "./host-types.ts";

/** The kinds of machine. */
export type MachineKind = "python" | "linux" | "node";

/**
 * How true a component is: the published code, our code under its interface, or real code on a computer that is not
 * (ARCHITECTURE.md).
 */
export type Fidelity = "real" | "replaced" | "emulated";

/** One part of a machine, with the label that it wears on screen. */
export interface Component {
  /** What it is called where it is published, e.g. `gunicorn`. */
  readonly name: string;
  /** Its published version, where it has one. */
  readonly version?: string;
  readonly fidelity: Fidelity;
  /** One sentence: what is replaced or emulated, and by what. */
  readonly note?: string;
}

/** What a kind of machine can do. What is missing shows as missing. */
export interface Capabilities {
  /** Processes can be sent signals (otherwise only ended). */
  readonly signals: boolean;
  /** `Host.connect` opens a byte stream to a port. */
  readonly connect: boolean;
  /** `Host.onRequestEvent` reports each request as it is queued, accepted and answered. */
  readonly requestEvents: boolean;
  /** Processes run on several of the reader's cores at once. */
  readonly parallelCores: boolean;
  /** A busy process can be interrupted and killed. */
  readonly preemption: boolean;
  /** Programs are compiled while they run: a process is slower at first than it will be. Left out: they are not. */
  readonly warms?: boolean;
  /** It opens as fast as its servers start, with them running: stopping them ends it. Left out: it does not. */
  readonly restored?: boolean;
}

/** Where and how a command is started. */
export interface SpawnOptions {
  /** Working directory. Default: the host's home directory. */
  readonly cwd?: string;
  /** Environment, added to the host's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Size of the process's terminal. Default 80 × 24. */
  readonly size?: TerminalSize;
}

/** A program that was started from the page, on a terminal of its own. */
export interface Process {
  readonly pid: Pid;
  /**
   * It was running already when the machine was restored from a snapshot: this command on these very files. Absent: it
   * has been started.
   */
  readonly kept?: boolean;
  /** What the terminal shows, as bytes, from the first byte on even when subscribed late. */
  onOutput(listener: (bytes: Uint8Array) => void): Unsubscribe;
  /** Sends what was typed at the terminal: `\x03` is ^C. */
  input(bytes: Uint8Array): void;
  resize(size: TerminalSize): void;
  kill(signal: Signal): Promise<void>;
  /** Resolves when the process has ended. */
  readonly exit: Promise<ExitStatus>;
}

/** One end of a TCP connection. */
export interface Connection {
  /** The next bytes, or `null` when the other end has sent its last. Rejects with `ConnectionError`. */
  read(): Promise<Uint8Array | null>;
  /** Resolves when there is room for more. Rejects with `ConnectionError`. */
  write(bytes: Uint8Array): Promise<void>;
  /** Sends no more; what the other end sends can still be read. */
  end(): void;
  /** Gives the connection up in both directions. */
  close(): void;
  /**
   * The client asks for `path` with what it writes next, and calls that request `label`. For machines that report
   * requests and cannot see where one ends.
   */
  requestBegan?(path: string, label?: string): void;
  /** The client has the whole answer, or none will come. */
  requestEnded?(outcome: RequestOutcome): void;
}

/** Why a connection failed, in the words of errno. */
export type ConnectionFailure = "refused" | "reset" | "timed out";

/** A connection that could not be made, or broke. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
  constructor(
    readonly failure: ConnectionFailure,
    readonly port: Port,
  ) {
    super(`Connection to port ${port} ${failure}`);
  }
}

/** An HTTP request as `curl` would send it. */
export interface HttpRequest {
  readonly method?: string;
  /** Path and query, e.g. `/io?x=1`. */
  readonly path: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: Uint8Array;
  /** Gives up after this long. Default: never. */
  readonly timeout?: Milliseconds;
  /** What its request events call it, where the machine reports any. Is not sent. */
  readonly label?: string;
}

/** An HTTP response, its body read to the end. */
export interface HttpResponse {
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  /** In the order and with the case in which they came. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** A load test under way. */
export interface LoadRun {
  /** About ten a second. */
  onTick(listener: (tick: LoadTick) => void): Unsubscribe;
  /** Ends the run at once; the report says that it was stopped. */
  stop(): void;
  readonly report: Promise<LoadReport>;
}

/** One computer of a machine, with files, ports and a process table of its own. */
export interface Host {
  readonly name: string;
  /**
   * Creates the file and its folders. Running processes see the change. This and the next three reject with
   * `FileError`.
   */
  writeFile(path: string, content: string | Uint8Array): Promise<void>;
  readFile(path: string): Promise<Uint8Array>;
  removeFile(path: string): Promise<void>;
  /** Paths of all files below a folder, sorted. */
  listFiles(folder: string): Promise<readonly string[]>;
  /** Called with the path of each file that a process of this host changed. */
  onFileChange(listener: (path: string) => void): Unsubscribe;
  /** Starts a program. A command that does not exist is a process that says so and exits 127. */
  spawn(argv: readonly string[], options?: SpawnOptions): Promise<Process>;
  readonly processes: Observable<readonly ProcessInfo[]>;
  /** The ports that something listens on, sorted. */
  readonly ports: Observable<readonly Port[]>;
  /** Rejects with a plain `Error` whose message is that of the errno (no such process). */
  kill(pid: Pid, signal: Signal): Promise<void>;
  connect(port: Port): Promise<Connection>;
  request(port: Port, request: HttpRequest): Promise<HttpResponse>;
  load(port: Port, plan: LoadPlan): LoadRun;
  onRequestEvent(listener: (events: readonly RequestEvent[]) => void): Unsubscribe;
  /** Kills every process; once it resolves `processes` and `ports` show none. Files stay. */
  stop(): Promise<void>;
  /** Puts every file back to what `writeFile` last wrote. To be called after `stop`. */
  restoreFiles(): Promise<void>;
}

/** A file that could not be read or written. */
export class FileError extends Error {
  override readonly name = "FileError";
  constructor(
    readonly path: string,
    readonly errno: string,
  ) {
    super(`${path}: ${errno}`);
  }
}

/** Step of opening a machine, for the reader's progress bar. */
export interface OpeningProgress {
  /** What happens now, as a sentence without a full stop: `Loading CPython`. */
  readonly step: string;
  /** 0 to 1 over the whole opening. */
  readonly fraction: number;
}

/** Why a machine could not be opened. Each kind adds what its reader can do about it. */
export class MachineError extends Error {
  override readonly name = "MachineError";
  /** What the reader can do, one sentence. */
  readonly remedy: string;
  constructor(
    /** A stable name of the cause, e.g. `no-jspi`, `asset-failed`. */
    override readonly cause: string,
    /** What happened and what the reader can do, a sentence each: strings/en/machine.ts has them. */
    { message, remedy }: { readonly message: string; readonly remedy: string },
  ) {
    super(message);
    this.remedy = remedy;
  }
}

/** A small computer in the page. */
export interface Machine {
  readonly kind: MachineKind;
  readonly capabilities: Capabilities;
  readonly components: readonly Component[];
  /** Milliseconds on the machine's clock, now. */
  now(): Milliseconds;
  /** The host of that name, made at the first call. */
  host(name: string): Promise<Host>;
  /** Resolves (with the cause) if the machine dies by itself. */
  readonly crashed: Promise<MachineError>;
  /** Ends every process and frees everything. */
  dispose(): void;
}

/** How a machine is opened. */
export interface OpenOptions {
  /** Where the site's files are, with a closing slash. */
  readonly siteRoot: URL;
  readonly onProgress?: (progress: OpeningProgress) => void;
  readonly signal?: AbortSignal;
  /** What already runs on the Linux machine when it opens: a name of `linux/situations/`. Other kinds have none. */
  readonly situation?: string;
}
