import type { HttpResponse } from "../machine/machine.ts";
import { HttpError } from "./http-error.ts";

/** How much of an answer is accepted. */
export interface ResponseLimits {
  /** Bytes of status line and headers, those of interim answers and trailers included. */
  readonly head: number;
  readonly headers: number;
  /** Bytes. */
  readonly body: number;
}

/** Limits far above what a lab's servers send: 64 KiB of head, 256 headers, 64 MiB of body. */
export const defaultResponseLimits: ResponseLimits = { head: 65_536, headers: 256, body: 67_108_864 };

type Header = readonly [name: string, value: string];
type State =
  | "status"
  | "headers"
  | "body"
  | "chunk size"
  | "chunk"
  | "chunk end"
  | "trailers"
  | "until close"
  | "complete";

const statusLine = /^(HTTP\/1\.[01]) ([1-9]\d\d)(?: (.*))?$/;
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const chunkSize = /^([0-9A-Fa-f]{1,13})[ \t]*(?:;.*)?$/;
const forbidden = /[\0\r\n]/;
const lineFeed = 10;

/**
 * Reads one HTTP/1.x response from a byte stream, however its bytes are cut into chunks (RFC 9112).
 *
 * Our own, because what npm has for this is http-parser-js and a fork of it: Node's internal interface, needing
 * Node's buffers or a further package, and lenient by design where we have to tell an answer from garbage.
 *
 * Lenient in what real servers and clients agree on: bare line feeds end a line, a folded header is joined by a
 * space. Interim answers (1xx) are skipped, trailers are checked and dropped, content codings stay as they are.
 */
export class ResponseParser {
  readonly #method: string;
  readonly #keepBody: boolean;
  readonly #limits: ResponseLimits;
  #state: State = "status";
  /** The beginning of a line whose end has not come. */
  #partial = "";
  #offset = 0;
  /** Since the beginning, or since the last chunk. */
  #headBytes = 0;
  #headComplete = false;
  #version = "";
  #status = 0;
  #reason = "";
  #headers: [name: string, value: string][] = [];
  #trailers: [name: string, value: string][] = [];
  #body: Uint8Array[] = [];
  #bodyBytes = 0;
  /** Bytes that the body or the chunk still lacks. */
  #lacking = 0;
  #persistent = false;
  #surplus = false;
  #received = 0;

  /**
   * `method` is that of the request: an answer to HEAD has no body. Without `keepBody` the body is read and forgotten.
   */
  constructor(method: string, { keepBody = true, limits = defaultResponseLimits } = {}) {
    this.#method = method;
    this.#keepBody = keepBody;
    this.#limits = limits;
  }

