import type { Errno } from "../errno.ts";
import type { OpenFileDescription } from "../process/open-file-description.ts";
import { ByteChannel } from "./byte-channel.ts";
import { RightInFlight, type RightsAt } from "./rights.ts";

/** Hears what happens to one end of a stream. */
export interface StreamWatcher {
  /** Bytes have come, or the other end has sent its last. */
  readable(): void;
  /** There is room again after there was too little. */
  writable(): void;
  /** The stream broke: a reset, or bytes sent to an end that is gone. */
  broken(errno: Errno): void;
  /** The other end was closed: nobody will read what is sent. */
  abandoned?(): void;
}

const nobody: StreamWatcher = { readable() {}, writable() {}, broken() {} };

/** One end of a two-way byte stream: a TCP connection or a socket pair. */
export class StreamEnd {
  readonly #received: ByteChannel;
  /** Descriptors that wait with the bytes. */
  #rights: RightsAt[] = [];
  #peer: StreamEnd | undefined;
  #sendsNoMore = false;
  #readsNoMore = false;
  #closed = false;
  #failure: Errno | undefined;
  /** Who is told; the page's client or a descriptor. Nobody while a connection waits in a backlog. */
  watcher: StreamWatcher = nobody;

  private constructor(capacity: number) {
    this.#received = new ByteChannel(capacity);
  }

  /** Two ends, each of which reads what the other sends, with `capacity` bytes under way each way. */
  static pair(capacity: number): [StreamEnd, StreamEnd] {
    const one = new StreamEnd(capacity);
    const other = new StreamEnd(capacity);
    one.#peer = other;
    other.#peer = one;
    return [one, other];
  }

  /** This end was closed by its owner. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Why the stream broke, if it did. */
  get failure(): Errno | undefined {
    return this.#failure;
  }

  /** There is something to read: bytes, the end, or the failure. */
  get readable(): boolean {
    return this.#received.size > 0 || this.ended || this.#failure !== undefined;
  }

  /** Sending makes sense: there is room, or sending would fail at once. */
  get writable(): boolean {
    return this.#failure !== undefined || this.#sendsNoMore || this.#peerChannel.roomy;
  }

  /** After the bytes that wait nothing more comes. */
  get ended(): boolean {
    return this.#received.ended || this.#readsNoMore;
  }

  /** Neither end says anything more: all that is left is to close it. */
  get finished(): boolean {
    return this.#sendsNoMore && this.ended && this.#received.size === 0;
  }

  /** How many bytes may be sent now. */
  get credit(): number {
    return this.#peerChannel.room;
  }

  /** Bytes that came and wait to be read. */
  get waiting(): number {
    return this.#received.size;
  }

  /** All bytes that have come; undefined if there are none. */
  read(): Uint8Array | undefined {
    const wasFull = !this.#received.roomy;
    const bytes = this.#received.take();
    if (wasFull && this.#received.roomy) this.#peer?.watcher.writable();
    return bytes;
  }

  /** Descriptors have come with the bytes that wait. */
  get bringsRights(): boolean {
    return this.#rights.length > 0;
  }

  /** What came along with the bytes that `read` answers next. The caller releases it. */
  readRights(): readonly RightsAt[] {
    return this.#rights.splice(0);
  }

  /** The bytes sent next bring these along. */
  sendRights(descriptions: readonly OpenFileDescription[]): void {
    const peer = this.#peer;
    if (peer === undefined || peer.#closed) return;
    const rights = descriptions.map((description) => new RightInFlight(description));
    peer.#rights.push({ at: peer.#received.size, rights });
  }

  /** Bytes that were read and handed to a process that never took them. */
  unread(bytes: Uint8Array): void {
    if (!this.#closed && !this.#readsNoMore) this.#received.putBack(bytes);
  }

  /**
   * Sends bytes, which pass into the stream's ownership. Answers the errno of an end that cannot send.
   * As in TCP the first bytes sent to an end that was closed are lost without an error; the stream is broken then.
   */
  send(bytes: Uint8Array): Errno | undefined {
    if (this.#failure !== undefined || this.#sendsNoMore) return "EPIPE";
    const peer = this.#peer;
    if (peer === undefined || peer.#closed) {
      this.#fail("EPIPE");
      return undefined;
    }
    if (peer.#readsNoMore) return undefined;
    peer.#received.push(bytes);
    peer.watcher.readable();
    return undefined;
  }

  /** `write` sends the end after all bytes; `read` drops what still comes. */
  shutdown(how: "read" | "write" | "both"): void {
    if (how !== "write" && !this.#readsNoMore) {
      this.#readsNoMore = true;
      this.#received.discard();
      this.watcher.readable();
      this.#peer?.watcher.writable();
    }
    if (how !== "read" && !this.#sendsNoMore) {
      this.#sendsNoMore = true;
      this.#endPeer();
    }
  }

  /**
   * Gives the end up. Bytes that were never read make it a reset, as on Linux; `unread`: the owner had more of them.
   */
  close(unread = false): void {
    if (this.#closed) return;
    for (const { rights } of this.readRights()) for (const right of rights) right.release();
    if (unread || this.#received.size > 0) {
      this.reset();
      return;
    }
    this.#closed = true;
    this.watcher = nobody;
    this.#sendsNoMore = true;
    this.#endPeer();
    this.#peer?.watcher.abandoned?.();
  }

  /** Gives the end up without farewell: the other end sees ECONNRESET. */
  reset(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.watcher = nobody;
    this.#received.discard();
    const peer = this.#peer;
    if (peer !== undefined) peer.#fail("ECONNRESET");
  }

  get #peerChannel(): ByteChannel {
    return (this.#peer ?? this).#received;
  }

  #endPeer(): void {
    const peer = this.#peer;
    if (peer === undefined || peer.#received.ended) return;
    peer.#received.end();
    peer.watcher.readable();
  }

  #fail(errno: Errno): void {
    if (this.#failure !== undefined || this.#closed) return;
    this.#failure = errno;
    this.watcher.broken(errno);
  }
}
