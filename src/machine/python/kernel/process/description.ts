import type { Errno } from "../errno.ts";
import { SyscallError } from "../errno.ts";
import type { Connection } from "../net/connection.ts";
import type { ConnectionId, DescriptorKind, Fd, Interest, Pid, Ready, Tid } from "../syscalls.ts";
import type { Settling, Turn } from "../turn.ts";
import type { Wait, Watched } from "../wait.ts";

/** A connection that was handed to a process which has not yet given it a descriptor. */
export interface HandedOver {
  readonly connection: Connection;
  readonly from: OpenDescription;
  /** What was handed over with it: it comes back with the connection if the process dies before naming it. */
  readonly bytes: Uint8Array | undefined;
}

/** A process, as far as its descriptors need to know it. */
export interface DescriptorOwner {
  readonly pid: Pid;
  readonly group: Pid;
  /** Connections taken from a backlog and not yet named, in the order in which they were handed over. */
  readonly handedOver: Map<ConnectionId, HandedOver>;
  /** The listeners that it waited for when it last waited for one. */
  acceptsFrom: readonly Watched[];
  /** The descriptor has failed by itself. */
  broken(fd: Fd, errno: Errno): void;
  /** Another owner has moved on in the file. */
  moved(fd: Fd, position: number): void;
  /** Its terminal has another size, in characters. */
  resized(size: { readonly columns: number; readonly rows: number }): void;
  /** SIGPIPE for the owner. */
  pipeSignal(): void;
}

/**
 * What a descriptor stands for ("open file description" in POSIX): shared by all descriptors that were made from one
 * another by dup, fork or spawn. When the last of them is closed, it is released.
 */
export abstract class OpenDescription implements Settling {
  /** Those who wait for it, the longest waiting first. */
  readonly waits = new Set<Wait>();
  readonly #holders: { readonly owner: DescriptorOwner; readonly fd: Fd }[] = [];

  constructor(protected readonly turn: Turn) {}

  /** As a new process receives it. `position`: where the parent's file stands. */
  abstract describe(position: number): DescriptorKind;

  /** What is ready for `owner`. Bytes and connections in the answer are taken. */
  abstract poll(interest: Interest, owner: DescriptorOwner): Ready | undefined;

  /** Since when a connection waits to be accepted here; undefined for all that is no listener. */
  queuedSince(): number | undefined {
    return undefined;
  }

  /** Connections come here. */
  get listens(): boolean {
    return false;
  }

  /** A connection on which neither side says anything more. */
  get finished(): boolean {
    return false;
  }

  /** Sends bytes, whose ownership passes. A failure is told by `broken`. */
  send(_bytes: Uint8Array, owner: DescriptorOwner, fd: Fd, _tid: Tid): void {
    owner.broken(fd, "EBADF");
  }

  /** What a process has read and not used comes again. Only pipes take it back. */
  unread(_bytes: Uint8Array): void {}

  shutdown(_how: "read" | "write" | "both"): void {
    throw new SyscallError("ENOTSOCK");
  }

  /** A connection that `owner` was offered from here is free for others again. */
  takeBack(_owner: DescriptorOwner, _handed: HandedOver): void {}

  /** What `owner` was handed from here and has not named is free for others again. */
  giveBack(_owner: DescriptorOwner): void {}

  /** A process has a descriptor for it now. */
  attach(owner: DescriptorOwner, fd: Fd): void {
    this.#holders.push({ owner, fd });
  }

  /** The descriptor was closed. `unread`: the process had bytes of it that its program never read. */
  detach(owner: DescriptorOwner, fd: Fd, unread: boolean): void {
    const index = this.#holders.findIndex((holder) => holder.owner === owner && holder.fd === fd);
    if (index < 0) return;
    this.#holders.splice(index, 1);
    if (!this.isHeldBy(owner)) this.giveBack(owner);
    if (this.#holders.length === 0) this.released(unread);
  }

  /** Whether a process has a descriptor for it. */
  isHeldBy(owner: DescriptorOwner): boolean {
    return this.#holders.some((holder) => holder.owner === owner);
  }

  /** Answers those who wait, the longest waiting first. */
  settle(): void {
    for (const wait of this.waits) wait.attempt();
  }

  /** Something happened here: those who wait look again before the turn ends. */
  protected changed(): void {
    if (this.waits.size > 0) this.turn.settleLater(this);
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

  /** The last descriptor was closed. */
  protected abstract released(unread: boolean): void;
}