  /** Status line and headers, once they are all there. */
  get head(): Omit<HttpResponse, "body"> | undefined {
    if (!this.#headComplete) return undefined;
    return { version: this.#version, status: this.#status, reason: this.#reason, headers: this.#headers };
  }

  /** The bytes of the body that have come since this was last asked; `response` has no more than the rest. */
  takeBody(): Uint8Array {
    const bytes = concatenated(this.#body);
    this.#body = [];
    return bytes;
  }

  get complete(): boolean {
    return this.#state === "complete";
  }

  /** Bytes that have come so far. */
  get received(): number {
    return this.#received;
  }

  /** Whether the connection can carry a further request: known once the response is complete. */
  get persistent(): boolean {
    return this.complete && this.#persistent && !this.#surplus;
  }

  /** Takes the next bytes; true when the response is complete. Throws `HttpError` (`malformed`, `too large`). */
  push(bytes: Uint8Array): boolean {
    this.#received += bytes.length;
    this.#offset = 0;
    while (this.#offset < bytes.length && this.#state !== "complete") this.#advance(bytes);
    if (this.#offset < bytes.length) this.#surplus = true;
    return this.complete;
  }

  /** The other end has sent its last. Throws `HttpError` (`empty`, `truncated`) unless that completes the response. */
  end(): void {
    if (this.#state === "until close") this.#state = "complete";
    if (this.complete) return;
    if (this.#received === 0) throw new HttpError("empty", "The server closed the connection without an answer");
    throw new HttpError("truncated", "The server closed the connection in the middle of its answer");
  }

  /** The response, once it is complete. The body is a copy, of exactly its length. */
  response(): HttpResponse {
    return {
      version: this.#version,
      status: this.#status,
      reason: this.#reason,
      headers: this.#headers,
      body: concatenated(this.#body),
    };
  }

  #advance(bytes: Uint8Array): void {
    if (this.#state === "body" || this.#state === "chunk" || this.#state === "until close") {
      this.#takeBody(bytes);
      return;
    }
    const line = this.#takeLine(bytes);
    if (line !== undefined) this.#readLine(line);
  }

  #readLine(line: string): void {
    switch (this.#state) {
      case "status":
        this.#readStatus(line);
        break;
      case "headers":
        if (line === "") this.#beginBody();
        else this.#readHeader(line, this.#headers);
        break;
      case "chunk size":
        this.#readChunkSize(line);
        break;
      case "chunk end":
        if (line !== "") throw malformed("A chunk is longer than it says");
        this.#state = "chunk size";
        break;
      case "trailers":
        if (line === "") this.#state = "complete";
        else this.#readHeader(line, this.#trailers);
    }
  }

  /** The next line without its end, or `undefined` while that has not come. */
  #takeLine(bytes: Uint8Array): string | undefined {
    const end = bytes.indexOf(lineFeed, this.#offset);
    const stop = end === -1 ? bytes.length : end;
    this.#headBytes += stop - this.#offset + (end === -1 ? 0 : 1);
    if (this.#headBytes > this.#limits.head) throw tooLarge("head", this.#limits.head);
    const text = this.#partial + latin1(bytes.subarray(this.#offset, stop));
    this.#offset = stop + 1;
    this.#partial = end === -1 ? text : "";
    if (end === -1) return undefined;
    return text.endsWith("\r") ? text.slice(0, -1) : text;
  }

  #readStatus(line: string): void {
    const match = statusLine.exec(line);
    if (!match?.[1])
      throw malformed(`The answer does not begin as HTTP/1.x does: ${JSON.stringify(line.slice(0, 60))}`);
    this.#version = match[1];
    this.#status = Number(match[2]);
    this.#reason = match[3] ?? "";
    this.#headers = [];
    this.#state = "headers";
  }

  #readHeader(line: string, headers: [name: string, value: string][]): void {
    if (forbidden.test(line)) throw malformed("A header holds a control character");
    if (line.startsWith(" ") || line.startsWith("\t")) {
      const last = headers.at(-1);
      if (!last) throw malformed("The headers begin with the continuation of one");
      last[1] = `${last[1]} ${trimmed(line)}`;
      return;
    }
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(0, colon));
    if (!token.test(name)) throw malformed(`This is no header: ${JSON.stringify(line.slice(0, 60))}`);
    headers.push([name, trimmed(line.slice(colon + 1))]);
    if (headers.length > this.#limits.headers) {
      throw new HttpError("too large", `The answer has more than ${this.#limits.headers} headers`);
    }
  }

  /** All headers are there: decides how the end of the body is known. */
  #beginBody(): void {
    if (this.#status < 200) {
      if (this.#status === 101) throw malformed("The server switches to a protocol that nobody asked for");
      this.#state = "status";
      return;
    }
    this.#headComplete = true;
    const codings = tokens(this.#headers, "transfer-encoding");
    const length = contentLength(this.#headers);
    this.#persistent = persists(this.#version, this.#headers);
    if (this.#method === "HEAD" || this.#status === 204 || this.#status === 304) {
      this.#state = "complete";
    } else if (codings.length > 0) {
      if (codings.length > 1 || codings[0] !== "chunked") {
        throw malformed(`The answer comes in an unknown transfer coding: ${codings.join(", ")}`);
      }
      // Two statements about the length, or one that HTTP/1.0 does not know: whoever is right, don't trust what
      // follows.
      if (length !== undefined || this.#version === "HTTP/1.0") this.#persistent = false;
      this.#state = "chunk size";
    } else if (length !== undefined) {
      this.#expect(length);
      this.#state = length === 0 ? "complete" : "body";
    } else {
      this.#persistent = false;
      this.#state = "until close";
    }
  }

  #readChunkSize(line: string): void {
    const digits = chunkSize.exec(line)?.[1];
    if (digits === undefined) throw malformed(`This is no length of a chunk: ${JSON.stringify(line.slice(0, 60))}`);
    const size = Number.parseInt(digits, 16);
    this.#headBytes = 0;
    this.#expect(size);
    this.#state = size === 0 ? "trailers" : "chunk";
  }

  #expect(bytes: number): void {
    if (this.#bodyBytes + bytes > this.#limits.body) throw tooLarge("body", this.#limits.body);
    this.#lacking = bytes;
  }

  #takeBody(bytes: Uint8Array): void {
    const there = bytes.length - this.#offset;
    const untilClose = this.#state === "until close";
    const taken = untilClose ? there : Math.min(there, this.#lacking);
    this.#bodyBytes += taken;
    if (this.#bodyBytes > this.#limits.body) throw tooLarge("body", this.#limits.body);
    if (this.#keepBody) this.#body.push(bytes.subarray(this.#offset, this.#offset + taken));
    this.#offset += taken;
    if (untilClose) return;
    this.#lacking -= taken;
    if (this.#lacking === 0) this.#state = this.#state === "chunk" ? "chunk end" : "complete";
  }
}

/** Whether a server that answers so keeps the connection, if the framing allows it. */
function persists(version: string, headers: readonly Header[]): boolean {
  const options = tokens(headers, "connection");
  if (options.includes("close")) return false;
  return version === "HTTP/1.1" || options.includes("keep-alive");
}

/** Throws `HttpError` (`malformed`) unless all that is said about the length agrees. */
function contentLength(headers: readonly Header[]): number | undefined {
  const said = tokens(headers, "content-length");
  const [length] = said;
  if (length === undefined) return undefined;
  if (!/^\d{1,15}$/.test(length) || said.some((each) => each !== length)) {
    throw malformed(`The length of the body is unclear: ${JSON.stringify(said.join(", ").slice(0, 60))}`);
  }
  return Number(length);
}

/** The comma-separated values of all headers of that name, in lower case. */
function tokens(headers: readonly Header[], name: string): string[] {
  const found: string[] = [];
  for (const [each, value] of headers) {
    if (each.length !== name.length || each.toLowerCase() !== name) continue;
    for (const part of value.split(",")) found.push(trimmed(part).toLowerCase());
  }
  return found;
}

/**
 * Without blanks around it. A regular expression would try the end of each run of blanks within it, from each of its
 * blanks.
 */
function trimmed(text: string): string {
  const isBlank = (at: number) => text.charAt(at) === " " || text.charAt(at) === "\t";
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(from)) from += 1;
  while (to > from && isBlank(to - 1)) to -= 1;
  return text.slice(from, to);
}

/** One character for each byte, as headers are defined. `TextDecoder("latin1")` would be windows-1252. */
function latin1(bytes: Uint8Array): string {
  const most = 8192;
  if (bytes.length <= most) return Reflect.apply(String.fromCharCode, undefined, bytes);
  return latin1(bytes.subarray(0, most)) + latin1(bytes.subarray(most));
}

function concatenated(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}

function malformed(message: string): HttpError {
  return new HttpError("malformed", message);
}

function tooLarge(part: string, limit: number): HttpError {
  return new HttpError("too large", `The ${part} of the answer is longer than ${limit} bytes`);
}
