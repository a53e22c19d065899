import { HttpClient } from "../../../http/http-client.ts";
import { HttpRequester } from "../../../http/http-requester.ts";
import { startLoad } from "../../../load/generator.ts";
import type { LoadPlan } from "../../../load/plan.ts";
import type { HostUsage } from "../../host-types.ts";
import {
  FileError,
  type HttpRequest,
  type HttpResponse,
  type LoadRun,
  type Pid,
  type Port,
  type Signal,
  type SpawnOptions,
  type TerminalSize,
} from "../../machine.ts";
import { HeardOutput } from "../../remote/heard-output.ts";
import type { HostListener, HostsService, SpawnedProcess } from "../../remote/hosts-service.ts";
import { SyscallError } from "../kernel/errno.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { KernelHost } from "../kernel/kernel-host.ts";
import { ClientPort } from "./client-port.ts";

/**
 * Added to every program's environment. gunicorn's control socket would cost each arbiter a thread and an event loop,
 * and there is no `gunicornc` to ask: it is off by gunicorn's own setting, where `env` shows it.
 */
const environment = { GUNICORN_CMD_ARGS: "--no-control-socket" };

/** What the page calls: the kernel's hosts, by name. `serve-hosts.ts` brings it across. */
export class KernelService implements HostsService {
  readonly #listeners = new Map<string, HostListener>();

  constructor(private readonly kernel: Kernel) {}

  now(): number {
    return this.kernel.clock.now();
  }

  listen(host: string, listener: HostListener): void {
    const kernelHost = this.kernel.host(host);
    this.#listeners.set(host, listener);
    kernelHost.processes.subscribe((processes) => listener.processes(processes));
    kernelHost.ports.subscribe((ports) => listener.ports(ports));
    kernelHost.onFileChange((path) => listener.fileChanged(path));
    kernelHost.onRequestEvent((events) => listener.requestEvents(events));
  }

  writeFile(host: string, path: string, content: string | Uint8Array): void {
    aboutFile(path, () => this.kernel.host(host).writeFile(path, content));
  }

  readFile(host: string, path: string): Uint8Array {
    return aboutFile(path, () => this.kernel.host(host).readFile(path));
  }

  removeFile(host: string, path: string): void {
    aboutFile(path, () => this.kernel.host(host).removeFile(path));
  }

  listFiles(host: string, folder: string): readonly string[] {
    return aboutFile(folder, () => this.kernel.host(host).listFiles(folder));
  }

  spawn(host: string, argv: readonly string[], options: SpawnOptions): SpawnedProcess {
    const { pid, terminal, exit } = this.kernel
      .host(host)
      .spawn(argv, { ...options, env: { ...environment, ...options.env } });
    const output = new HeardOutput();
    return {
      pid,
      kept: false,
      onOutput: (listener) => {
        terminal.onOutput((bytes) => output.emit(listener, bytes));
      },
      input: (bytes: Uint8Array) => terminal.input(bytes),
      resize: (size: TerminalSize) => terminal.resize(size),
      exited: () => output.before(exit),
    };
  }

  kill(host: string, pid: Pid, signal: Signal): void {
    this.kernel.host(host).kill(pid, signal);
  }

  async request(host: string, port: Port, request: HttpRequest): Promise<HttpResponse> {
    return new HttpClient(this.#connector(this.kernel.host(host)), this.kernel.clock).request(port, request);
  }

  connect(host: string, port: Port): Promise<ClientPort> {
    return ClientPort.open(this.kernel.host(host), port);
  }

  load(host: string, port: Port, plan: LoadPlan): LoadRun {
    const requester = new HttpRequester(this.#connector(this.kernel.host(host)), port);
    return startLoad(plan, { clock: this.kernel.clock, requester });
  }

  /** What the kernel holds for a host: for tests that look for leaks. */
  usage(host: string): HostUsage {
    return this.kernel.host(host).usage();
  }

  stop(host: string): void {
    const kernelHost = this.kernel.host(host);
    kernelHost.stop();
    const listener = this.#listeners.get(host);
    listener?.processes(kernelHost.processes.get());
    listener?.ports(kernelHost.ports.get());
  }

  restoreFiles(host: string): void {
    this.kernel.host(host).restoreFiles();
  }

  #connector(host: KernelHost): (port: Port) => Promise<ClientPort> {
    return (port) => ClientPort.open(host, port);
  }
}

/** What the kernel refuses of a file is the contract's error. */
function aboutFile<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof SyscallError ? new FileError(path, error.errno) : error;
  }
}
