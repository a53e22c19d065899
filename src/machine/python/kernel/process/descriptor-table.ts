import { SyscallError } from "../errno.ts";
import type { Fd, InheritedDescriptor } from "../protocol.ts";
import type { DescriptorOwner, OpenFileDescription } from "./open-file-description.ts";

/** Where the files of a process stand: only the process itself knows. */
export type Positions = readonly { readonly fd: Fd; readonly position: number }[];

/** The descriptors of one process. */
export class DescriptorTable {
  readonly #descriptions = new Map<Fd, OpenFileDescription>();

  /** `limit`: how many there may be. */
  constructor(
    private readonly owner: DescriptorOwner,
    private readonly limit: number,
  ) {}

  /** Throws EBADF. */
  get(fd: Fd): OpenFileDescription {
    const description = this.#descriptions.get(fd);
    if (description === undefined) throw new SyscallError("EBADF");
    return description;
  }

  /** Undefined if there is none. */
  find(fd: Fd): OpenFileDescription | undefined {
    return this.#descriptions.get(fd);
  }

  /** Gives a description a descriptor, and closes what stood there. Beyond the limit the descriptor arrives broken. */
  set(fd: Fd, description: OpenFileDescription): void {
    description.attach(this.owner, fd);
    this.close(fd, false);
    if (this.#descriptions.size >= this.limit) {
      description.detach(this.owner, fd, false);
      this.owner.broken(fd, "EMFILE");
    } else this.#descriptions.set(fd, description);
  }

  /** As dup2. Throws EBADF. */
  duplicate(from: Fd, to: Fd): void {
    const description = this.get(from);
    if (from !== to) this.set(to, description);
  }

  /** Nothing happens if there is none. `unread`: the process had bytes that its program never read. */
  close(fd: Fd, unread: boolean): void {
    const description = this.#descriptions.get(fd);
    if (description === undefined) return;
    this.#descriptions.delete(fd);
    description.detach(this.owner, fd, unread);
  }

  get size(): number {
    return this.#descriptions.size;
  }

  closeAll(): void {
    for (const fd of [...this.#descriptions.keys()]) this.close(fd, false);
  }

  /** All descriptors with what they stand for. */
  entries(): IterableIterator<[Fd, OpenFileDescription]> {
    return this.#descriptions.entries();
  }

  /** As a new program receives them. `positions`: where the files stand, by this table's descriptors. */
  describe(positions: Positions): InheritedDescriptor[] {
    const places = new Map(positions.map(({ fd, position }) => [fd, position]));
    const first = new Map<OpenFileDescription, Fd>();
    return Array.from(this.#descriptions, ([fd, description]) => {
      const same = first.get(description);
      if (same === undefined) first.set(description, fd);
      const described = description.describe(places.get(fd) ?? 0);
      return { fd, ...(same !== undefined && { same }), description: described };
    });
  }
}
