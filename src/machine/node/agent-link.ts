/** The page's line to the agent in the container. */
import type { WebContainerProcess } from "@webcontainer/api";
import { ConnectionError, type Port } from "../machine.ts";
import { Listeners } from "../observable-value.ts";
import { inputOf, readOutput } from "./container-output.ts";
import { LineReader, toLine } from "./json-lines.ts";
import type { AgentFailure, AgentMessage, AgentTask, ConnectionEvent, ObserverEvent } from "./messages.ts";

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** The port for observers, and the version of Node. */
export interface AgentReady {
  readonly port: Port;
  readonly node: string;
}

/** Calls to the agent, and what it tells unasked. */
export class AgentLink {
  readonly processes = new Listeners<ObserverEvent>();
  readonly connections = new Listeners<readonly ConnectionEvent[]>();
  /** Resolves with what the agent printed last, when it has ended. */
  readonly ended: Promise<string>;
  readonly #ready = Promise.withResolvers<AgentReady>();
  readonly #waiting = new Map<number, Waiting>();
  readonly #write: (text: string) => void;
  #calls = 0;
  #printed = "";

  constructor(process: WebContainerProcess) {
    this.#write = inputOf(process);
    const reader = new LineReader(
      (message) => {
        if (isAgentMessage(message)) this.#onMessage(message);
      },
      (line) => {
        this.#printed = line;
      },
    );
    void readOutput(process, (text) => reader.push(text));
    this.ended = process.exit.then(
      (code) => this.#end(code),
      () => this.#end(undefined),
    );
  }

  /** What it says when it listens. Rejects if the agent ends before it listens. */
  get ready(): Promise<AgentReady> {
    return this.#ready.promise;
  }

  /** Rejects with what went wrong there, or when the agent ends. */
  call(task: AgentTask): Promise<unknown> {
    const call = ++this.#calls;
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, { resolve, reject });
      this.#write(toLine({ ...task, call }));
    });
  }

  #onMessage(message: AgentMessage): void {
    switch (message.agent) {
      case "ready":
        this.#ready.resolve(message);
        break;
      case "answer":
        this.#answer(message.call)?.resolve(message.value);
        break;
      case "failure":
        this.#answer(message.call)?.reject(errorOf(message.failure));
        break;
      case "process":
        this.processes.emit(message.news);
        break;
      case "connections":
        this.connections.emit(message.connections);
        break;
    }
  }

  #answer(call: number): Waiting | undefined {
    const waiting = this.#waiting.get(call);
    this.#waiting.delete(call);
    return waiting;
  }

  #end(code: number | undefined): string {
    const error = new Error(`The agent in the container ended${code === undefined ? "" : ` with code ${code}`}`);
    this.#ready.promise.catch(() => {});
    this.#ready.reject(error);
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    return this.#printed;
  }
}

/** The agent is our own: that it says something is enough to believe what. */
function isAgentMessage(message: unknown): message is AgentMessage {
  return typeof message === "object" && message !== null && "agent" in message;
}

function errorOf(failure: AgentFailure): Error {
  if (failure.kind === "connection") return new ConnectionError(failure.failure, failure.port);
  return new Error(failure.message);
}
