/**
 * Puts together the two views of a request: the client's, who opened a connection, and the server's, which took a
 * request from it. They meet in the client's port. What the server's kernel would call the backlog is the time between.
 */
import type { Milliseconds, Pid, Port, RequestEvent } from "../machine.ts";
import type { ConnectionEvent, ServerRequestEvent } from "./messages.ts";

interface Open {
  readonly id: number;
  readonly port: Port;
  readonly queued: Milliseconds;
  accepted: boolean;
}

/** A server's news may overtake the client's: so many milliseconds one waits for the other. */
const patience: Milliseconds = 150;

/** The request events of one host. */
export class RequestTrace {
  /** Connections that no server has taken yet, by the client's port. */
  readonly #connections = new Map<Port, Open>();
  /** Requests under way, by process and number. */
  readonly #requests = new Map<string, RequestEvent>();
  /** Server's news that came before the client's. */
  readonly #early = new Map<Port, () => void>();
  /** First bytes and ends that came while their beginning waited for the client's news. */
  readonly #lateFirstBytes = new Map<string, Milliseconds>();
  readonly #lateEnds = new Map<string, { at: Milliseconds; answered: boolean }>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #lastId = 0;
  #events: RequestEvent[] = [];
  #scheduled = false;

  constructor(private readonly onEvents: (events: readonly RequestEvent[]) => void) {}

  /** What a client says of its connections. */
  onClientEvents(connections: readonly ConnectionEvent[]): void {
    for (const news of connections) {
      if (news.what === "opened") this.#opened(news.from, news.port, news.at);
      else this.#clientLeft(news.from, news.at);
    }
  }

  /** What a process says of its requests. */
  onServerEvents(pid: Pid, requests: readonly ServerRequestEvent[]): void {
    for (const news of requests) {
      if (news.what === "accepted") {
        this.#whenKnown(news.from, (connection) => this.#accepted(pid, news, connection));
      } else if (news.what === "relayed") {
        this.#whenKnown(news.from, (connection) => {
          if (connection) this.#relayed(pid, connection, news.at);
        });
      } else if (news.what === "answering") {
        this.#answering(`${pid} ${news.request}`, news.at);
      } else {
        this.#ended(`${pid} ${news.request}`, news.at, news.answered);
      }
    }
  }

  /** A process is gone: what it was answering has failed. */
  processEnded(pid: Pid, at: Milliseconds): void {
    for (const key of [...this.#requests.keys()]) {
      if (key.startsWith(`${pid} `)) this.#ended(key, at, false);
    }
  }

  dispose(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#early.clear();
  }

  #opened(from: Port, port: Port, queued: Milliseconds): void {
    const connection = { id: ++this.#lastId, port, queued, accepted: false };
    this.#connections.set(from, connection);
    const early = this.#early.get(from);
    if (early) early();
    else this.#emit({ id: connection.id, port, queued });
  }

  #whenKnown(from: Port, act: (connection: Open | undefined) => void): void {
    const connection = this.#connections.get(from);
    if (connection) {
      act(connection);
      return;
    }
    const once = () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
      this.#early.delete(from);
      act(this.#connections.get(from));
    };
    const timer = setTimeout(once, patience);
    this.#timers.add(timer);
    this.#early.set(from, once);
  }

  #accepted(
    pid: Pid,
    { request, port, path, at }: Extract<ServerRequestEvent, { what: "accepted" }>,
    connection: Open | undefined,
  ): void {
    // Further requests on a kept connection were queued when they came.
    const first = connection?.accepted === false ? connection : undefined;
    if (first) first.accepted = true;
    const event: RequestEvent = {
      id: first?.id ?? ++this.#lastId,
      port: first?.port ?? port,
      path,
      pid,
      queued: Math.min(first?.queued ?? at, at),
      accepted: at,
    };
    this.#requests.set(`${pid} ${request}`, event);
    this.#emit(event);
    const key = `${pid} ${request}`;
    const firstByte = this.#lateFirstBytes.get(key);
    if (firstByte !== undefined) this.#answering(key, firstByte);
    const late = this.#lateEnds.get(key);
    if (late) this.#ended(key, late.at, late.answered);
  }

  #relayed(pid: Pid, connection: Open, at: Milliseconds): void {
    if (connection.accepted) return;
    connection.accepted = true;
    const { id, port, queued } = connection;
    this.#emit({ id, port, queued, pid, accepted: at, end: at, outcome: "answered" });
  }

  #answering(key: string, firstByte: Milliseconds): void {
    const event = this.#requests.get(key);
    if (!event) {
      this.#lateFirstBytes.set(key, firstByte);
      return;
    }
    this.#lateFirstBytes.delete(key);
    this.#requests.set(key, { ...event, firstByte });
    this.#emit({ ...event, firstByte });
  }

  #ended(key: string, at: Milliseconds, answered: boolean): void {
    const event = this.#requests.get(key);
    if (!event) {
      this.#lateEnds.set(key, { at, answered });
      return;
    }
    this.#lateEnds.delete(key);
    this.#requests.delete(key);
    this.#emit({ ...event, end: at, outcome: answered ? "answered" : "failed" });
  }

  #clientLeft(from: Port, at: Milliseconds): void {
    const connection = this.#connections.get(from);
    if (!connection) return;
    const forget = () => {
      if (this.#connections.get(from) === connection) this.#connections.delete(from);
      // Nobody ever took it.
      if (!connection.accepted) {
        this.#emit({ id: connection.id, port: connection.port, queued: connection.queued, end: at, outcome: "failed" });
      }
    };
    if (connection.accepted) {
      forget();
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      forget();
    }, patience);
    this.#timers.add(timer);
  }

  /** Events of one turn are told together. */
  #emit(event: RequestEvent): void {
    this.#events.push(event);
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      const events = this.#events;
      this.#events = [];
      this.onEvents(events);
    });
  }
}
