import type { WebContainer } from "@webcontainer/api";
import { checkPlan, PlanError } from "../../load/check-plan.ts";
import type { LoadPlan } from "../../load/plan.ts";
import type {
  Connection,
  Host,
  HttpRequest,
  HttpResponse,
  LoadRun,
  Milliseconds,
  Pid,
  Port,
  Process,
  RequestEvent,
  Signal,
  SpawnOptions,
  Unsubscribe,
} from "../machine.ts";
import { Listeners } from "../observable-value.ts";
import type { AgentLink } from "./agent-link.ts";
import { ContainerFiles } from "./container-files.ts";
import { ContainerLoad } from "./container-load.ts";
import { HostProcesses } from "./host-processes.ts";
import { type ConnectionEvent, type ObserverEvent, observerVariables } from "./messages.ts";
import { failedToStart, NodeProcess } from "./node-process.ts";
import { programsFolder } from "./programs.ts";
import { RequestTrace } from "./request-trace.ts";
import { fromWireResponse, toWireRequest } from "./wire-http.ts";

/** What a host needs of its machine. */
export interface NodeHostOptions {
  readonly name: string;
  readonly container: WebContainer;
  readonly agent: AgentLink;
  readonly agentPort: Port;
  /** Programs are started with an observer. */
  readonly observed: boolean;
  /** Resolves when the container is gone. */
  readonly died: Promise<unknown>;
  readonly now: () => Milliseconds;
}

/** An observed program that has not spoken by then has none, or something keeps it busy. */
const speaksWithin: Milliseconds = 4000;
/** Less than the lab waits for a host to stop. */
const stopsWithin: Milliseconds = 2600;

const endingSignals = ["SIGKILL", "SIGTERM", "SIGINT"] as const satisfies readonly Signal[];

/** One half of the container: a folder, and the processes that were started in it. */
export class NodeHost implements Host {
  readonly name: string;
  readonly #options: NodeHostOptions;
  readonly #files: ContainerFiles;
  readonly #table = new HostProcesses();
  readonly #running = new Set<NodeProcess>();
  readonly #requestListeners = new Listeners<readonly RequestEvent[]>();
  readonly #trace = new RequestTrace((events) => this.#requestListeners.emit(events));
  #spawns = 0;

  readonly processes = this.#table.processes;
  readonly ports = this.#table.ports;

  private constructor(options: NodeHostOptions, files: ContainerFiles) {
    this.name = options.name;
    this.#options = options;
    this.#files = files;
  }

  static async open(options: NodeHostOptions): Promise<NodeHost> {
    return new NodeHost(options, await ContainerFiles.open(options.container.fs, options.name));
  }

  writeFile(path: string, content: string | Uint8Array): Promise<void> {
    return this.#files.write(path, content);
  }

  readFile(path: string): Promise<Uint8Array> {
    return this.#files.read(path);
  }

  removeFile(path: string): Promise<void> {
    return this.#files.remove(path);
  }

  listFiles(folder: string): Promise<readonly string[]> {
    return this.#files.list(folder);
  }

  onFileChange(listener: (path: string) => void): Unsubscribe {
    return this.#files.changes.add(listener);
  }

