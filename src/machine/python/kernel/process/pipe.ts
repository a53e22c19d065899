import type { EventBatch } from "../event-batch.ts";
import { ByteChannel } from "../net/byte-channel.ts";
import type { DescriptorKind, Fd, Interest, Ready } from "../protocol.ts";
import { type DescriptorOwner, nextNumber, OpenFileDescription } from "./open-file-description.ts";

/** What both ends of a pipe share. */
class Pipe {
  readonly channel: ByteChannel;
  readonly reader: PipeReader;
  readonly writer: PipeWriter;
  /** Both ends have it. */
  readonly number = nextNumber();
  /** Nobody can read any more. */
  abandoned = false;

  constructor(batch: EventBatch, capacity: number) {
    this.channel = new ByteChannel(capacity);
    this.reader = new PipeReader(batch, this);
    this.writer = new PipeWriter(batch, this);
  }
}

class PipeReader extends OpenFileDescription {
  constructor(
    batch: EventBatch,
    private readonly pipe: Pipe,
  ) {
    super(batch, pipe.number);
  }

  describe(): DescriptorKind {
    return { kind: "pipe", end: "read" };
  }

  poll(interest: Interest): Ready | undefined {
    const { channel } = this.pipe;
    if (!interest.read || (channel.size === 0 && !channel.ended)) return undefined;
    const ready: Ready = { fd: interest.fd };
    const bytes = channel.take();
    if (bytes !== undefined) {
      ready.bytes = bytes;
      if (this.isShared) ready.shared = true;
      this.pipe.writer.roomMade();
    }
    if (channel.ended) ready.eof = true;
    return ready;
  }

  override unread(bytes: Uint8Array): void {
    this.pipe.channel.putBack(bytes);
    this.somethingCame();
  }

  /** Bytes, or the end, have come. */
  somethingCame(): void {
    this.changed();
  }

  protected released(): void {
    this.pipe.abandoned = true;
    this.pipe.channel.discard();
    this.pipe.writer.lostReader();
  }
}

class PipeWriter extends OpenFileDescription {
  constructor(
    batch: EventBatch,
    private readonly pipe: Pipe,
  ) {
    super(batch, pipe.number);
  }

  describe(): DescriptorKind {
    return { kind: "pipe", end: "write" };
  }

  poll(interest: Interest): Ready | undefined {
    if (!interest.write) return undefined;
    if (this.pipe.abandoned) return { fd: interest.fd, credit: 0, error: "EPIPE" };
    if (!this.pipe.channel.roomy) return undefined;
    return { fd: interest.fd, credit: this.pipe.channel.room };
  }

  override send(bytes: Uint8Array, owner: DescriptorOwner, fd: Fd): void {
    if (this.pipe.abandoned) {
      owner.broken(fd, "EPIPE");
      owner.pipeSignal();
      return;
    }
    this.pipe.channel.push(bytes);
    this.pipe.reader.somethingCame();
  }

  roomMade(): void {
    this.changed();
  }

  /** Told at once, so that the next write raises EPIPE as it does on Linux, where writing looks first. */
  lostReader(): void {
    this.tellBroken("EPIPE");
  }

  protected released(): void {
    this.pipe.channel.end();
    this.pipe.reader.somethingCame();
  }
}

/** A pipe with `capacity` bytes between its ends. */
export function openPipe(
  batch: EventBatch,
  capacity: number,
): { reader: OpenFileDescription; writer: OpenFileDescription } {
  return new Pipe(batch, capacity);
}
