import type { EventBatch } from "../event-batch.ts";
import { ByteChannel } from "../net/byte-channel.ts";
import type { DescriptorKind, Fd, Inode, Interest, Ready } from "../protocol.ts";
import { type DescriptorOwner, nextNumber, OpenFileDescription } from "./open-file-description.ts";

/** A pipe with a name: what all that open its file share, as long as somebody has it open. */
class Fifo {
  readonly channel: ByteChannel;
  readonly number = nextNumber();
  readonly ends = new Set<FifoEnd>();

  constructor(
    capacity: number,
    private readonly over: () => void,
  ) {
    this.channel = new ByteChannel(capacity);
  }

  get hasReader(): boolean {
    return Array.from(this.ends).some(({ reads }) => reads);
  }

  get hasWriter(): boolean {
    return Array.from(this.ends).some(({ writes }) => writes);
  }

  /** Those on the other side have met this one, and go on if they waited for it. */
  opened(end: FifoEnd): void {
    for (const other of this.ends) {
      if (!((end.reads && other.writes) || (end.writes && other.reads))) continue;
      end.meet();
      other.meet();
    }
  }

  closed(end: FifoEnd): void {
    this.ends.delete(end);
    if (this.ends.size === 0) this.over();
    if (end.reads && !this.hasReader) {
      this.channel.discard();
      for (const other of this.ends) other.lostReader();
    }
    if (end.writes && !this.hasWriter) this.changed();
  }

  changed(): void {
    for (const end of this.ends) end.somethingHappened();
  }
}

/** What an open of a named pipe answers. */
export class FifoEnd extends OpenFileDescription {
  /** Somebody has had the other side open since. */
  #met = false;
  readonly #waiting = new Set<() => void>();

  constructor(
    batch: EventBatch,
    private readonly fifo: Fifo,
    readonly reads: boolean,
    readonly writes: boolean,
  ) {
    super(batch, fifo.number);
    fifo.ends.add(this);
    fifo.opened(this);
  }

  get met(): boolean {
    return this.#met;
  }

  meet(): void {
    this.#met = true;
    for (const go of [...this.#waiting]) go();
    this.changed();
  }

  /** Calls `go` once somebody has the other side open. Answers how to give up. */
  waitForOther(go: () => void): () => void {
    const once = () => {
      this.#waiting.delete(once);
      go();
    };
    this.#waiting.add(once);
    return () => this.#waiting.delete(once);
  }

  describe(): DescriptorKind {
    return { kind: "pipe", end: this.reads ? "read" : "write", named: true };
  }

  poll(interest: Interest): Ready | undefined {
    const { channel, hasReader, hasWriter } = this.fifo;
    const ready: Ready = { fd: interest.fd };
    if (interest.read && this.reads) {
      const bytes = channel.take();
      if (bytes !== undefined) {
        ready.bytes = bytes;
        if (this.isShared || this.fifo.ends.size > 2) ready.shared = true;
        this.fifo.changed();
      }
      if (!hasWriter && this.#met) ready.eof = true;
    }
    if (interest.write && this.writes) {
      if (hasReader && channel.roomy) ready.credit = channel.room;
      else if (!hasReader && this.#met) Object.assign(ready, { credit: 0, error: "EPIPE" });
    }
    return Object.keys(ready).length > 1 ? ready : undefined;
  }

  override send(bytes: Uint8Array, owner: DescriptorOwner, fd: Fd): void {
    if (!this.writes || (!this.fifo.hasReader && this.#met)) {
      owner.broken(fd, this.writes ? "EPIPE" : "EBADF");
      if (this.writes) owner.pipeSignal();
      return;
    }
    this.fifo.channel.push(bytes);
    this.fifo.changed();
  }

  override unread(bytes: Uint8Array): void {
    this.fifo.channel.putBack(bytes);
    this.fifo.changed();
  }

  somethingHappened(): void {
    this.changed();
  }

  lostReader(): void {
    if (this.writes && this.#met) this.tellBroken("EPIPE");
  }

  protected released(): void {
    this.fifo.closed(this);
  }
}

/** The named pipes of a host that somebody has open. */
export class Fifos {
  readonly #open = new Map<Inode, Fifo>();

  constructor(
    private readonly batch: EventBatch,
    private readonly capacity: number,
  ) {}

  /** One more end of the pipe that has this inode. */
  open(inode: Inode, reads: boolean, writes: boolean): FifoEnd {
    let fifo = this.#open.get(inode);
    if (fifo === undefined) {
      fifo = new Fifo(this.capacity, () => this.#open.delete(inode));
      this.#open.set(inode, fifo);
    }
    return new FifoEnd(this.batch, fifo, reads, writes);
  }
}
