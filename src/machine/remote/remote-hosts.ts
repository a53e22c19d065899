import { type Gate, openGate } from "../../gate/gate.ts";
import type { Milliseconds } from "../machine.ts";
import { type Handle, type HostCalls, hostCalls, hostNews } from "./hosts-contract.ts";
import { machineErrors } from "./machine-errors.ts";
import { RemoteHost } from "./remote-host.ts";
import type { RemoteLoad, RemoteProcess, WorkerLine } from "./remote-process.ts";

/**
 * The hosts of a machine that lives in a worker, as the page holds them. Everything that the worker says passes the
 * gate; what it says of things that the page does not have is no matter.
 */
export class RemoteHosts implements WorkerLine {
  readonly #gate: Gate<typeof hostCalls>;
  readonly #hosts = new Map<string, { readonly host: RemoteHost; readonly listening: Promise<RemoteHost> }>();
  readonly #processes = new Map<Handle, RemoteProcess>();
  readonly #loads = new Map<Handle, RemoteLoad>();

  /** `refused` hears why a worker that says what it must not is not heard any more. */
  constructor(port: MessagePort, refused: (reason: string) => void) {
    this.#gate = openGate(port, {
      offers: hostNews,
      does: {
        processes: (host, processes) => this.#hosts.get(host)?.host.processes.set(processes),
        ports: (host, ports) => this.#hosts.get(host)?.host.ports.set(ports),
        filesChanged: (host, paths) => {
          for (const path of paths) this.#hosts.get(host)?.host.fileChanges.emit(path);
        },
        requestEvents: (host, events) => this.#hosts.get(host)?.host.requestEvents.emit(events),
        output: (process, bytes) => this.#processes.get(process)?.onNewOutput(bytes),
        tick: (load, tick) => this.#loads.get(load)?.onNewTick(tick),
      },
      expects: hostCalls,
      errors: machineErrors,
      refused,
    });
  }

  /** The worker's calls. */
  get calls(): HostCalls {
    return this.#gate.there;
  }

  /** Milliseconds on the machine's clock. */
  now(): Promise<Milliseconds> {
    return this.calls.now();
  }

  /** The host of that name, once the page hears of what happens there. */
  host(name: string): Promise<RemoteHost> {
    let entry = this.#hosts.get(name);
    if (entry === undefined) {
      const host = new RemoteHost(this, name);
      entry = { host, listening: this.calls.listen(name).then(() => host) };
      this.#hosts.set(name, entry);
    }
    return entry.listening;
  }

  addProcess(handle: Handle, process: RemoteProcess): void {
    this.#processes.set(handle, process);
  }

  addLoad(handle: Handle, load: RemoteLoad): void {
    this.#loads.set(handle, load);
    void load.report.finally(() => this.#loads.delete(handle)).catch(() => {});
  }

  /** Nothing is heard any more, and calls under way are rejected. */
  close(): void {
    this.#gate.close();
  }
}
