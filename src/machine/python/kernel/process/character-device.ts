import type { EventBatch } from "../event-batch.ts";
import type { DescriptorKind, DeviceName, Fd, Interest, Ready } from "../protocol.ts";
import { type DescriptorOwner, OpenFileDescription } from "./open-file-description.ts";

/**
 * A device without a state, as `/dev/null`. Processes read and write it by themselves; the kernel knows who has it open,
 * because a child inherits it.
 */
export class CharacterDevice extends OpenFileDescription {
  constructor(
    batch: EventBatch,
    private readonly name: DeviceName,
  ) {
    super(batch);
  }

  describe(): DescriptorKind {
    return { kind: "device", name: this.name };
  }

  poll({ fd, read, write }: Interest): Ready | undefined {
    if (!read && !write) return undefined;
    const eof = read && this.name === "null";
    return { fd, ...(eof ? { eof } : {}), ...(write ? { credit: Number.MAX_SAFE_INTEGER } : {}) };
  }

  override send(_bytes: Uint8Array, owner: DescriptorOwner, fd: Fd): void {
    if (this.name === "full") owner.broken(fd, "ENOSPC");
  }

  protected released(): void {}
}
