import { joinBytes } from "../bytes.ts";

/** How often its capacity what is put back may be: writers may have filled it again meanwhile. */
const mostPutBack = 4;

/**
 * Bytes under way in one direction, in order.
 *
 * Chunks are passed on, not copied: whoever pushes one gives it away. The capacity is a promise of the writer, who
 * has been told how much room there is; a channel never refuses what comes all the same.
 */
export class ByteChannel {
  readonly #chunks: Uint8Array[] = [];
  #size = 0;
  #ended = false;

  constructor(readonly capacity: number) {}

  /** Bytes that wait to be taken. */
  get size(): number {
    return this.#size;
  }

  /** How many more bytes the writer may send. */
  get room(): number {
    return Math.max(0, this.capacity - this.#size);
  }

  /**
   * There is so much room that waking a waiting writer pays: a quarter of the capacity, near what Linux does.
   * A writer woken for each freed byte would send bytes singly.
   */
  get roomy(): boolean {
    return this.#size <= this.capacity - this.capacity / 4;
  }

  /** The writer has sent its last byte. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Ignored once the channel has ended. */
  push(bytes: Uint8Array): void {
    if (this.#ended || bytes.byteLength === 0) return;
    this.#chunks.push(bytes);
    this.#size += bytes.byteLength;
  }

  /** All bytes that wait, or undefined if there are none. */
  take(): Uint8Array | undefined {
    if (this.#chunks.length === 0) return undefined;
    const taken = joinBytes(this.#chunks, this.#size);
    this.discard();
    return taken;
  }

  /** Bytes that were taken and not used come before all others again. What was taken is never so much: more is a flood. */
  putBack(bytes: Uint8Array): void {
    if (bytes.byteLength === 0 || this.#size + bytes.byteLength > this.capacity * mostPutBack) return;
    this.#chunks.unshift(bytes);
    this.#size += bytes.byteLength;
  }

  discard(): void {
    this.#chunks.length = 0;
    this.#size = 0;
  }

  /** Nothing more comes after the bytes that wait. */
  end(): void {
    this.#ended = true;
  }
}
