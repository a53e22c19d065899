import type { Milliseconds, Pid, Port, RequestEvent, RequestOutcome, Tid, Unsubscribe } from "../../../host-types.ts";
import type { KernelClock } from "../clock.ts";
import { AwaitedListeners, type Listener } from "../observable.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Listeners hear of requests at most this often. */
const batchInterval: Milliseconds = 50;
/** They hear of so many at once. */
const largestBatch = 2000;
/** So many wait to be told; of others that begin meanwhile nobody hears. */
const mostWaiting = 20_000;

/** What the requests of one host are told to. */
export class RequestEventLog {
  readonly #listeners = new AwaitedListeners<readonly RequestEvent[]>();
  readonly #changed = new Set<Mutable<RequestEvent>>();
  /** Something is to be told, or being heard. */
  #batchDue = false;
  #lastId = 0;

  /** `answered` is called for each request that a process has answered. */
  constructor(
    private readonly clock: KernelClock,
    private readonly answered: (pid: Pid) => void,
  ) {}

  /** Events come in batches; a request appears again whenever more is known of it. */
  subscribe(listener: Listener<readonly RequestEvent[]>): Unsubscribe {
    return this.#listeners.add(listener);
  }

  /** A request begins now. */
  begin(port: Port, path: string | undefined): Mutable<RequestEvent> {
    this.#lastId += 1;
    const event: Mutable<RequestEvent> = { id: this.#lastId, port, queued: this.clock.now() };
    if (path !== undefined) event.path = path;
    this.note(event);
    return event;
  }

  /** More is known of `event`. */
  note(event: Mutable<RequestEvent>): void {
    if (this.#listeners.size === 0 || this.#changed.size >= mostWaiting) return;
    this.#changed.add(event);
    this.#emitLater();
  }

  /** The request is over. */
  end(event: Mutable<RequestEvent>, outcome: RequestOutcome, at: Milliseconds): void {
    event.end = at;
    event.outcome = outcome;
    this.note(event);
    if (outcome !== "failed" && event.pid !== undefined) this.answered(event.pid);
  }

  now(): Milliseconds {
    return this.clock.now();
  }

  #emitLater(): void {
    if (this.#batchDue || this.#changed.size === 0) return;
    this.#batchDue = true;
    this.clock.after(batchInterval, () => this.#emit());
  }

  #emit(): void {
    const events: RequestEvent[] = [];
    for (const event of this.#changed) {
      if (events.length === largestBatch) break;
      this.#changed.delete(event);
      // A copy, because requests that are not over go on changing.
      events.push({ ...event });
    }
    const next = (): void => {
      this.#batchDue = false;
      this.#emitLater();
    };
    // A page that is busy is not told more before it has heard this.
    const hearing = this.#listeners.emit(events);
    if (hearing === undefined) next();
    else hearing.then(next, next);
  }
}

/** The requests that travel over one connection, one after the other. */
export class ConnectionRequests {
  #current: Mutable<RequestEvent> | undefined;
  #path: string | undefined;
  #label: string | undefined;
  #told = false;
  /** Bytes of the current request have been sent. */
  #asked = false;
  #lastSent: Milliseconds = 0;
  /** Given up by its client, and still in a process's hands. */
  #abandoned: Mutable<RequestEvent> | undefined;
  /** No process has the connection, or will have it. */
  #released = false;

  constructor(
    private readonly log: RequestEventLog,
    private readonly port: Port,
  ) {}

  /** The connection entered a backlog: its first request waits from now on. */
  queued(): void {
    if (this.#current === undefined) this.#begin();
  }

  /** The client says what it asks for. From now on it says itself when a request is over. */
  began(path: string | undefined, label: string | undefined): void {
    this.#told = true;
    this.#path = path;
    this.#label = label;
    if (this.#current === undefined || path === undefined) return;
    this.#current.path = path;
    if (label !== undefined) this.#current.label = label;
    this.log.note(this.#current);
  }

  /** The client sends bytes: the next request of a kept-alive connection, unless one is under way. */
  clientSent(bytes: Uint8Array, established: boolean): void {
    const current = this.#current;
    if (current !== undefined && (this.#told || current.firstByte === undefined)) {
      if (!this.#asked) this.#read(bytes);
      return;
    }
    // A client that tells nothing, and asks again after an answer came, has had its answer.
    if (current !== undefined) this.#end("answered");
    this.#read(bytes);
    if (established) this.#begin();
  }

  /** A process took the connection, or bytes of the request. */
  taken(pid: Pid): void {
    const current = this.#current;
    if (current === undefined || current.accepted !== undefined) return;
    current.accepted = this.log.now();
    current.pid = pid;
    this.log.note(current);
  }

  /** The process that took the connection has closed it, or died. */
  released(): void {
    this.#released = true;
    const abandoned = this.#abandoned;
    if (abandoned === undefined) return;
    this.#abandoned = undefined;
    delete abandoned.held;
    abandoned.released = this.log.now();
    this.log.note(abandoned);
  }

  /** The process that took the connection died before it did anything with it. */
  returned(): void {
    this.released();
    this.#released = false;
    const current = this.#current;
    if (current === undefined) return;
    delete current.accepted;
    delete current.pid;
    this.log.note(current);
  }

  /** A process sends bytes to the client. */
  serverSent(pid: Pid, tid: Tid): void {
    const current = this.#current;
    if (current === undefined) return;
    this.#lastSent = this.log.now();
    if (current.firstByte !== undefined) return;
    current.firstByte = this.#lastSent;
    current.pid = pid;
    current.tid = tid;
    this.log.note(current);
  }

  /** The client has its answer, or gives up. */
  ended(outcome: RequestOutcome): void {
    this.#told = true;
    this.#end(outcome);
  }

  /** The client closed the connection, or could not make it; `broken`: it did not end in peace. */
  closed(broken: boolean): void {
    const answered = !broken && this.#current?.firstByte !== undefined;
    this.#end(answered ? "answered" : "failed");
  }

  /** The first bytes of a request say what it asks for, unless the client has said so. */
  #read(bytes: Uint8Array): void {
    this.#asked = true;
    this.#path ??= requestedPath(bytes);
    if (this.#current === undefined || this.#path === undefined || this.#current.path !== undefined) return;
    this.#current.path = this.#path;
    this.log.note(this.#current);
  }

  #begin(): void {
    this.#current = this.log.begin(this.port, this.#path);
    if (this.#label !== undefined) this.#current.label = this.#label;
  }

  /**
   * An answer was complete when its last byte left, whenever its client says so: who sent it may long be busy with the
   * next.
   */
  #end(outcome: RequestOutcome): void {
    const current = this.#current;
    if (current === undefined) return;
    const complete = outcome !== "failed" && current.firstByte !== undefined;
    this.#current = undefined;
    this.#path = undefined;
    this.#label = undefined;
    this.#asked = false;
    if (outcome === "failed" && current.pid !== undefined && !this.#released) {
      current.held = true;
      this.#abandoned = current;
    }
    this.log.end(current, outcome, complete ? this.#lastSent : this.log.now());
  }
}

/** Longest path that is looked for. */
const longestPath = 1000;
const space = 0x20;
const slash = 0x2f;

/** The second word of an HTTP request's first line; undefined if these bytes do not begin one. */
function requestedPath(bytes: Uint8Array): string | undefined {
  const from = bytes.subarray(0, 10).indexOf(space) + 1;
  if (from === 0 || bytes[from] !== slash) return undefined;
  const length = bytes.subarray(from, from + longestPath).indexOf(space);
  if (length <= 0) return undefined;
  return String.fromCharCode(...bytes.subarray(from, from + length));
}
