/**
 * Runs in a page of the built site, beside it: opens machines by the contract, and drives one by plain data, which is
 * all that crosses from a test to its page.
 */

import type { LoadPlan, LoadReport } from "../../src/load/plan.ts";
import type { HostUsage } from "../../src/machine/host-types.ts";
import {
  type Connection,
  ConnectionError,
  type ExitStatus,
  type Host,
  type HttpRequest,
  type Machine,
  type Pid,
  type Port,
  type Process,
  type ProcessInfo,
  type RequestEvent,
  type Signal,
  type SpawnOptions,
} from "../../src/machine/machine.ts";
import { open } from "../../src/machine/open.ts";
import { RemoteHost } from "../../src/machine/remote/remote-host.ts";
import { converse, type Part, type Said } from "./conversation.ts";

/** An answer, its body as text. */
export interface MachineAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  readonly milliseconds: number;
}

/** A process by its number in the driver. */
export interface Spawned {
  readonly id: number;
  readonly pid: Pid;
}

/** How waiting for a text ended. */
export interface Heard {
  readonly found: boolean;
  readonly output: string;
  readonly exit: ExitStatus | undefined;
}

interface Followed {
  readonly process: Process;
  readonly listeners: Set<() => void>;
  output: string;
  exit: ExitStatus | undefined;
}

/** A machine's hosts, processes and connections by names and numbers. */
export class MachineDriver {
  readonly #processes: Followed[] = [];
  readonly #connections: Connection[] = [];
  readonly #events = new Map<string, RequestEvent[]>();

  private constructor(private readonly machine: Machine) {}

  static async open(siteRoot: string): Promise<MachineDriver> {
    return new MachineDriver(await open("python", { siteRoot: new URL(siteRoot) }));
  }

  /** What the machine says of itself. */
  about(): Pick<Machine, "kind" | "capabilities" | "components"> {
    const { kind, capabilities, components } = this.machine;
    return { kind, capabilities, components };
  }

  now(): number {
    return this.machine.now();
  }

