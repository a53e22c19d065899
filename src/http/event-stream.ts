/** Events that a server sends, as text: the HTML standard, section 9.2.6. */

/** One event. */
export interface SentEvent {
  readonly type: string;
  readonly data: string;
  /** The last one that the server has given. */
  readonly id: string;
}

/** Reads a stream of events, however it is cut. */
export class EventStreamReader {
  readonly #decoder = new TextDecoder();
  #rest = "";
  #data: string[] = [];
  #type = "";
  /** For `Last-Event-ID` of the next request. */
  lastId = "";
  /** How long to wait before the next request, in milliseconds; undefined until the server has said so. */
  retry: number | undefined;
  #length = 0;

  /** `longest`: characters of an event. */
  constructor(private readonly longest: number) {}

  /** The events that are whole with these bytes. Throws `RangeError` where one is too long. */
  push(bytes: Uint8Array): SentEvent[] {
    this.#rest += this.#decoder.decode(bytes, { stream: true });
    const events: SentEvent[] = [];
    // A carriage return at the end may be the first half of a line's end.
    for (let end = this.#endOfLine(); end !== undefined; end = this.#endOfLine()) {
      const line = this.#rest.slice(0, end.at);
      this.#rest = this.#rest.slice(end.next);
      const event = this.#read(line);
      if (event !== undefined) events.push(event);
    }
    if (this.#rest.length + this.#length > this.longest) throw new RangeError("An event is too long");
    return events;
  }

  #endOfLine(): { at: number; next: number } | undefined {
    const at = this.#rest.search(/[\r\n]/);
    if (at < 0) return undefined;
    if (this.#rest[at] === "\n") return { at, next: at + 1 };
    if (at === this.#rest.length - 1) return undefined;
    return { at, next: this.#rest[at + 1] === "\n" ? at + 2 : at + 1 };
  }

  #read(line: string): SentEvent | undefined {
    if (line === "") return this.#dispatch();
    const colon = line.indexOf(":");
    if (colon === 0) return undefined;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    this.#length += value.length;
    if (field === "data") this.#data.push(value);
    else if (field === "event") this.#type = value;
    else if (field === "id" && !value.includes("\0")) this.lastId = value;
    else if (field === "retry" && /^\d+$/.test(value)) this.retry = Number(value);
    return undefined;
  }

  #dispatch(): SentEvent | undefined {
    const event = { type: this.#type || "message", data: this.#data.join("\n"), id: this.lastId };
    const isEmpty = this.#data.length === 0;
    this.#data = [];
    this.#type = "";
    this.#length = 0;
    return isEmpty ? undefined : event;
  }
}
