/**
 * The Node machine: StackBlitz's WebContainer in the page.
 *
 * Order of opening: WebContainer boots (its client is loaded now, and not before); our programs are written into it;
 * the agent starts and listens for observers; its probe says what this container can do. Then hosts are folders.
 */
import type { WebContainer } from "@webcontainer/api";
import { machineSteps, nodeMachineStrings } from "../../strings/strings.ts";
import {
  type Capabilities,
  type Component,
  type Host,
  type Machine,
  MachineError,
  type Milliseconds,
  type OpenOptions,
} from "../machine.ts";
import { AgentLink, type AgentReady } from "./agent-link.ts";
import { bootContainer } from "./boot.ts";
import { bootFailure } from "./boot-failures.ts";
import { nodeComponents } from "./components.ts";
import type { ConnectionEvent, ObserverEvent, ProbeResult } from "./messages.ts";
import { NodeHost } from "./node-host.ts";
import { fetchPrograms, mountPrograms, programsFolder } from "./programs.ts";

/** An agent that is not there by then will not come. */
const agentWithin: Milliseconds = 20_000;
const pingEvery: Milliseconds = 1000;
/**
 * So many pings without an answer, and the container is taken to be dead. Counted, because a hidden page's time stands
 * still.
 */
const mostMissed = 12;

/** Opens a Node machine. Rejects with `MachineError`. */
export async function openNodeMachine({ siteRoot, onProgress = () => {}, signal }: OpenOptions): Promise<Machine> {
  onProgress({ step: machineSteps.startingWebContainer, fraction: 0.1 });
  const fetching = fetchPrograms(siteRoot, signal);
  // Heard later, if the boot fails first.
  fetching.catch(() => {});
  const container = await bootContainer(signal);
  try {
    const programs = await fetching;
    signal?.throwIfAborted();
    onProgress({ step: machineSteps.startingNode, fraction: 0.6 });
    await mountPrograms(container, programs);
    const agent = new AgentLink(await container.spawn("node", [`${programsFolder}/agent.cjs`]));
    const ready = await inTime(agent.ready);
    signal?.throwIfAborted();
    onProgress({ step: machineSteps.probing, fraction: 0.8 });
    const probe = probeResult(await agent.call({ task: "probe" }));
    signal?.throwIfAborted();
    onProgress({ step: machineSteps.ready, fraction: 1 });
    return new NodeMachine(container, agent, ready, probe);
  } catch (error) {
    container.teardown();
    if (error instanceof MachineError || signal?.aborted) throw error;
    throw bootFailure("unknown", error instanceof Error ? error.message : String(error));
  }
}

async function inTime(ready: Promise<AgentReady>): Promise<AgentReady> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(bootFailure("unknown", "Node did not start in the container")), agentWithin);
  });
  try {
    return await Promise.race([ready, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What is not said is not there. */
function probeResult(answer: unknown): ProbeResult {
  const said = (word: string) => typeof answer === "object" && answer !== null && Reflect.get(answer, word) === true;
  return { parallelCores: said("parallelCores"), observed: said("observed") };
}

class NodeMachine implements Machine {
  readonly kind = "node";
  readonly capabilities: Capabilities;
  readonly components: readonly Component[];
  readonly crashed: Promise<MachineError>;
  readonly #container: WebContainer;
  readonly #agent: AgentLink;
  readonly #ready: AgentReady;
  readonly #observed: boolean;
  readonly #hosts = new Map<string, Promise<NodeHost>>();
  readonly #openHosts = new Set<NodeHost>();
  /** Whose connection of the agent's it is, by its port. */
  readonly #connections = new Map<number, NodeHost>();
  readonly #crash = Promise.withResolvers<MachineError>();
  readonly #died = Promise.withResolvers<void>();
  readonly #pinging: ReturnType<typeof setInterval>;
  #missed = 0;

  constructor(container: WebContainer, agent: AgentLink, ready: AgentReady, { observed, parallelCores }: ProbeResult) {
    this.#container = container;
    this.#agent = agent;
    this.#ready = ready;
    this.#observed = observed;
    // WebContainer ends processes, and has no way to send them another signal, nor to interrupt a busy one.
    this.capabilities = {
      signals: false,
      connect: false,
      requestEvents: observed,
      parallelCores,
      preemption: false,
      warms: true,
    };
    this.components = nodeComponents(ready.node);
    this.crashed = this.#crash.promise;
    agent.processes.add((news) => this.#onProcessEvent(news));
    agent.connections.add((connections) => this.#onConnectionEvents(connections));
    void agent.ended.then((printed) => this.#die(nodeMachineStrings.agentEnded(printed)));
    this.#pinging = setInterval(() => this.#ping(), pingEvery);
  }

  /** Milliseconds since 1970, as the processes in the container count. */
  now(): Milliseconds {
    return performance.timeOrigin + performance.now();
  }

  host(name: string): Promise<Host> {
    let host = this.#hosts.get(name);
    if (!host) {
      host = this.#openHost(name);
      this.#hosts.set(name, host);
    }
    return host;
  }

  dispose(): void {
    clearInterval(this.#pinging);
    this.#died.resolve();
    for (const host of this.#openHosts) host.dispose();
    try {
      this.#container.teardown();
    } catch {
      // It is down already.
    }
  }

  async #openHost(name: string): Promise<NodeHost> {
    const host = await NodeHost.open({
      name,
      container: this.#container,
      agent: this.#agent,
      agentPort: this.#ready.port,
      observed: this.#observed,
      died: this.#died.promise,
      now: () => this.now(),
    });
    this.#openHosts.add(host);
    return host;
  }

  #onProcessEvent(news: ObserverEvent): void {
    for (const host of this.#openHosts) {
      if (news.news === "started" ? news.host === host.name : host.has(news.pid)) host.onProcessEvent(news);
    }
  }

  /** The agent asks for all hosts: the port that it asked tells for which. */
  #onConnectionEvents(connections: readonly ConnectionEvent[]): void {
    for (const news of connections) {
      if (news.what === "opened") {
        const host = [...this.#openHosts].find(({ ports }) => ports.get().includes(news.port));
        if (host) this.#connections.set(news.from, host);
      }
      this.#connections.get(news.from)?.onConnectionEvents([news]);
      if (news.what === "ended") this.#connections.delete(news.from);
    }
  }

  #ping(): void {
    if (++this.#missed > mostMissed) this.#die(nodeMachineStrings.noAnswer);
    else
      void this.#agent.call({ task: "ping" }).then(
        () => {
          this.#missed = 0;
        },
        () => {},
      );
  }

  #die(what: string): void {
    clearInterval(this.#pinging);
    this.#died.resolve();
    this.#crash.resolve(new MachineError("machine-died", nodeMachineStrings.died(what)));
  }
}
