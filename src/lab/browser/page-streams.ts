/** Connections that a page in the pane keeps open: WebSockets and EventSources, to the server that has sent the page. */
import { EventStreamReader } from "../../http/event-stream.ts";
import { HttpError } from "../../http/http-error.ts";
import { defaultResponseLimits, ResponseParser } from "../../http/response-parser.ts";
import { serialiseRequest } from "../../http/serialise-request.ts";
import { WebSocketClient } from "../../http/web-socket.ts";
import { type Connection, ConnectionError, type Port } from "../../machine/machine.ts";
import type { StreamEvent, StreamRequest } from "./page-service.ts";

/** What the streams of a page stand on. */
export interface PageStreamsParts {
  connect(port: Port): Promise<Connection>;
  /** Headers that a browser would send along: who asks, and its cookies. */
  headers(url: URL): Promise<readonly (readonly [name: string, value: string])[]>;
  /** The reader is told what this kind of machine does not have. */
  missing(what: "WebSocket" | "EventSource", url: string): void;
  /** The page's own origin. */
  readonly origin: string;
}

/** So many at once; a browser has about as many WebSockets to one host. */
const mostStreams = 200;
/** What waits for a page that does not fetch it: more ends the stream. In characters and bytes. */
const mostWaiting = 16 * 1024 * 1024;
/** What browsers wait before they ask for events again, in milliseconds. */
const retryAfter = 3000;

/** The streams of the page that is shown. Numbers are the page's. */
export class PageStreams {
  readonly #streams = new Map<number, Stream>();

  constructor(private readonly parts: PageStreamsParts) {}

