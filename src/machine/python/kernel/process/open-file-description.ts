import type { Pid, Tid } from "../../../host-types.ts";
import type { Errno } from "../errno.ts";
import { SyscallError } from "../errno.ts";
import type { EventBatch, Waitable } from "../event-batch.ts";
import type { ConnectionId, DescriptorKind, Fd, Interest, Ready, ReceivedRight } from "../protocol.ts";

/** A descriptor on its way through a Unix socket. */
export interface CarriedRight {
  /** No two have the same. */
  readonly number: number;
  readonly description: OpenFileDescription;
  /** It has come, or never will. */
  release(): void;
}

/** A connection that was handed to a process which has not yet given it a descriptor. */
export interface UnclaimedConnection {
  readonly id: ConnectionId;
  /** The listener. */
  readonly from: OpenFileDescription;
  /** What its descriptor will stand for. */
  claimed(): OpenFileDescription;
  /** Back to the head of the backlog, with what was handed over along with it: the process died before naming it. */
  giveBack(): void;
}

/** One descriptor that is waited for. */
export interface Watched {
  readonly interest: Interest;
  readonly description: OpenFileDescription;
}

/** Something that waits for what a descriptor stands for. */
export interface DescriptionWaiter {
  /** Answers if anything is ready. Does not throw. */
  attempt(): void;
}

/** A process, as far as its descriptors need to know it. */
export interface DescriptorOwner {
  readonly pid: Pid;
  readonly group: Pid;
  /** Connections taken from a backlog and not yet named, in the order in which they were handed over. */
  readonly unclaimed: Map<ConnectionId, UnclaimedConnection>;
  /** The listeners that it waited for when it last waited for one. */
  acceptsFrom: readonly Watched[];
  /** The descriptor has failed by itself. */
  broken(fd: Fd, errno: Errno): void;
  /** Another owner has moved on in the file. */
  moved(fd: Fd, position: number): void;
  /** Its terminal has another size, in characters. */
  resized(size: { readonly columns: number; readonly rows: number }): void;
  /** Nobody reads any more what is written here. */
  abandoned(fd: Fd): void;
  /** Descriptors have come for it: how it is told of them. */
  takeRights(rights: readonly CarriedRight[]): ReceivedRight[];
  /** SIGPIPE for the owner. */
  pipeSignal(): void;
}

let lastNumber = 10_000;

/** A number for a description, or for what several share. */
export function nextNumber(): number {
  lastNumber += 1;
  return lastNumber;
}

/**
 * What a descriptor stands for ("open file description" in POSIX): shared by all descriptors that were made from one
 * another by dup, fork or spawn. When the last of them is closed, it is released.
 */
export abstract class OpenFileDescription implements Waitable {
  /** Those who wait for it, the longest waiting first. */
  readonly waiters = new Set<DescriptionWaiter>();
  /** Tells it from all others: the inode of a socket or pipe, as programs are shown it. */
  readonly number: number;
  readonly #holders: { readonly owner: DescriptorOwner; readonly fd: Fd }[] = [];

  constructor(
    protected readonly batch: EventBatch,
    number?: number,
  ) {
    this.number = number ?? nextNumber();
  }

  /** As a new process receives it. `position`: where the parent's file stands. */
  abstract describe(position: number): DescriptorKind;

  /** What is ready for `owner`. Bytes and connections in the answer are taken. */
  abstract poll(interest: Interest, owner: DescriptorOwner): Ready | undefined;

  /** Since when a connection waits to be accepted here; undefined for all that is no listener. */
  queuedSince(): number | undefined {
    return undefined;
  }

  /** How many connections may wait to be accepted here. */
  get longestQueue(): number {
    return 0;
  }

  /** How many connections wait to be accepted here. */
  get queueLength(): number {
    return 0;
  }

  /** Connections come here. */
  get listens(): boolean {
    return false;
  }

  /** A connection on which neither side says anything more. */
  get finished(): boolean {
    return false;
  }

  /** Sends bytes, whose ownership passes; through a Unix socket, descriptors along with them. A failure is told by `broken`. */
  send(_bytes: Uint8Array, owner: DescriptorOwner, fd: Fd, _tid: Tid, _rights?: readonly OpenFileDescription[]): void {
    owner.broken(fd, "EBADF");
  }

  /** What a process has read and not used comes again. Only streams take it back. */
  unread(_bytes: Uint8Array): void {}

  shutdown(_how: "read" | "write" | "both"): void {
    throw new SyscallError("ENOTSOCK");
  }

  /** A connection that `owner` was offered from here is free for others again. */
  requeue(_owner: DescriptorOwner, _handed: UnclaimedConnection): void {}

  /** What `owner` was handed from here and has not named is free for others again. */
  releaseUnclaimed(_owner: DescriptorOwner): void {}

  /** A process has a descriptor for it now. */
  attach(owner: DescriptorOwner, fd: Fd): void {
    this.#holders.push({ owner, fd });
  }

  /** The descriptor was closed. `unread`: the process had bytes of it that its program never read. */
  detach(owner: DescriptorOwner, fd: Fd, unread: boolean): void {
    const index = this.#holders.findIndex((holder) => holder.owner === owner && holder.fd === fd);
    if (index < 0) return;
    this.#holders.splice(index, 1);
    if (!this.isHeldBy(owner)) this.releaseUnclaimed(owner);
    if (this.#holders.length === 0) this.released(unread);
  }

  /** Whether a process has a descriptor for it. */
  isHeldBy(owner: DescriptorOwner): boolean {
    return this.#holders.some((holder) => holder.owner === owner);
  }

  /** Whether several processes have descriptors for it. */
  protected get isShared(): boolean {
    const first = this.#holders[0]?.owner;
    return this.#holders.some(({ owner }) => owner !== first);
  }

  /** Answers those who wait, the longest waiting first. */
  retry(): void {
    for (const wait of this.waiters) wait.attempt();
  }

  /** Something happened here: those who wait look again before the batch ends. */
  protected changed(): void {
    if (this.waiters.size > 0) this.batch.retryLater(this);
  }

  /** The processes that have descriptors for it, each once. */
  protected owners(): ReadonlySet<DescriptorOwner> {
    return new Set(this.#holders.map(({ owner }) => owner));
  }

  /** The descriptors that others have for it. */
  protected othersThan(owner: DescriptorOwner): { readonly owner: DescriptorOwner; readonly fd: Fd }[] {
    return this.#holders.filter((holder) => holder.owner !== owner);
  }

  /** Tells every holder that its descriptor has failed. */
  protected tellBroken(errno: Errno): void {
    for (const { owner, fd } of this.#holders) owner.broken(fd, errno);
    this.changed();
  }

  /** Tells every holder that nobody reads any more what it writes. */
  protected tellAbandoned(): void {
    for (const { owner, fd } of this.#holders) owner.abandoned(fd);
  }

  /** The last descriptor was closed. */
  protected abstract released(unread: boolean): void;
}
