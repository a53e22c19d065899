/** Frames of the WebSocket protocol, as a client writes and reads them: RFC 6455, section 5. */
import { joined } from "./joined-bytes.ts";

/** What a frame is: its opcode. */
export const opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A whole message, or a control frame. */
export interface Frame {
  readonly opcode: number;
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** The server has sent what the protocol does not allow. `code`: what to close with. */
export class FrameError extends Error {
  override readonly name = "FrameError";
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

const longestControl = 125;

/** A frame of a client's, whose payload is masked. `mask`: four bytes that nobody can foresee. */
export function encodeFrame(code: number, payload: Uint8Array, mask: Uint8Array): Uint8Array {
  const { length } = payload;
  const extended = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const frame = new Uint8Array(2 + extended + 4 + length);
  const view = new DataView(frame.buffer);
  frame[0] = 0x80 | code;
  frame[1] = 0x80 | (extended === 0 ? length : extended === 2 ? 126 : 127);
  if (extended === 2) view.setUint16(2, length);
  if (extended === 8) view.setBigUint64(2, BigInt(length));
  frame.set(mask.subarray(0, 4), 2 + extended);
  const start = 6 + extended;
  for (let at = 0; at < length; at += 1) frame[start + at] = (payload[at] ?? 0) ^ (mask[at % 4] ?? 0);
  return frame;
}

/** Reads a server's frames, however their bytes are cut, and puts messages of several frames together. */
export class FrameReader {
  #bytes: Uint8Array = new Uint8Array();
  #parts: Uint8Array[] = [];
  #partsLength = 0;
  #message: number | undefined;

  /** `longest`: bytes of a message. */
  constructor(private readonly longest: number) {}

  /** What is whole with these bytes. Throws `FrameError`. */
  push(bytes: Uint8Array): Frame[] {
    this.#bytes = this.#bytes.length === 0 ? bytes : joined([this.#bytes, bytes]);
    const frames: Frame[] = [];
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      const whole = this.#take(next);
      if (whole !== undefined) frames.push(whole);
    }
    return frames;
  }

  #next(): { final: boolean; code: number; payload: Uint8Array } | undefined {
    const bytes = this.#bytes;
    const [first, second] = bytes;
    if (first === undefined || second === undefined) return undefined;
    const code = first & 0x0f;
    const short = second & 0x7f;
    if ((first & 0x70) !== 0) throw new FrameError(1002, "A reserved bit is set");
    if ((second & 0x80) !== 0) throw new FrameError(1002, "A server's frame is masked");
    const isControl = code >= 8;
    if (isControl && (short > longestControl || (first & 0x80) === 0)) {
      throw new FrameError(1002, "A control frame is too long or in parts");
    }
    const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
    const start = 2 + extended;
    if (bytes.length < start) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const length = extended === 0 ? short : extended === 2 ? view.getUint16(2) : Number(view.getBigUint64(2));
    if (length > this.longest) throw new FrameError(1009, "A message is too long");
    if (bytes.length < start + length) return undefined;
    this.#bytes = bytes.subarray(start + length);
    return { final: (first & 0x80) !== 0, code, payload: bytes.subarray(start, start + length) };
  }

  #take({ final, code, payload }: { final: boolean; code: number; payload: Uint8Array }): Frame | undefined {
    if (code >= 8) return { opcode: code, payload: payload.slice() };
    if (code > 2) throw new FrameError(1002, "A frame is of no known kind");
    if ((code === opcode.continuation) !== (this.#message !== undefined)) {
      throw new FrameError(1002, "A message begins in another, or goes on without a beginning");
    }
    this.#message ??= code;
    this.#parts.push(payload);
    this.#partsLength += payload.length;
    if (this.#partsLength > this.longest) throw new FrameError(1009, "A message is too long");
    if (!final) return undefined;
    const whole: Frame = { opcode: this.#message, payload: joined(this.#parts) };
    this.#message = undefined;
    this.#parts = [];
    this.#partsLength = 0;
    return whole;
  }
}
