/**
 * What can be seen of a host, in the words that a machine's contract (`machine.ts`) and a kernel share. Types, and the
 * signals' numbers: it knows nothing of either, so that a kernel may take them from here and stays alone.
 */

/** Process id, unique within a host while the process or its zombie exists. */
export type Pid = number;
/** Thread id, unique within its process. The main thread's equals the pid, as on Linux. */
export type Tid = number;
/** TCP port, 1 to 65535. */
export type Port = number;
/** A span of time, or a moment on the machine's clock, in milliseconds. */
export type Milliseconds = number;

/** The signals a process can be sent, by their POSIX names. */
export const signalNumbers = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGCHLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGTTIN: 21,
  SIGTTOU: 22,
  SIGWINCH: 28,
} as const;

/** The name of a signal, numbered as on Linux. */
export type Signal = keyof typeof signalNumbers;

/** Ends a subscription. Calling it twice is harmless. */
export type Unsubscribe = () => void;

/** A value that changes over time. */
export interface Observable<T> {
  /** The value now. */
  get(): T;
  /** Calls `listener` at once with the value now, then at each change. */
  subscribe(listener: (value: T) => void): Unsubscribe;
}

/** What `ps` would say of a process. */
export type ProcessState = "starting" | "running" | "waiting" | "stopped" | "zombie";

/** One row of a host's process table. */
export interface ProcessInfo {
  readonly pid: Pid;
  readonly parent: Pid;
  /** The command line, as `ps` shows it (a program may rename itself). */
  readonly title: string;
  readonly state: ProcessState;
  /** On the machine's clock. */
  readonly started: Milliseconds;
  /** Requests that this process has answered since it started. */
  readonly requests: number;
  /** Memory that it has taken from the reader's computer, in bytes. Absent where that is not known. */
  readonly memory?: number;
}

/** How a process ended: by its own exit code, or by a signal. */
export type ExitStatus =
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "killed"; readonly signal: Signal };

/** Columns and rows of a terminal, in characters. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** How a request ended: with an answer, with one that says that it was wrong or failed (4xx or 5xx), or without. */
export type RequestOutcome = "answered" | "error" | "failed";

/** One request's way through a server. Moments are on the machine's clock; absent ones have not come yet. */
export interface RequestEvent {
  /** Unique within a host. */
  readonly id: number;
  readonly port: Port;
  readonly path?: string;
  /** What its sender calls it: `HttpRequest.label` of a request that `Host.request` sent. */
  readonly label?: string;
  /** The process that accepted it, and its thread that answered. */
  readonly pid?: Pid;
  readonly tid?: Tid;
  /** The connection entered the backlog (or, on a kept-alive one, the request's first byte came). */
  readonly queued: Milliseconds;
  /** A process took it from the backlog. */
  readonly accepted?: Milliseconds;
  /** The first byte of the answer left the process. */
  readonly firstByte?: Milliseconds;
  /** The answer was complete, or the request failed. */
  readonly end?: Milliseconds;
  readonly outcome?: RequestOutcome;
  /**
   * Its client gave up, and the process that had taken it has not let go of the connection: it works on. Absent where
   * that is not known, and once it is over.
   */
  readonly held?: true;
  /** When such a process let go of it. */
  readonly released?: Milliseconds;
  /**
   * A program on the same host asked, a proxy for one: nothing is known of it but that a process accepted the
   * connection, and closed it. What a proxy was asked is told of besides.
   */
  readonly local?: true;
}

/** How much a host holds: for tests that look for leaks. */
export interface HostUsage {
  /** Zombies included. */
  readonly processes: number;
  /** Of all processes together. */
  readonly descriptors: number;
  /** Connections of which at least one end is held, and attempts to make one. */
  readonly connections: number;
  /** Files and folders, those too that are unlinked and still open. */
  readonly files: number;
}
