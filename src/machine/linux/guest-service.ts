/** The guest as the page uses it: runs beside the emulator in its worker. `serve-hosts.ts` brings it across. */

import type { GuestNetwork, V86 } from "v86";
import { HttpClient } from "../../http/http-client.ts";
import { HttpRequester } from "../../http/http-requester.ts";
import { startLoad } from "../../load/generator.ts";
import type { LoadPlan } from "../../load/plan.ts";
import { linuxMachineStrings } from "../../strings/strings.ts";
import {
  type Connection,
  FileError,
  type HttpRequest,
  type HttpResponse,
  type LoadRun,
  type Milliseconds,
  type Pid,
  type Port,
  type Signal,
  type SpawnOptions,
  signalNumbers,
} from "../machine.ts";
import type { HostListener, HostsService } from "../remote/hosts-service.ts";
import { timersClock } from "../timers-clock.ts";
import { AgentClient, AgentError } from "./agent-client.ts";
import { connectToAgent, connectToHost, type GuestConnection } from "./guest-connection.ts";
import { GuestHost, GuestProcessHandle } from "./guest-host.ts";
import type { GuestEvent } from "./messages.ts";

/** How long a thing just opened keeps the agent watchful. */
const watchful: Milliseconds = 1000;
const home = "/home/student";
/** Of the terminals of all that was started before the snapshot. */
const sizeInSnapshot = { columns: 80, rows: 24 };

const clock = timersClock(() => performance.now());

/** The hosts of a running guest. */
export class GuestService implements HostsService {
  readonly #emulator: Pick<V86, "network_adapter" | "run" | "stop">;
  readonly #agent: AgentClient;
  readonly #listeners = new Map<string, HostListener>();
  /** From seconds on the guest's clock to milliseconds on this worker's. */
  #clockOffset: Milliseconds = 0;
  readonly #hosts = new Map<string, Promise<GuestHost>>();
  readonly #known = new Map<string, GuestHost>();
  readonly #processes = new Map<number, GuestProcessHandle>();
  #spawned = 0;
  /** Hosts on which something was started that the snapshot may have kept. */
  readonly #started = new Set<string>();
  #wokenAt = Number.NEGATIVE_INFINITY;
  /** The host that is the machine's own Debian, if one is. */
  readonly #debian: string | undefined;

  private constructor(
    emulator: Pick<V86, "network_adapter" | "run" | "stop">,
    connection: GuestConnection,
    debian: string | undefined,
  ) {
    this.#emulator = emulator;
    this.#agent = new AgentClient(connection, (news, bytes) => this.#onEvent(news, bytes));
    this.#debian = debian;
  }

  /** Finds the agent of a guest that runs, and sets its clock. */
  static async open(emulator: Pick<V86, "network_adapter" | "run" | "stop">, debian?: string): Promise<GuestService> {
    const service = new GuestService(emulator, await connectToAgent(emulator.network_adapter), debian);
    const before = performance.now();
    const { value } = await service.#agent.call({ task: "clock", now: Date.now() / 1000 });
    if (typeof value === "number") service.#clockOffset = (before + performance.now()) / 2 - value * 1000;
    return service;
  }

  /** Resolves when the agent no longer answers. */
  get lost(): Promise<void> {
    return this.#agent.lost;
  }

  now(): Milliseconds {
    return performance.now();
  }

  /** Stands still: no time passes in the guest, and none of the reader's is used. */
  async pause(): Promise<void> {
    await this.#emulator.stop();
  }

  async resume(): Promise<void> {
    await this.#emulator.run();
    const before = performance.now();
    const { value } = await this.#agent.call({ task: "clock", now: Date.now() / 1000 });
    if (typeof value === "number") this.#clockOffset = (before + performance.now()) / 2 - value * 1000;
  }

  /** Ends the line to the agent, so that a snapshot holds none. */
  async forgetPage(): Promise<void> {
    this.#agent.close();
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }

  async listen(name: string, listener: HostListener): Promise<void> {
    const host = await this.#host(name);
    this.#listeners.set(name, listener);
    host.processes.subscribe((processes) => listener.processes(processes));
    host.ports.subscribe((ports) => listener.ports(ports));
    host.fileChanges.add((path) => listener.fileChanged(path));
    host.requestEvents.add((events) => listener.requestEvents(events));
  }

  async writeFile(name: string, path: string, content: string | Uint8Array): Promise<void> {
    const host = await this.#host(name);
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    host.written.set(path, bytes);
    await this.#file({ task: "write", host: name, path }, path, bytes);
  }