  async spawn(argv: readonly string[], options: SpawnOptions = {}): Promise<Process> {
    const { container, observed, now } = this.#options;
    const [command = "", ...args] = argv;
    const spawn = ++this.#spawns;
    const watched = observed && command === "node";
    const started = watched ? this.#table.started(spawn) : undefined;
    let process: NodeProcess;
    try {
      process = new NodeProcess(
        await container.spawn(command, watched ? ["--require", this.#observer, ...args] : args, {
          cwd: this.#files.place(options.cwd ?? "/home/student"),
          env: { ...options.env, ...this.#environment(spawn) },
          terminal: { cols: options.size?.columns ?? 80, rows: options.size?.rows ?? 24 },
        }),
        (pid, signal) => this.kill(pid, signal),
      );
    } catch (error) {
      return failedToStart(`${command}: command not found\n`, notFound(error) ? 127 : 126);
    }
    this.#running.add(process);
    const silence = new Promise<undefined>((resolve) => setTimeout(resolve, speaksWithin));
    const pid = started && (await Promise.race([started, process.exit.then(() => undefined), silence]));
    process.pid = pid ?? this.#table.addUnobserved(argv.join(" "), spawn, now());
    void process.exit.then(() => {
      this.#running.delete(process);
      if (pid === undefined) this.#table.remove(process.pid);
    });
    return process;
  }

  async kill(pid: Pid, signal: Signal): Promise<void> {
    const ending = endingSignals.find((name) => name === signal);
    if (!ending) throw new Error(`Function not implemented: this machine can end processes, but not send ${signal}`);
    const process = [...this.#running].find((each) => each.pid === pid);
    process?.toldToEnd(ending);
    if (!this.#table.has(pid)) throw new Error("No such process");
    const gone = process && this.#isUnobserved(pid) ? this.#endHard(process) : await this.#end(pid, ending);
    if (!gone) throw new Error(cannotEnd(pid));
  }

  async connect(_port: Port): Promise<Connection> {
    throw new Error("Function not implemented: this machine opens no connections from the page");
  }

  async request(port: Port, request: HttpRequest): Promise<HttpResponse> {
    const { agent } = this.#options;
    return fromWireResponse(await agent.call({ task: "request", port, request: toWireRequest(request) }));
  }

  load(port: Port, plan: LoadPlan): LoadRun {
    const problem = checkPlan(plan);
    if (problem) throw new PlanError(problem);
    const { container, died } = this.#options;
    return new ContainerLoad({
      container,
      port,
      plan,
      died,
      onConnections: (list) => this.#trace.onClientEvents(list),
    });
  }

  onRequestEvent(listener: (events: readonly RequestEvent[]) => void): Unsubscribe {
    return this.#requestListeners.add(listener);
  }

  async stop(): Promise<void> {
    const end = this.#options.now() + stopsWithin;
    while (this.#running.size + this.#table.pids().length > 0) {
      for (const process of this.#running) process.endHard();
      const pids = this.#table.pids();
      // Those that are gone already are what was wanted.
      void Promise.allSettled(pids.map((pid) => this.#end(pid, "SIGKILL")));
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (this.#options.now() > end) throw new Error(cannotEnd(pids[0]));
    }
  }

  restoreFiles(): Promise<void> {
    return this.#files.restore();
  }

  /** What an observer of this host says. */
  onProcessEvent(news: ObserverEvent): void {
    if (news.news === "requests") this.#trace.onServerEvents(news.pid, news.requests);
    if (news.news === "gone") this.#trace.processEnded(news.pid, this.#options.now());
    this.#table.onEvent(news);
  }

  /** What the agent says of its own requests to this host. */
  onConnectionEvents(connections: readonly ConnectionEvent[]): void {
    this.#trace.onClientEvents(connections);
  }

  has(pid: Pid): boolean {
    return this.#table.has(pid);
  }

  /** The container is gone. */
  dispose(): void {
    this.#files.dispose();
    this.#trace.dispose();
    for (const process of this.#running) process.containerGone();
    this.#running.clear();
    this.#table.clear();
  }

  get #observer(): string {
    return `${this.#options.container.workdir}/${programsFolder}/observer.cjs`;
  }

  #environment(spawn: number): Record<string, string> {
    const { agentPort, name } = this.#options;
    return {
      [observerVariables.agent]: String(agentPort),
      [observerVariables.host]: name,
      [observerVariables.spawn]: String(spawn),
      [observerVariables.parent]: "0",
    };
  }

  #isUnobserved(pid: Pid): boolean {
    return this.#table.isUnobserved(pid);
  }

  #endHard(process: NodeProcess): boolean {
    process.endHard();
    return true;
  }

  async #end(pid: Pid, signal: (typeof endingSignals)[number]): Promise<boolean> {
    return (await this.#options.agent.call({ task: "end", pid, signal })) === true;
  }
}

function notFound(error: unknown): boolean {
  return !(error instanceof Error) || /ENOENT|not found/i.test(error.message);
}

function cannotEnd(pid: Pid | undefined): string {
  return `Process ${pid ?? ""} is caught in a loop, and this machine cannot end it. Reload the page to be rid of it`;
}
