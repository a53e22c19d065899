/** What a machine's worker offers the page: its hosts, by name. Called through Comlink, so that all that crosses is plain data or a proxy. */
import type { ProxyMarked } from "comlink";
import type { LoadPlan, LoadReport, LoadTick } from "../../load/plan.ts";
import type {
  Connection,
  ExitStatus,
  HttpRequest,
  HttpResponse,
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

/** What the page wants to hear of a host. */
export interface HostListener {
  processes(processes: readonly ProcessInfo[]): Eventually<void>;
  ports(ports: readonly Port[]): Eventually<void>;
  fileChanged(path: string): void;
  requestEvents(events: readonly RequestEvent[]): void;
}

/** The page's hold on a process that it has started. */
export interface SpawnedProcess {
  readonly pid: Pid;
  /** It ran before it was asked for. */
  readonly kept: boolean;
  /** One listener: the page's. It gets all from the first byte on. */
  onOutput(listener: (bytes: Uint8Array) => void): void;
  input(bytes: Uint8Array): void;
  resize(size: TerminalSize): void;
  exited(): Promise<ExitStatus>;
}

/** The page's hold on a load test. */
export interface RunningLoad {
  stop(): void;
  report(): Promise<LoadReport>;
}

/** Methods do what those of `Host` do, and reject as they do. */
export interface HostsService {
  listen(host: string, listener: HostListener): Eventually<void>;
  writeFile(host: string, path: string, content: string | Uint8Array): Eventually<void>;
  readFile(host: string, path: string): Eventually<Uint8Array>;
  removeFile(host: string, path: string): Eventually<void>;
  listFiles(host: string, folder: string): Eventually<readonly string[]>;
  spawn(host: string, argv: readonly string[], options: SpawnOptions): Eventually<SpawnedProcess & ProxyMarked>;
  kill(host: string, pid: Pid, signal: Signal): Eventually<void>;
  request(host: string, port: Port, request: HttpRequest): Promise<HttpResponse>;
  connect(host: string, port: Port): Promise<Connection & ProxyMarked>;
  load(
    host: string,
    port: Port,
    plan: LoadPlan,
    onTick: (tick: LoadTick) => void,
  ): Eventually<RunningLoad & ProxyMarked>;
  /** Resolves when the host's listener has heard that nothing runs there any more: what it is told comes on another way than this answer. */
  stop(host: string): Eventually<void>;
  restoreFiles(host: string): Eventually<void>;
}