  async readFile(name: string, path: string): Promise<Uint8Array> {
    await this.#host(name);
    return (await this.#file({ task: "read", host: name, path }, path)).bytes;
  }

  async removeFile(name: string, path: string): Promise<void> {
    const host = await this.#host(name);
    host.written.delete(path);
    await this.#file({ task: "remove", host: name, path }, path);
  }

  async listFiles(name: string, folder: string): Promise<readonly string[]> {
    await this.#host(name);
    const { value } = await this.#file({ task: "list", host: name, path: folder }, folder);
    return Array.isArray(value) ? value.filter((path) => typeof path === "string").sort() : [];
  }

  async spawn(
    name: string,
    argv: readonly string[],
    { cwd = home, env = {}, size = sizeInSnapshot }: SpawnOptions,
  ): Promise<GuestProcessHandle> {
    await this.#host(name);
    const id = ++this.#spawned;
    const process: GuestProcessHandle = new GuestProcessHandle(id, {
      input: (of, bytes) => void this.#agent.call({ task: "input", id: of }, bytes).catch(() => {}),
      // A server of the snapshot keeps the terminal that it has: it would report a change that nobody has caused.
      resize: (of, { columns, rows }) => {
        if (!process.kept) void this.#agent.call({ task: "resize", id: of, columns, rows }).catch(() => {});
      },
    });
    this.#processes.set(id, process);
    // What the snapshot keeps running has a terminal of this size, and would hear of any other.
    const mayBeKept = !this.#started.has(name) && argv.join(" ") !== "bash";
    if (mayBeKept) this.#started.add(name);
    const { columns, rows } = mayBeKept ? sizeInSnapshot : size;
    const { value } = await this.#agent
      .call({ task: "spawn", host: name, id, argv, cwd, env, columns, rows })
      .catch((error: unknown) => {
        // A command that does not exist is a process that says so: it is the Debian that lacks something.
        if (error instanceof AgentError && error.errno === "ENOENT") throw new Error(linuxMachineStrings.filesAreGone);
        throw error;
      });
    Object.assign(process, spawned(value));
    if (mayBeKept && !process.kept) process.resize(size);
    return process;
  }

  /** The ports that something on a host listens on, as far as has been heard. */
  portsOf(name: string): readonly Port[] {
    return this.#known.get(name)?.ports.get() ?? [];
  }

  async kill(name: string, pid: Pid, signal: Signal): Promise<void> {
    await this.#host(name);
    await this.#agent.call({ task: "kill", host: name, pid, signal: signalNumbers[signal] });
  }

  async request(name: string, port: Port, request: HttpRequest): Promise<HttpResponse> {
    return new HttpClient(await this.#connector(name), clock).request(port, request);
  }

  async connect(name: string, port: Port): Promise<Connection> {
    const connect = await this.#connector(name);
    return connect(port);
  }

  async load(name: string, port: Port, plan: LoadPlan): Promise<LoadRun> {
    const requester = new HttpRequester(await this.#connector(name), port);
    return startLoad(plan, { clock, requester });
  }

  async stop(name: string): Promise<void> {
    const host = await this.#host(name);
    await this.#agent.call({ task: "stop", host: name });
    host.stopped();
    const listener = this.#listeners.get(name);
    listener?.processes(host.processes.get());
    listener?.ports(host.ports.get());
  }

  async restoreFiles(name: string): Promise<void> {
    const host = await this.#host(name);
    await this.#agent.call({ task: "restore", host: name });
    for (const [path, bytes] of host.written) await this.#agent.call({ task: "write", host: name, path }, bytes);
  }

  #host(name: string): Promise<GuestHost> {
    let host = this.#hosts.get(name);
    if (!host) {
      host = this.#makeHost(name);
      this.#hosts.set(name, host);
    }
    return host;
  }

  async #makeHost(name: string): Promise<GuestHost> {
    const { value } = await this.#agent.call({ task: "host", host: name, debian: name === this.#debian });
    const host = new GuestHost(
      name,
      Number(value),
      () => performance.now(),
      (seconds) => seconds * 1000 + this.#clockOffset,
    );
    this.#known.set(name, host);
    return host;
  }

  async #file(
    task: { task: "write" | "read" | "remove" | "list"; host: string; path: string },
    path: string,
    bytes?: Uint8Array,
  ) {
    try {
      return await this.#agent.call(task, bytes);
    } catch (error) {
      throw error instanceof AgentError ? new FileError(path, error.errno) : error;
    }
  }

  async #connector(name: string): Promise<(port: Port) => Promise<Connection>> {
    const host = await this.#host(name);
    return async (port) => {
      this.#wake();
      const network: GuestNetwork = this.#emulator.network_adapter;
      let connection: GuestConnection | undefined;
      try {
        connection = await connectToHost(network, host.number, port, (opening) => host.connecting(opening, port));
      } finally {
        this.#wake();
      }
      return observed(connection, host);
    };
  }

  #wake(): void {
    const now = performance.now();
    if (now - this.#wokenAt < watchful) return;
    this.#wokenAt = now;
    void this.#agent.call({ task: "wake" }).catch(() => {});
  }

  #onEvent(news: GuestEvent, bytes: Uint8Array): void {
    switch (news.news) {
      case "output":
        this.#processes.get(news.id)?.print(bytes);
        break;
      case "exit":
        this.#processes.get(news.id)?.end(news.code, news.signal);
        this.#processes.delete(news.id);
        break;
      default:
        this.#known.get(news.host)?.onEvent(news);
    }
  }
}

/** The agent's answer: its number, and whether it ran already. */
function spawned(value: unknown): { pid: Pid; kept: boolean } {
  if (typeof value !== "object" || value === null || !("pid" in value) || !("kept" in value))
    throw new Error("The guest's agent answered with something else than a process.");
  return { pid: Number(value.pid), kept: value.kept === true };
}

/** A connection whose requests the host counts. */
function observed(connection: GuestConnection, host: GuestHost): Connection {
  return {
    async read() {
      const bytes = await connection.read();
      if (bytes) host.requestGotBytes(connection);
      return bytes;
    },
    write: (bytes) => connection.write(bytes),
    end: () => connection.end(),
    close() {
      connection.close();
      host.disconnected(connection);
    },
    requestBegan: (path, label) => host.requestBegan(connection, path, label),
    requestEnded: (outcome) => host.requestEnded(connection, outcome),
  };
}
