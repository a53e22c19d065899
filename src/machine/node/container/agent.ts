/**
 * The page's hand in the container: one Node process that hears from the observers, sends single requests, and ends
 * processes. Speaks JSON lines on its input and output.
 */
import { fork } from "node:child_process";
import { createServer } from "node:net";
import { HttpClient } from "../../../http/http-client.ts";
import { ConnectionError, type HttpResponse, type Milliseconds, type Pid, type Port } from "../../machine.ts";
import { LineReader } from "../json-lines.ts";
import {
  type AgentCall,
  type AgentFailure,
  type AgentMessage,
  type AgentTask,
  type ConnectionEvent,
  type ObserverEvent,
  observerVariables,
  type ProbeResult,
  type WireRequest,
  type WireResponse,
} from "../messages.ts";
import { nodeClock } from "./node-clock.ts";
import { connectTcp } from "./tcp-connection.ts";
import { Batch, tell } from "./tell.ts";

/** A process that lives so long after it was told to end cannot be ended. */
const endsWithin: Milliseconds = 2000;
const probeWithin: Milliseconds = 8000;
const batchEvery: Milliseconds = 25;
/** About 50 ms of work on a computer of 2026. */
const probeRounds = 20_000_000;

const send = (message: AgentMessage) => tell(process.stdout, message);
const connections = new Batch<ConnectionEvent>((list) => send({ agent: "connections", connections: list }), batchEvery);
const http = new HttpClient((port) => connectTcp(port, (news) => connections.add(news)), nodeClock);

/** Processes with an observer, and who waits for their end. */
const observed = new Map<Pid, Set<() => void>>();

function listenForObservers(): Promise<Port> {
  const server = createServer((socket) => {
    let pid: Pid | undefined;
    const reader = new LineReader((message) => {
      if (!isObserverEvent(message)) return;
      if (message.news === "started") {
        pid = message.pid;
        observed.set(pid, new Set());
      }
      send({ agent: "process", news: message });
    });
    socket.setEncoding("utf8");
    socket.on("data", (text: string) => reader.push(text));
    socket.on("error", () => {});
    socket.on("close", () => {
      if (pid === undefined) return;
      const waiting = observed.get(pid) ?? [];
      observed.delete(pid);
      send({ agent: "process", news: { news: "gone", pid } });
      for (const hear of waiting) hear();
    });
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address !== null && typeof address === "object") resolve(address.port);
    });
  });
}

function isObserverEvent(message: unknown): message is ObserverEvent {
  return typeof message === "object" && message !== null && "news" in message && "pid" in message;
}

function isCall(message: unknown): message is AgentCall {
  return typeof message === "object" && message !== null && "task" in message && "call" in message;
}

async function perform(task: AgentTask, agentPort: Port): Promise<unknown> {
  switch (task.task) {
    case "ping":
      return true;
    case "request":
      return toWire(await http.request(task.port, fromWire(task.request)));
    case "end":
      return end(task.pid, task.signal);
    case "probe":
      return probe(agentPort);
  }
}

function fromWire({ body, ...request }: WireRequest) {
  return { ...request, ...(body !== undefined && { body: Buffer.from(body, "base64") }) };
}

function toWire({ body, ...response }: HttpResponse): WireResponse {
  return { ...response, body: Buffer.from(body).toString("base64") };
}

/** Whether the process is gone. Throws what the system says, e.g. that there is none. */
function end(pid: Pid, signal: NodeJS.Signals): Promise<boolean> {
  return new Promise((resolve) => {
    const waiting = observed.get(pid);
    process.kill(pid, signal);
    if (!waiting) {
      resolve(true);
      return;
    }
    const late = setTimeout(() => resolve(false), endsWithin);
    waiting.add(() => {
      clearTimeout(late);
      resolve(true);
    });
  });
}

/** A child that works when it is asked to. */
function startProbe(agentPort: Port) {
  const child = fork(require.resolve("./probe.cjs"), [], {
    execArgv: ["--require", require.resolve("./observer.cjs")],
    env: { ...process.env, [observerVariables.agent]: String(agentPort), [observerVariables.host]: "" },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const heard = (word: string) =>
    new Promise<number>((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", () => reject(new Error("The probe ended")));
      child.on("message", (message) => {
        if (typeof message === "object" && message !== null && word in message)
          resolve(Number(Reflect.get(message, word)));
      });
    });
  return {
    pid: child.pid,
    ready: heard("ready"),
    work: () => {
      const took = heard("took");
      child.send(probeRounds);
      return took;
    },
    end: () => child.kill("SIGKILL"),
  };
}

async function probe(agentPort: Port): Promise<ProbeResult> {
  const probes = [startProbe(agentPort), startProbe(agentPort)] as const;
  const [one, other] = probes;
  const test = async (): Promise<ProbeResult> => {
    await Promise.all([one.ready, other.ready]);
    // Twice, because the first round is compiled on the way.
    await one.work();
    await other.work();
    const alone = await one.work();
    const together = Math.max(...(await Promise.all([one.work(), other.work()])));
    return { parallelCores: together < 1.6 * alone, observed: one.pid !== undefined && observed.has(one.pid) };
  };
  const late = new Promise<ProbeResult>((resolve) => {
    setTimeout(() => resolve({ parallelCores: false, observed: false }), probeWithin).unref();
  });
  try {
    return await Promise.race([test(), late]);
  } catch {
    return { parallelCores: false, observed: false };
  } finally {
    for (const { end } of probes) end();
  }
}

function failureOf(error: unknown): AgentFailure {
  if (error instanceof ConnectionError) return { kind: "connection", failure: error.failure, port: error.port };
  return { kind: "other", message: error instanceof Error ? error.message : String(error) };
}

async function main(): Promise<void> {
  const agentPort = await listenForObservers();
  const reader = new LineReader((message) => {
    if (!isCall(message)) return;
    const { call } = message;
    perform(message, agentPort).then(
      (value) => send({ agent: "answer", call, value }),
      (error: unknown) => send({ agent: "failure", call, failure: failureOf(error) }),
    );
  });
  // A terminal would wait for whole lines of limited length, and echo them.
  if (process.stdin.isTTY) process.stdin.setRawMode(true);
  process.stdin.setEncoding("utf8");
  process.stdin.on("data", (text: string) => reader.push(text));
  process.stdin.on("end", () => process.exit(0));
  send({ agent: "ready", port: agentPort, node: process.versions.node });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
