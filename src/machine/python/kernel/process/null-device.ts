import type { DescriptorKind, Interest, Ready } from "../protocol.ts";
import { OpenFileDescription } from "./open-file-description.ts";

/** `/dev/null`: swallows what is written, and has nothing to read. */
export class NullDevice extends OpenFileDescription {
  describe(): DescriptorKind {
    return { kind: "null" };
  }

  poll({ fd, read, write }: Interest): Ready | undefined {
    if (!read && !write) return undefined;
    return { fd, ...(read ? { eof: true } : {}), ...(write ? { credit: Number.MAX_SAFE_INTEGER } : {}) };
  }

  override send(): void {}

  protected released(): void {}
}