  async writeFile(name: string, path: string, text: string): Promise<void> {
    await (await this.#host(name)).writeFile(path, text);
  }

  async readFile(name: string, path: string): Promise<string> {
    return new TextDecoder().decode(await (await this.#host(name)).readFile(path));
  }

  async spawn(name: string, argv: readonly string[], options: SpawnOptions): Promise<Spawned> {
    const process = await (await this.#host(name)).spawn(argv, options);
    const followed: Followed = { process, listeners: new Set(), output: "", exit: undefined };
    const decoder = new TextDecoder();
    process.onOutput((bytes) => {
      followed.output += decoder.decode(bytes, { stream: true });
      for (const listener of followed.listeners) listener();
    });
    void process.exit.then((status) => {
      followed.exit = status;
      for (const listener of followed.listeners) listener();
    });
    return { id: this.#processes.push(followed) - 1, pid: process.pid };
  }

  output(id: number): string {
    return plain(this.#process(id).output);
  }

  /** What a process has sent to its terminal, as it came, from the `begin`th character on. */
  sent(id: number, begin: number): string {
    return this.#process(id).output.slice(begin);
  }

  /** Resolves when the process's output matches, when it has ended, or when the time is over. */
  heard(id: number, source: string, flags: string, milliseconds: number): Promise<Heard> {
    const followed = this.#process(id);
    const pattern = new RegExp(source, flags);
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        followed.listeners.delete(look);
        const output = plain(followed.output);
        resolve({ found: pattern.test(output), output, exit: followed.exit });
      };
      const look = () => {
        if (pattern.test(plain(followed.output)) || followed.exit !== undefined) finish();
      };
      const timer = setTimeout(finish, milliseconds);
      followed.listeners.add(look);
      look();
    });
  }

  exit(id: number): Promise<ExitStatus> {
    return this.#process(id).process.exit;
  }

  resize(id: number, columns: number, rows: number): void {
    this.#process(id).process.resize({ columns, rows });
  }

  input(id: number, text: string): void {
    this.#process(id).process.input(new TextEncoder().encode(text));
  }

  async kill(name: string, pid: Pid, signal: Signal): Promise<void> {
    await (await this.#host(name)).kill(pid, signal);
  }

  async table(name: string): Promise<readonly ProcessInfo[]> {
    return (await this.#host(name)).processes.get();
  }

  /** Resolves when all programs of a host wait, at three looks one after the other, or when the time is over. */
  async rests(name: string, milliseconds: number): Promise<void> {
    const end = performance.now() + milliseconds;
    for (let restful = 0; restful < 3 && performance.now() < end; ) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      const processes = await this.table(name);
      restful = processes.some(({ state }) => state === "starting" || state === "running") ? 0 : restful + 1;
    }
  }

  async ports(name: string): Promise<readonly Port[]> {
    return (await this.#host(name)).ports.get();
  }

  async request(name: string, port: Port, request: HttpRequest): Promise<MachineAnswer> {
    const began = performance.now();
    const { status, headers, body } = await (await this.#host(name)).request(port, request);
    return { status, headers, text: new TextDecoder().decode(body), milliseconds: performance.now() - began };
  }

  async load(name: string, port: Port, plan: LoadPlan): Promise<LoadReport> {
    return (await this.#host(name)).load(port, plan).report;
  }

  /** Opens a connection; its number. */
  async connect(name: string, port: Port): Promise<number> {
    return this.#connections.push(await (await this.#host(name)).connect(port)) - 1;
  }

  async write(connection: number, text: string): Promise<void> {
    await this.#connection(connection).write(new TextEncoder().encode(text));
  }

  /** Plays a client on a connection of its own. */
  async converse(name: string, port: Port, parts: readonly Part[]): Promise<Said> {
    return converse(await (await this.#host(name)).connect(port), parts);
  }

  /** Everything up to the server's end, or how the connection failed. */
  async readAll(connection: number): Promise<{ text: string; failure: string | undefined }> {
    const decoder = new TextDecoder();
    let text = "";
    try {
      while (true) {
        const bytes = await this.#connection(connection).read();
        if (bytes === null) return { text, failure: undefined };
        text += decoder.decode(bytes, { stream: true });
      }
    } catch (error) {
      // Over a worker's boundary an error keeps its name and message, not its class.
      if (error instanceof ConnectionError || error instanceof Error) return { text, failure: error.message };
      throw error;
    }
  }

  endConnection(connection: number): void {
    this.#connection(connection).end();
  }

  closeConnection(connection: number): void {
    this.#connection(connection).close();
  }

  /** The latest of each request since `watchRequests`. */
  requestEvents(name: string): readonly RequestEvent[] {
    const latest = new Map((this.#events.get(name) ?? []).map((event) => [event.id, event]));
    return [...latest.values()];
  }

  async watchRequests(name: string): Promise<void> {
    const seen: RequestEvent[] = [];
    this.#events.set(name, seen);
    (await this.#host(name)).onRequestEvent((events) => seen.push(...events));
  }

  /** What the kernel holds for a host. */
  async usage(name: string): Promise<HostUsage> {
    const host = await this.#host(name);
    if (!(host instanceof RemoteHost)) throw new Error("Only a machine in a worker tells what it holds");
    const usage = await host.usage();
    if (usage === undefined) throw new Error("This machine does not tell what it holds");
    return usage;
  }

  async stop(name: string): Promise<void> {
    await (await this.#host(name)).stop();
  }

  async restoreFiles(name: string): Promise<void> {
    await (await this.#host(name)).restoreFiles();
  }

  dispose(): void {
    this.machine.dispose();
  }

  #host(name: string): Promise<Host> {
    return this.machine.host(name);
  }

  #process(id: number): Followed {
    const followed = this.#processes[id];
    if (!followed) throw new Error(`There is no process with the number ${id}`);
    return followed;
  }

  #connection(id: number): Connection {
    const connection = this.#connections[id];
    if (!connection) throw new Error(`There is no connection with the number ${id}`);
    return connection;
  }
}

/** A terminal's output as text: its lines end with `\r\n`, and CPython colours tracebacks there. */
function plain(output: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  return output.replaceAll("\r\n", "\n").replace(/\x1b\[[0-9;]*m/g, "");
}

declare global {
  var openMachine: typeof open;
  var MachineUnderTest: typeof MachineDriver;
  var machineDriver: MachineDriver;
}

globalThis.openMachine = open;
globalThis.MachineUnderTest = MachineDriver;
