/** A WebSocket over a connection to a server: RFC 6455, the client's side. */
import { sha1 } from "@noble/hashes/legacy.js";
import type { Connection } from "../machine/machine.ts";
import { serialiseRequest } from "./serialise-request.ts";
import { encodeFrame, FrameError, FrameReader, opcode } from "./web-socket-frames.ts";

/** Whom a WebSocket is opened to. */
export interface WebSocketTarget {
  /** Path and query. */
  readonly path: string;
  /** Name and port. */
  readonly host: string;
  readonly protocols: readonly string[];
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** Hears what comes. After `closed` nothing does. */
export interface WebSocketListener {
  opened(protocol: string): void;
  message(data: string | Uint8Array<ArrayBuffer>): void;
  /** `clean`: both sides have said so. */
  closed(code: number, reason: string, clean: boolean): void;
}

/** RFC 6455, section 1.3. */
const magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const longestMessage = 16 * 1024 * 1024;
/** What a browser says where a connection broke, and where no code came. */
const abnormal = 1006;
const withoutCode = 1005;

/** One WebSocket of a client. */
export class WebSocketClient {
  #reader: FrameReader | undefined;
  #sentClose = false;
  #over = false;

  private constructor(
    private readonly connection: Connection,
    private readonly listener: WebSocketListener,
  ) {}

  /** Opens one, and goes on reading until its end; whatever fails is told as `closed`. */
  static open(connection: Connection, target: WebSocketTarget, listener: WebSocketListener): WebSocketClient {
    const socket = new WebSocketClient(connection, listener);
    socket.#run(target).catch(() => socket.#end(abnormal, "", false));
    return socket;
  }

  /** Sends a message. Before it is open, or after its end, nothing happens. */
  send(data: string | Uint8Array): void {
    if (this.#reader === undefined || this.#sentClose) return;
    if (typeof data === "string") this.#write(opcode.text, new TextEncoder().encode(data));
    else this.#write(opcode.binary, data);
  }

  /** Says goodbye; the server's answer ends it. */
  close(code: number | undefined, reason: string): void {
    if (this.#reader === undefined) {
      this.#end(abnormal, "", false);
      return;
    }
    this.#sayClose(code, reason);
  }

  /** Ends it without a word. */
  drop(): void {
    this.#over = true;
    this.connection.close();
  }

  async #run({ path, host, protocols, headers }: WebSocketTarget): Promise<void> {
    const key = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
    const own = [
      ["Connection", "Upgrade"],
      ["Upgrade", "websocket"],
      ["Sec-WebSocket-Version", "13"],
      ["Sec-WebSocket-Key", key],
      ...(protocols.length > 0 ? [["Sec-WebSocket-Protocol", protocols.join(", ")] as const] : []),
    ] as const;
    const request = { method: "GET", path, headers: [...own, ...headers] };
    await this.connection.write(serialiseRequest(request, { host, keepAlive: true }));
    const rest = await this.#handshake(key, protocols);
    if (rest === undefined) {
      this.#end(abnormal, "", false);
      return;
    }
    this.#reader = new FrameReader(longestMessage);
    this.listener.opened(rest.protocol);
    for (
      let bytes: Uint8Array | null = rest.bytes;
      bytes !== null && !this.#over;
      bytes = await this.connection.read()
    ) {
      this.#take(bytes, this.#reader);
    }
    this.#end(abnormal, "", false);
  }

  /** The bytes after the server's consent, and the protocol that it has chosen; undefined if it does not consent. */
  async #handshake(
    key: string,
    protocols: readonly string[],
  ): Promise<{ bytes: Uint8Array; protocol: string } | undefined> {
    let head = new Uint8Array();
    for (let bytes = await this.connection.read(); bytes !== null; bytes = await this.connection.read()) {
      const whole = new Uint8Array(head.length + bytes.length);
      whole.set(head);
      whole.set(bytes, head.length);
      head = whole;
      const end = endOfHead(head);
      if (end === undefined && head.length < 65_536) continue;
      if (end === undefined) return undefined;
      const answer = readHead(head.subarray(0, end));
      const accepted = btoa(String.fromCharCode(...sha1(new TextEncoder().encode(key + magic))));
      const protocol = answer?.get("sec-websocket-protocol") ?? "";
      const isAsked = protocol === "" || protocols.includes(protocol);
      if (answer?.get("sec-websocket-accept") !== accepted || !isAsked) return undefined;
      return { bytes: head.subarray(end), protocol };
    }
    return undefined;
  }

  #take(bytes: Uint8Array, reader: FrameReader): void {
    try {
      for (const frame of reader.push(bytes)) this.#hear(frame.opcode, frame.payload);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.#sayClose(error.code, "");
      this.#end(abnormal, "", false);
    }
  }

  #hear(code: number, payload: Uint8Array<ArrayBuffer>): void {
    if (this.#over) return;
    if (code === opcode.ping) this.#write(opcode.pong, payload);
    else if (code === opcode.binary) this.listener.message(payload);
    else if (code === opcode.text) this.listener.message(textOf(payload));
    else if (code === opcode.close) {
      const said = payload.length >= 2 ? new DataView(payload.buffer).getUint16(0) : withoutCode;
      const reason = textOf(payload.subarray(2));
      this.#sayClose(said === withoutCode ? undefined : said, "");
      this.#end(said, reason, true);
    }
  }

  #sayClose(code: number | undefined, reason: string): void {
    if (this.#sentClose) return;
    const text = new TextEncoder().encode(reason);
    const payload = new Uint8Array(code === undefined ? 0 : 2 + text.length);
    if (code !== undefined) {
      new DataView(payload.buffer).setUint16(0, code);
      payload.set(text, 2);
    }
    this.#write(opcode.close, payload);
    this.#sentClose = true;
  }

  #write(code: number, payload: Uint8Array): void {
    const frame = encodeFrame(code, payload, crypto.getRandomValues(new Uint8Array(4)));
    this.connection.write(frame).catch(() => this.#end(abnormal, "", false));
  }

  #end(code: number, reason: string, clean: boolean): void {
    if (this.#over) return;
    this.#over = true;
    this.connection.end();
    if (!clean) this.connection.close();
    this.listener.closed(code, reason, clean);
  }
}

/** Text that is none in UTF-8 ends the connection. Throws `FrameError`. */
function textOf(payload: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(payload);
  } catch {
    throw new FrameError(1007, "A text is not UTF-8");
  }
}

function endOfHead(bytes: Uint8Array): number | undefined {
  for (let at = 3; at < bytes.length; at += 1) {
    if (bytes[at] === 10 && bytes[at - 1] === 13 && bytes[at - 2] === 10 && bytes[at - 3] === 13) return at + 1;
  }
  return undefined;
}

/** The headers of an answer that consents, by their names in small letters. */
function readHead(bytes: Uint8Array): ReadonlyMap<string, string> | undefined {
  const [status = "", ...lines] = new TextDecoder("latin1").decode(bytes).split("\r\n");
  if (!/^HTTP\/1\.1 101(?: |$)/.test(status)) return undefined;
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const at = line.indexOf(":");
      return at < 1 ? [] : [[line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()]];
    }),
  );
}
