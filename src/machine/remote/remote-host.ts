import type { LoadPlan } from "../../load/plan.ts";
import type { HostUsage } from "../host-types.ts";
import type {
  Connection,
  Host,
  HttpRequest,
  HttpResponse,
  LoadRun,
  Pid,
  Port,
  Process,
  ProcessInfo,
  RequestEvent,
  Signal,
  SpawnOptions,
} from "../machine.ts";
import { Listeners, ObservableValue } from "../observable-value.ts";
import { RemoteLoad, RemoteProcess, type WorkerLine } from "./remote-process.ts";

/** A host that lives in a machine's worker, as the page holds it. */
export class RemoteHost implements Host {
  readonly processes = new ObservableValue<readonly ProcessInfo[]>([]);
  readonly ports = new ObservableValue<readonly Port[]>([]);
  /** Paths that processes have changed. */
  readonly fileChanges = new Listeners<string>();
  /** Requests of which more is known. */
  readonly requestEvents = new Listeners<readonly RequestEvent[]>();

  constructor(
    private readonly line: WorkerLine,
    readonly name: string,
  ) {}

  writeFile(path: string, content: string | Uint8Array): Promise<void> {
    return this.line.calls.writeFile(this.name, path, typeof content === "string" ? content : owned(content));
  }

  readFile(path: string): Promise<Uint8Array> {
    return this.line.calls.readFile(this.name, path);
  }

  removeFile(path: string): Promise<void> {
    return this.line.calls.removeFile(this.name, path);
  }

  listFiles(folder: string): Promise<readonly string[]> {
    return this.line.calls.listFiles(this.name, folder);
  }

  onFileChange(listener: (path: string) => void): () => void {
    return this.fileChanges.add(listener);
  }

  async spawn(argv: readonly string[], options: SpawnOptions = {}): Promise<Process> {
    const spawned = await this.line.calls.spawn(this.name, argv, options);
    return RemoteProcess.adopt(this.line, spawned, (signal) => this.kill(spawned.pid, signal));
  }

  kill(pid: Pid, signal: Signal): Promise<void> {
    return this.line.calls.kill(this.name, pid, signal);
  }

  async connect(port: Port): Promise<Connection> {
    const { calls } = this.line;
    const connection = await calls.connect(this.name, port);
    return {
      read: () => calls.read(connection),
      write: (bytes) => calls.write(connection, owned(bytes)),
      end: () => void calls.end(connection),
      close: () => void calls.close(connection),
    };
  }

  request(port: Port, { body, ...request }: HttpRequest): Promise<HttpResponse> {
    return this.line.calls.request(this.name, port, { ...request, ...(body ? { body: owned(body) } : {}) });
  }

  load(port: Port, plan: LoadPlan): LoadRun {
    return new RemoteLoad(this.line, this.line.calls.load(this.name, port, plan));
  }

  onRequestEvent(listener: (events: readonly RequestEvent[]) => void): () => void {
    return this.requestEvents.add(listener);
  }

  stop(): Promise<void> {
    return this.line.calls.stop(this.name);
  }

  /** What the worker holds for this host. Not of the machine's contract: for tests that look for leaks. */
  usage(): Promise<HostUsage | undefined> {
    return this.line.calls.usage(this.name);
  }

  restoreFiles(): Promise<void> {
    return this.line.calls.restoreFiles(this.name);
  }
}

/** Bytes in memory that is not shared: what crosses the gate. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