  /** Opens one; a number that is in use, or one too many, is closed at once. */
  open(number: number, request: StreamRequest): void {
    if (this.#streams.has(number)) return;
    const stream = new Stream();
    this.#streams.set(number, stream);
    const url = URL.parse(request.url);
    // A browser reaches others, too; this computer has nobody else.
    const isOwn = url !== null && `http://${url.host}` === this.parts.origin;
    if (!isOwn || this.#streams.size > mostStreams) {
      stream.tell({ kind: "closed", code: 1006, reason: "", clean: false });
      return;
    }
    const opened = request.kind === "socket" ? this.#socket(stream, url, request.protocols) : this.#events(stream, url);
    opened.catch((error: unknown) => {
      // A machine without connections refuses in another way than a port where nobody listens.
      if (!(error instanceof ConnectionError)) {
        this.parts.missing(request.kind === "socket" ? "WebSocket" : "EventSource", request.url);
      }
      stream.tell({ kind: "closed", code: request.kind === "socket" ? 1006 : 0, reason: "", clean: false });
    });
  }

  /** What has come since this was asked last, as soon as something has; of a stream that is over, nothing. */
  async next(number: number): Promise<StreamEvent[]> {
    const stream = this.#streams.get(number);
    if (stream === undefined) return [];
    const events = await stream.next();
    if (events.some(({ kind }) => kind === "closed")) this.#streams.delete(number);
    return events;
  }

  send(number: number, messages: readonly (string | Uint8Array)[]): void {
    for (const message of messages) this.#streams.get(number)?.socket?.send(message);
  }

  close(number: number, code: number | undefined, reason: string): void {
    const stream = this.#streams.get(number);
    if (stream?.socket !== undefined) stream.socket.close(code, reason);
    else stream?.drop();
    if (stream?.socket === undefined) this.#streams.delete(number);
  }

  /** The page is gone. */
  dropAll(): void {
    for (const stream of this.#streams.values()) stream.drop();
    this.#streams.clear();
  }

  async #socket(stream: Stream, url: URL, protocols: readonly string[]): Promise<void> {
    const headers = await this.parts.headers(url);
    const connection = await this.parts.connect(Number(url.port || 80));
    if (stream.over) {
      connection.close();
      return;
    }
    const target = { path: url.pathname + url.search, host: url.host, protocols, headers };
    stream.socket = WebSocketClient.open(connection, target, {
      opened: (protocol) => stream.tell({ kind: "open", protocol }),
      message: (data) => stream.tell(typeof data === "string" ? { kind: "text", data } : { kind: "bytes", data }),
      closed: (code, reason, clean) => stream.tell({ kind: "closed", code, reason, clean }),
    });
  }

  /** Asks again and again, as browsers do, until the server says that there is nothing. */
  async #events(stream: Stream, url: URL): Promise<void> {
    const reader = new EventStreamReader(mostWaiting);
    for (;;) {
      const answered = await this.#listen(stream, url, reader).catch((error: unknown) => {
        if (error instanceof ConnectionError || error instanceof HttpError) return "lost" as const;
        throw error;
      });
      if (stream.over) return;
      if (answered === "refused") {
        stream.tell({ kind: "closed", code: 0, reason: "", clean: false });
        return;
      }
      stream.tell({ kind: "lost" });
      await stream.pause(reader.retry ?? retryAfter);
      if (stream.over) return;
    }
  }

  async #listen(stream: Stream, url: URL, reader: EventStreamReader): Promise<"refused" | "lost"> {
    const given = await this.parts.headers(url);
    const connection = await this.parts.connect(Number(url.port || 80));
    stream.connection = connection;
    if (stream.over) {
      connection.close();
      return "lost";
    }
    const headers = [
      ["Accept", "text/event-stream"],
      ["Cache-Control", "no-cache"],
      ...(reader.lastId === "" ? [] : [["Last-Event-ID", reader.lastId] as const]),
      ...given,
    ] as const;
    const request = { method: "GET", path: url.pathname + url.search, headers };
    await connection.write(serialiseRequest(request, { host: url.host, keepAlive: true }));
    const parser = new ResponseParser("GET", { limits: { ...defaultResponseLimits, body: Number.POSITIVE_INFINITY } });
    let isOpen = false;
    for (let bytes = await connection.read(); bytes !== null; bytes = await connection.read()) {
      parser.push(bytes);
      const { head } = parser;
      if (head !== undefined && !isOpen) {
        const type = head.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
        if (head.status !== 200 || !/^text\/event-stream\b/i.test(type)) {
          connection.close();
          return "refused";
        }
        isOpen = true;
        stream.tell({ kind: "open", protocol: "" });
      }
      for (const event of reader.push(parser.takeBody())) stream.tell({ kind: "event", ...event });
      if (parser.complete || stream.over) break;
    }
    connection.close();
    return "lost";
  }
}

/** One stream: what has come and waits for the page. */
class Stream {
  socket: WebSocketClient | undefined;
  connection: Connection | undefined;
  over = false;
  #events: StreamEvent[] = [];
  #size = 0;
  #asked: PromiseWithResolvers<void> | undefined;
  #pause: (() => void) | undefined;

  tell(event: StreamEvent): void {
    if (this.over) return;
    this.#size += "data" in event ? event.data.length : 0;
    this.#events.push(event);
    if (event.kind === "closed") this.over = true;
    else if (this.#size > mostWaiting) {
      this.drop();
      this.#events = [{ kind: "closed", code: 1006, reason: "", clean: false }];
    }
    this.#asked?.resolve();
  }

  async next(): Promise<StreamEvent[]> {
    if (this.#events.length === 0 && !this.over) {
      this.#asked ??= Promise.withResolvers();
      await this.#asked.promise;
      this.#asked = undefined;
    }
    this.#size = 0;
    return this.#events.splice(0, mostAtOnce);
  }

  /** Waits, unless it is over before. */
  pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#pause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  drop(): void {
    this.over = true;
    this.socket?.drop();
    this.connection?.close();
    this.#pause?.();
    this.#asked?.resolve();
  }
}

/** So many events cross at once. */
const mostAtOnce = 500;
