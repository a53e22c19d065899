import type { Unsubscribe } from "../../../host-types.ts";
import { joinBytes } from "../bytes.ts";
import type { EventBatch, Flushable } from "../event-batch.ts";

/**
 * Hears a terminal's output. One that answers a promise (a call to another thread) is not sent more than it can take.
 */
export type TerminalListener = (bytes: Uint8Array) => void | Promise<void>;

/** What listeners are told at once, in bytes. */
const largestPiece = 256 * 1024;

/** What a terminal has printed: kept for those who come late, told to listeners once a batch. */
export class Screen implements Flushable {
  #kept: Uint8Array[] = [];
  #keptSize = 0;
  #unsaid: Uint8Array[] = [];
  /** The first so many of these have been said. */
  #saidOf = 0;
  #unsaidSize = 0;
  /** Bytes that a listener has been sent and has not yet taken. */
  #underWay = 0;
  readonly #listeners = new Set<{ hear: TerminalListener }>();

  /**
   * `scrollback`: bytes that are kept. `largestUnderWay`: bytes that slow listeners are sent before they have taken
   * those before. `relieved`: called when a slow listener has taken something.
   */
  constructor(
    private readonly batch: EventBatch,
    private readonly scrollback: number,
    private readonly largestUnderWay: number,
    private readonly relieved: () => void,
  ) {}

  /** Bytes that were printed and have not been taken by the slowest listener. */
  get backlog(): number {
    return this.#unsaidSize + this.#underWay;
  }

  print(bytes: Uint8Array): void {
    if (bytes.byteLength === 0) return;
    this.#unsaid.push(bytes);
    this.#unsaidSize += bytes.byteLength;
    this.batch.flushLater(this);
  }

  /** Hears what was printed before, too, as far as it is kept. */
  onOutput(listener: TerminalListener): Unsubscribe {
    this.flush();
    const entry = { hear: listener };
    if (this.#keptSize > 0) this.#send(entry.hear, joinBytes(this.#kept, this.#keptSize).slice());
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  flush(): void {
    if (this.#unsaid.length === 0) return;
    // What a listener has not taken yet is enough: more would only wait at its place, where nothing holds it back.
    while (this.#unsaid.length > 0 && this.#underWay < this.largestUnderWay) {
      const bytes = this.#nextPiece();
      this.#keep(bytes);
      for (const { hear } of this.#listeners) this.#send(hear, bytes.slice());
    }
    this.relieved();
  }

  /** At most so much that a listener is not busy with it for long. */
  #nextPiece(): Uint8Array {
    const pieces: Uint8Array[] = [];
    let size = 0;
    while (size < largestPiece) {
      const first = this.#unsaid[this.#saidOf];
      if (first === undefined) break;
      const room = largestPiece - size;
      if (first.byteLength <= room) this.#saidOf += 1;
      else this.#unsaid[this.#saidOf] = first.subarray(room);
      pieces.push(first.subarray(0, room));
      size += Math.min(first.byteLength, room);
    }
    if (this.#saidOf === this.#unsaid.length) {
      this.#unsaid = [];
      this.#saidOf = 0;
    }
    this.#unsaidSize -= size;
    const [only] = pieces;
    // A copy, so that a part that is kept does not keep all of it.
    return only !== undefined && pieces.length === 1 && only.buffer.byteLength > 2 * size
      ? only.slice()
      : joinBytes(pieces, size);
  }

  /** A listener that fails is as one that has taken its bytes: programs must not hang for it. */
  #send(hear: TerminalListener, bytes: Uint8Array): void {
    const taken = hear(bytes);
    if (taken === undefined) return;
    this.#underWay += bytes.byteLength;
    const done = (): void => {
      this.#underWay -= bytes.byteLength;
      if (this.#unsaid.length > 0) this.batch.flushLater(this);
      this.relieved();
    };
    taken.then(done, done);
  }

  #keep(bytes: Uint8Array): void {
    this.#kept.push(bytes);
    this.#keptSize += bytes.byteLength;
    for (let first = this.#kept[0]; first !== undefined && this.#keptSize > this.scrollback; first = this.#kept[0]) {
      const surplus = this.#keptSize - this.scrollback;
      if (first.byteLength <= surplus) this.#kept.shift();
      else this.#kept[0] = first.subarray(surplus);
      this.#keptSize -= Math.min(first.byteLength, surplus);
    }
  }
}
