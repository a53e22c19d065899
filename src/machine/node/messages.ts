/**
 * What the page and its programs in the container say to each other: one JSON object a line.
 *
 * The page writes `AgentCall`s to the agent's input and reads `AgentMessage`s from its output. Observers, which are
 * loaded into every Node process that a host starts, send `ObserverEvent`s to the agent over TCP.
 */
import type { LoadReport, LoadTick } from "../../load/plan.ts";
import type { Milliseconds, Pid, Port } from "../machine.ts";

/** An HTTP request, its body in base64. */
export interface WireRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  readonly timeout?: Milliseconds;
}

/** An HTTP response, its body in base64. */
export interface WireResponse {
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** What the page asks of the agent. */
export type AgentTask =
  | { readonly task: "ping" }
  | { readonly task: "request"; readonly port: Port; readonly request: WireRequest }
  /** Ends a process. The answer is whether it is gone. */
  | { readonly task: "end"; readonly pid: Pid; readonly signal: "SIGTERM" | "SIGINT" | "SIGKILL" }
  /** Tests what cannot be known from outside. */
  | { readonly task: "probe" };

/** A task with the number that its answer bears. */
export type AgentCall = AgentTask & { readonly call: number };

/** Why a task failed, so that the page can throw the same error. */
export type AgentFailure =
  | { readonly kind: "connection"; readonly failure: "refused" | "reset" | "timed out"; readonly port: Port }
  | { readonly kind: "other"; readonly message: string };

/** What the probe found. */
export interface ProbeResult {
  /** Two busy processes take about as long as one. */
  readonly parallelCores: boolean;
  /** A process started with an observer reports itself. */
  readonly observed: boolean;
}

/** A moment in the life of a request, as its server saw it. Moments are milliseconds since 1970. */
export type ServerRequestEvent =
  | {
      readonly what: "accepted";
      /** Unique within the process. */
      readonly request: number;
      readonly port: Port;
      /** The client's port: it tells which connection this was. */
      readonly from: Port;
      readonly path: string;
      readonly at: Milliseconds;
    }
  /** The first part of an answer that is sent in parts has left. Others have one moment: their end. */
  | { readonly what: "answering"; readonly request: number; readonly at: Milliseconds }
  | { readonly what: "ended"; readonly request: number; readonly at: Milliseconds; readonly answered: boolean }
  /** A connection went on to another process. */
  | { readonly what: "relayed"; readonly from: Port; readonly at: Milliseconds };

/** What an observer says of its process. */
export type ObserverEvent =
  | {
      readonly news: "started";
      readonly pid: Pid;
      /** 0 if a host started it. */
      readonly parent: Pid;
      readonly host: string;
      /** Which `spawn` of the host it belongs to. */
      readonly spawn: number;
      readonly title: string;
      readonly at: Milliseconds;
    }
  | { readonly news: "listening"; readonly pid: Pid; readonly port: Port }
  | { readonly news: "closed"; readonly pid: Pid; readonly port: Port }
  | { readonly news: "requests"; readonly pid: Pid; readonly requests: readonly ServerRequestEvent[] }
  /** Sent by the agent when the observer's connection ended. */
  | { readonly news: "gone"; readonly pid: Pid };

/** A connection of the agent or of a load test to a server under test. */
export type ConnectionEvent =
  | { readonly what: "opened"; readonly port: Port; readonly from: Port; readonly at: Milliseconds }
  | { readonly what: "ended"; readonly from: Port; readonly at: Milliseconds };

/** What the agent says to the page. */
export type AgentMessage =
  /** It listens for observers on this port. */
  | { readonly agent: "ready"; readonly port: Port; readonly node: string }
  | { readonly agent: "answer"; readonly call: number; readonly value: unknown }
  | { readonly agent: "failure"; readonly call: number; readonly failure: AgentFailure }
  | { readonly agent: "process"; readonly news: ObserverEvent }
  | { readonly agent: "connections"; readonly connections: readonly ConnectionEvent[] };

/** What a load test in the container says to the page. */
export type LoadMessage =
  | { readonly load: "tick"; readonly tick: LoadTick }
  | { readonly load: "report"; readonly report: LoadReport }
  | { readonly load: "refused"; readonly reason: string }
  | { readonly load: "connections"; readonly connections: readonly ConnectionEvent[] };

/** Names of the variables that tell an observer where it belongs. */
export const observerVariables = {
  /** The agent's port. */
  agent: "TWO_SERVERS_AGENT",
  host: "TWO_SERVERS_HOST",
  spawn: "TWO_SERVERS_SPAWN",
  /** Pid of the nearest observed process above. */
  parent: "TWO_SERVERS_PARENT",
} as const;

/** The programs that the page brings into the container, by file name. */
export type ContainerPrograms = Readonly<Record<`${"agent" | "checks" | "load" | "observer" | "probe"}.cjs`, string>>;
