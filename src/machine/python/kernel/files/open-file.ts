import type { EventBatch } from "../event-batch.ts";
import { type DescriptorOwner, OpenFileDescription } from "../process/open-file-description.ts";
import type { DescriptorKind, Fd, Inode, Interest, Ready } from "../protocol.ts";
import type { FileLock } from "./file-lock.ts";
import type { Files } from "./files.ts";
import type { RecordLocks } from "./record-locks.ts";

/** An open file. Content and position live in the processes; the kernel keeps the file alive and its lock. */
export class OpenFile extends OpenFileDescription {
  readonly #inode: Inode;

  /** Throws ENOENT if there is no such inode. */
  constructor(
    batch: EventBatch,
    private readonly files: Files,
    inode: Inode,
    private readonly flags: number,
  ) {
    super(batch);
    this.#inode = files.open(inode);
  }

  get lock(): FileLock {
    return this.files.lock(this.#inode);
  }

  /** Locks of its parts, which are a process's. */
  get records(): RecordLocks {
    return this.files.records(this.#inode);
  }

  override detach(owner: DescriptorOwner, fd: Fd, unread: boolean): void {
    this.files.closedBy(this.#inode, owner.pid);
    super.detach(owner, fd, unread);
  }

  /** `by` has read or written up to there: the others who hold it go on from there. */
  moved(by: DescriptorOwner, position: number): void {
    for (const { owner, fd } of this.othersThan(by)) owner.moved(fd, position);
  }

  describe(position: number): DescriptorKind {
    return { kind: "file", inode: this.#inode, flags: this.flags, position };
  }

  /** A file never makes anybody wait. */
  poll(interest: Interest): Ready | undefined {
    if (!interest.read && !interest.write) return undefined;
    return interest.write ? { fd: interest.fd, credit: Number.MAX_SAFE_INTEGER } : { fd: interest.fd };
  }

  protected released(): void {
    this.files.close(this.#inode, this);
  }
}
