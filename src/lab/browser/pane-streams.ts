/** WebSocket and EventSource in a browser pane: what scripts use of them, over the lab instead of the network. */
import type { StreamEvent, StreamRequest } from "./page-service.ts";

/** What the lab does for streams, by the numbers that this page gives them. */
export interface StreamService {
  streamOpen(number: number, request: StreamRequest): void;
  streamNext(number: number): Promise<readonly StreamEvent[]>;
  streamSend(number: number, messages: (string | Uint8Array<ArrayBuffer>)[]): void;
  streamClose(number: number, code: number | undefined, reason: string): void;
}

type Handler = ((event: Event) => unknown) | null;

let lastNumber = 0;

/** What both have: a number, and a loop that asks the lab for what has come. */
abstract class PaneStream extends EventTarget {
  /** Set once, before any page's script runs. */
  static service: StreamService;
  readonly url: string;
  readyState = 0;
  onopen: Handler = null;
  onmessage: Handler = null;
  onerror: Handler = null;
  protected readonly number: number;

  constructor(url: string, request: Omit<StreamRequest, "url">) {
    super();
    this.url = url;
    lastNumber += 1;
    this.number = lastNumber;
    PaneStream.service.streamOpen(this.number, { ...request, url: url.replace(/^ws/, "http") });
    void this.#listen();
  }

  protected abstract hear(event: StreamEvent): void;

  /** As a property's handler and as listeners hear it. */
  protected say(event: Event): void {
    const handler: unknown = Reflect.get(this, `on${event.type}`);
    if (typeof handler === "function") Reflect.apply(handler, this, [event]);
    this.dispatchEvent(event);
  }

  async #listen(): Promise<void> {
    for (;;) {
      const events = await PaneStream.service.streamNext(this.number).catch(() => []);
      for (const event of events) this.hear(event);
      if (events.length === 0 || events.some(({ kind }) => kind === "closed")) return;
    }
  }
}

/** The lab, as streams reach it. */
export function streamsOver(service: StreamService): void {
  PaneStream.service = service;
}

/** A WebSocket to the server that has sent the page. */
export class PaneWebSocket extends PaneStream {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSING = 2;
  readonly CLOSED = 3;
  readonly extensions = "";
  readonly bufferedAmount = 0;
  protocol = "";
  binaryType: BinaryType = "blob";
  onclose: Handler = null;
  /** What was sent in this turn, and goes in one message. */
  #outbox: Promise<string | Uint8Array<ArrayBuffer>>[] = [];

  constructor(address: string | URL, protocols: string | readonly string[] = []) {
    const url = URL.parse(address, document.baseURI);
    if (url !== null) url.protocol = url.protocol.replace("http", "ws");
    if (url === null || !/^wss?:$/.test(url.protocol)) {
      throw new DOMException(`The URL '${address}' is invalid.`, "SyntaxError");
    }
    super(url.href, { kind: "socket", protocols: typeof protocols === "string" ? [protocols] : [...protocols] });
  }

  send(data: string | BufferSource | Blob): void {
    if (this.readyState === 0) throw new DOMException("Still in CONNECTING state.", "InvalidStateError");
    if (this.readyState !== 1) return;
    if (this.#outbox.length === 0) queueMicrotask(() => void this.#flush());
    this.#outbox.push(Promise.resolve(typeof data === "string" ? data : bytesOf(data)));
  }

  close(code?: number, reason = ""): void {
    if (code !== undefined && code !== 1000 && !(code >= 3000 && code <= 4999)) {
      throw new DOMException(`The close code must be 1000 or from 3000 to 4999: ${code}`, "InvalidAccessError");
    }
    if (this.readyState >= 2) return;
    this.readyState = 2;
    void this.#flush().then(() => PaneStream.service.streamClose(this.number, code, reason));
  }

  protected override hear(event: StreamEvent): void {
    if (event.kind === "open") {
      this.readyState = 1;
      this.protocol = event.protocol;
      this.say(new Event("open"));
    } else if (event.kind === "text") this.say(new MessageEvent("message", { data: event.data, origin: this.url }));
    else if (event.kind === "bytes") {
      const data = this.binaryType === "arraybuffer" ? event.data.buffer : new Blob([event.data]);
      this.say(new MessageEvent("message", { data, origin: this.url }));
    } else if (event.kind === "closed") {
      this.readyState = 3;
      if (!event.clean) this.say(new Event("error"));
      const { code, reason, clean } = event;
      this.say(new CloseEvent("close", { code, reason, wasClean: clean }));
    }
  }

  async #flush(): Promise<void> {
    const messages = await Promise.all(this.#outbox.splice(0));
    if (messages.length > 0) PaneStream.service.streamSend(this.number, messages);
  }
}

async function bytesOf(data: BufferSource | Blob): Promise<Uint8Array<ArrayBuffer>> {
  if (data instanceof Blob) return new Uint8Array(await data.arrayBuffer());
  if (ArrayBuffer.isView(data)) return Uint8Array.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return new Uint8Array(data.slice(0));
}

/** Events of the server that has sent the page. */
export class PaneEventSource extends PaneStream {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSED = 2;
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSED = 2;
  readonly withCredentials = false;

  constructor(address: string | URL) {
    const url = URL.parse(address, document.baseURI);
    if (url === null) throw new DOMException(`The URL '${address}' is invalid.`, "SyntaxError");
    super(url.href, { kind: "events", protocols: [] });
  }

  close(): void {
    if (this.readyState === 2) return;
    this.readyState = 2;
    PaneStream.service.streamClose(this.number, undefined, "");
  }

  protected override hear(event: StreamEvent): void {
    if (this.readyState === 2) return;
    if (event.kind === "open") {
      this.readyState = 1;
      this.say(new Event("open"));
    } else if (event.kind === "event") {
      const { type, data, id } = event;
      this.say(new MessageEvent(type, { data, lastEventId: id, origin: new URL(this.url).origin }));
    } else if (event.kind === "lost" || event.kind === "closed") {
      this.readyState = event.kind === "lost" ? 0 : 2;
      this.say(new Event("error"));
    }
  }
}
