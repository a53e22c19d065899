import type { Pid } from "../../../host-types.ts";
import type { LockKind } from "./file-lock.ts";

/** A part of a file, in bytes: from its first one up to the one before `end`. */
export interface ByteRange {
  readonly start: number;
  /** `Number.MAX_SAFE_INTEGER`: to the file's end, wherever that will be. */
  readonly end: number;
}

/** A lock that somebody holds, or wants. */
export interface RecordLock extends ByteRange {
  readonly owner: Pid;
  readonly kind: LockKind;
}

interface Waiting extends RecordLock {
  readonly granted: () => void;
}

/**
 * The advisory locks of a file's parts, as fcntl(2) has them: owned by a process, whatever descriptor it uses, and gone
 * when it closes any of those of the file.
 */
export class RecordLocks {
  #held: RecordLock[] = [];
  #waiting: Waiting[] = [];

  /** A lock of another owner that is in the way; undefined if none is. */
  conflict({ owner, kind, start, end }: RecordLock): RecordLock | undefined {
    return this.#held.find(
      (held) =>
        held.owner !== owner &&
        held.start < end &&
        start < held.end &&
        (kind === "exclusive" || held.kind === "exclusive"),
    );
  }

  /** Takes the lock, or changes its kind; false if others are in the way, and then nothing has changed. */
  tryLock(wanted: RecordLock): boolean {
    if (this.conflict(wanted) !== undefined) return false;
    this.#take(wanted);
    this.#serve();
    return true;
  }

  /** Calls `granted` once the lock is the owner's. Answers how to give up waiting. */
  wait(wanted: RecordLock, granted: () => void): () => void {
    const waiting: Waiting = { ...wanted, granted };
    this.#waiting.push(waiting);
    this.#serve();
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== waiting);
    };
  }

  /** Gives up what the owner holds of a range. */
  unlock(owner: Pid, range: ByteRange): void {
    this.#held = this.#held.flatMap((held) => (held.owner === owner ? without(held, range) : [held]));
    this.#serve();
  }

  /** Gives up all that the owner holds. */
  release(owner: Pid): void {
    this.unlock(owner, { start: 0, end: Number.MAX_SAFE_INTEGER });
  }

  #take({ owner, kind, start, end }: RecordLock): void {
    const others = this.#held.flatMap((held) => (held.owner === owner ? without(held, { start, end }) : [held]));
    this.#held = [...others, { owner, kind, start, end }];
  }

  /** All that fit get it, the longest waiting first. */
  #serve(): void {
    const granted: Waiting[] = [];
    this.#waiting = this.#waiting.filter((waiting) => {
      if (this.conflict(waiting) !== undefined) return true;
      this.#take(waiting);
      granted.push(waiting);
      return false;
    });
    for (const waiting of granted) waiting.granted();
  }
}

/** What is left of a lock: nothing, one part, or one on either side. */
function without(held: RecordLock, { start, end }: ByteRange): RecordLock[] {
  const parts = [
    { ...held, end: Math.min(held.end, start) },
    { ...held, start: Math.max(held.start, end) },
  ];
  return parts.filter((part) => part.start < part.end);
}
