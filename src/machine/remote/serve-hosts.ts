import { type Gate, type Offered, openGate } from "../../gate/gate.ts";
import type { LoadTick } from "../../load/plan.ts";
import type { Connection, LoadRun, Port, ProcessInfo, RequestEvent } from "../machine.ts";
import { type Handle, hostCalls, hostNews, type PageOfHosts } from "./hosts-contract.ts";
import type { HostListener, HostsService, SpawnedProcess } from "./hosts-service.ts";
import { LatestNews } from "./latest-news.ts";
import { machineErrors } from "./machine-errors.ts";

/** What one message brings at most. More than that comes in the next. */
const mostEvents = 5000;

/** Offers a machine's hosts to the page, over a port of its own: runs in the machine's worker. */
export function serveHosts(port: MessagePort, service: HostsService): void {
  let gate: Gate<typeof hostNews> | undefined;
  const page = () => {
    if (gate === undefined) throw new Error("Nobody has called yet");
    return gate.there;
  };
  const does = new ServedHosts(service, page).calls;
  gate = openGate(port, { offers: hostCalls, does, expects: hostNews, errors: machineErrors });
}

/** What the page holds is a number; what it stands for is here. */
class Handles<T> {
  readonly #all = new Map<Handle, T>();
  #last = 0;

  add(thing: T): Handle {
    this.#last += 1;
    this.#all.set(this.#last, thing);
    return this.#last;
  }

  /** Throws if there is none, or no longer. */
  get(handle: Handle): T {
    const thing = this.#all.get(handle);
    if (thing === undefined) throw new Error("It has ended.");
    return thing;
  }

  remove(handle: Handle): void {
    this.#all.delete(handle);
  }
}

class ServedHosts {
  readonly #processes = new Handles<SpawnedProcess>();
  readonly #connections = new Handles<Connection>();
  readonly #loads = new Handles<LoadRun>();
  readonly #news = new Map<string, HostNews>();
  readonly calls: Offered<typeof hostCalls>;

  constructor(service: HostsService, page: () => PageOfHosts) {
    this.calls = {
      listen: (host) => {
        const news = new HostNews(host, page());
        this.#news.set(host, news);
        return service.listen(host, news);
      },
      writeFile: (host, path, content) => service.writeFile(host, path, content),
      readFile: async (host, path) => copied(await service.readFile(host, path)),
      removeFile: (host, path) => service.removeFile(host, path),
      listFiles: (host, folder) => service.listFiles(host, folder),
      spawn: async (host, argv, options) => {
        const process = await service.spawn(host, argv, options);
        return { process: this.#processes.add(process), pid: process.pid, kept: process.kept };
      },
      startOutput: (handle) => this.#processes.get(handle).onOutput((bytes) => page().output(handle, copied(bytes))),
      input: (handle, bytes) => this.#processes.get(handle).input(bytes),
      resize: (handle, size) => this.#processes.get(handle).resize(size),
      // It stays: others may go on at its terminal.
      exited: (handle) => this.#processes.get(handle).exited(),
      kill: (host, pid, signal) => service.kill(host, pid, signal),
      request: async (host, port, request) => {
        const response = await service.request(host, port, request);
        return { ...response, body: copied(response.body) };
      },
      connect: async (host, port) => this.#connections.add(await service.connect(host, port)),
      read: async (handle) => {
        const bytes = await this.#connections.get(handle).read();
        return bytes && copied(bytes);
      },
      write: (handle, bytes) => this.#connections.get(handle).write(bytes),
      end: (handle) => this.#connections.get(handle).end(),
      close: (handle) => {
        this.#connections.get(handle).close();
        this.#connections.remove(handle);
      },
      load: async (host, port, plan) => {
        const run = await service.load(host, port, plan);
        const handle = this.#loads.add(run);
        const ticks = new LatestNews<LoadTick>((tick) => page().tick(handle, tick), later);
        run.onTick((tick) => ticks.add(tick));
        return handle;
      },
      stopLoad: (handle) => this.#loads.get(handle).stop(),
      loadReport: async (handle) => {
        const report = await this.#loads.get(handle).report;
        this.#loads.remove(handle);
        return report;
      },
      stop: async (host) => {
        await service.stop(host);
        await this.#news.get(host)?.taken();
      },
      restoreFiles: (host) => service.restoreFiles(host),
      usage: (host) => service.usage?.(host),
      now: () => service.now(),
    };
  }
}

/** What happens on a host, told no faster than the page takes it. */
class HostNews implements HostListener {
  readonly #processes: LatestNews<readonly ProcessInfo[]>;
  readonly #ports: LatestNews<readonly Port[]>;
  readonly #files: LatestNews<ReadonlySet<string>>;
  readonly #events: LatestNews<ReadonlyMap<number, RequestEvent>>;

  constructor(host: string, page: PageOfHosts) {
    this.#processes = new LatestNews((processes) => page.processes(host, processes), later);
    this.#ports = new LatestNews((ports) => page.ports(host, ports), later);
    this.#files = new LatestNews(
      (paths) => page.filesChanged(host, [...paths]),
      (a, b) => new Set([...a, ...b]),
    );
    this.#events = new LatestNews(
      async (events) => {
        const all = [...events.values()];
        for (let at = 0; at < all.length; at += mostEvents) {
          await page.requestEvents(host, all.slice(at, at + mostEvents));
        }
      },
      (a, b) => new Map([...a, ...b]),
    );
  }

  processes(processes: readonly ProcessInfo[]): void {
    this.#processes.add(processes);
  }

  ports(ports: readonly Port[]): void {
    this.#ports.add(ports);
  }

  fileChanged(path: string): void {
    this.#files.add(new Set([path]));
  }

  requestEvents(events: readonly RequestEvent[]): void {
    this.#events.add(new Map(events.map((event) => [event.id, event])));
  }

  /** Resolves when the page has been told what runs and listens now. */
  async taken(): Promise<void> {
    await Promise.all([this.#processes.taken(), this.#ports.taken()]);
  }
}

function later<T>(_earlier: T, news: T): T {
  return news;
}

/** Bytes in memory of their own: a view would bring all that is behind it along. */
function copied(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
