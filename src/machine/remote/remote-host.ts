import * as Comlink from "comlink";
import type { LoadPlan } from "../../load/plan.ts";
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
import { withFileErrors } from "./file-errors.ts";
import type { HostsService } from "./hosts-service.ts";
import { RemoteLoad, RemoteProcess } from "./remote-process.ts";

/** A host that lives in a machine's worker, as the page holds it. */
export class RemoteHost implements Host {
  readonly processes = new ObservableValue<readonly ProcessInfo[]>([]);
  readonly ports = new ObservableValue<readonly Port[]>([]);
  private readonly fileChanges = new Listeners<string>();
  private readonly requestEvents = new Listeners<readonly RequestEvent[]>();

  constructor(
    private readonly service: Comlink.Remote<HostsService>,
    readonly name: string,
  ) {}

  /** Resolves once it hears of what happens there. */
  async listen(): Promise<this> {
    await this.service.listen(
      this.name,
      Comlink.proxy({
        processes: (processes: readonly ProcessInfo[]) => this.processes.set(processes),
        ports: (ports: readonly Port[]) => this.ports.set(ports),
        fileChanged: (path: string) => this.fileChanges.tell(path),
        requestEvents: (events: readonly RequestEvent[]) => this.requestEvents.tell(events),
      }),
    );
    return this;
  }

  writeFile(path: string, content: string | Uint8Array): Promise<void> {
    return withFileErrors(path, this.service.writeFile(this.name, path, content));
  }

  readFile(path: string): Promise<Uint8Array> {
    return withFileErrors(path, this.service.readFile(this.name, path));
  }

  removeFile(path: string): Promise<void> {
    return withFileErrors(path, this.service.removeFile(this.name, path));
  }

  listFiles(folder: string): Promise<readonly string[]> {
    return withFileErrors(folder, this.service.listFiles(this.name, folder));
  }

  onFileChange(listener: (path: string) => void): () => void {
    return this.fileChanges.add(listener);
  }

  async spawn(argv: readonly string[], options: SpawnOptions = {}): Promise<Process> {
    return RemoteProcess.adopt(await this.service.spawn(this.name, argv, options), (pid, signal) =>
      this.kill(pid, signal),
    );
  }

  kill(pid: Pid, signal: Signal): Promise<void> {
    return this.service.kill(this.name, pid, signal);
  }

  async connect(port: Port): Promise<Connection> {
    const connection = await this.service.connect(this.name, port);
    return {
      read: () => connection.read(),
      write: (bytes) => connection.write(bytes),
      end: () => void connection.end(),
      close: () => void connection.close(),
    };
  }

  request(port: Port, request: HttpRequest): Promise<HttpResponse> {
    return this.service.request(this.name, port, request);
  }

  load(port: Port, plan: LoadPlan): LoadRun {
    return new RemoteLoad((onTick) => this.service.load(this.name, port, plan, onTick));
  }

  onRequestEvent(listener: (events: readonly RequestEvent[]) => void): () => void {
    return this.requestEvents.add(listener);
  }

  stop(): Promise<void> {
    return this.service.stop(this.name);
  }

  restoreFiles(): Promise<void> {
    return this.service.restoreFiles(this.name);
  }
}
