/** A machine's hosts, by name, as its worker has them: `serve-hosts.ts` offers them to the page. */
import type { LoadPlan } from "../../load/plan.ts";
import type { HostUsage } from "../host-types.ts";
import type {
  Connection,
  ExitStatus,
  HttpRequest,
  HttpResponse,
  LoadRun,
  Milliseconds,
  Pid,
  Port,
  ProcessInfo,
  RequestEvent,
  Signal,
  SpawnOptions,
  TerminalSize,
} from "../machine.ts";

/** At once, or later. */
type Eventually<T> = T | Promise<T>;

/** What is to be told of a host. */
export interface HostListener {
  processes(processes: readonly ProcessInfo[]): void;
  ports(ports: readonly Port[]): void;
  fileChanged(path: string): void;
  requestEvents(events: readonly RequestEvent[]): void;
}

/** A process that was started from the page. */
export interface SpawnedProcess {
  readonly pid: Pid;
  /** It ran before it was asked for. */
  readonly kept: boolean;
  /** One listener. It gets all from the first byte on, and answers when there is room for more. */
  onOutput(listener: (bytes: Uint8Array) => Promise<void>): void;
  input(bytes: Uint8Array): void;
  resize(size: TerminalSize): void;
  /** Resolves when it has ended and its listener has taken all that it printed. */
  exited(): Promise<ExitStatus>;
}

/** Methods do what those of `Host` do, and reject as they do. */
export interface HostsService {
  listen(host: string, listener: HostListener): Eventually<void>;
  writeFile(host: string, path: string, content: string | Uint8Array): Eventually<void>;
  readFile(host: string, path: string): Eventually<Uint8Array>;
  removeFile(host: string, path: string): Eventually<void>;
  listFiles(host: string, folder: string): Eventually<readonly string[]>;
  spawn(host: string, argv: readonly string[], options: SpawnOptions): Eventually<SpawnedProcess>;
  kill(host: string, pid: Pid, signal: Signal): Eventually<void>;
  request(host: string, port: Port, request: HttpRequest): Promise<HttpResponse>;
  connect(host: string, port: Port): Promise<Connection>;
  load(host: string, port: Port, plan: LoadPlan): Eventually<LoadRun>;
  /** Once it resolves, the host's listener has been told that nothing runs. */
  stop(host: string): Eventually<void>;
  restoreFiles(host: string): Eventually<void>;
  /** For tests that look for leaks; a machine need not count. */
  usage?(host: string): HostUsage;
  now(): Milliseconds;
}
