/** Who may hold a lock: an open description, however many processes share it. */
export type LockOwner = object;

/** How much a lock excludes. */
export type LockKind = "shared" | "exclusive";

interface Waiting {
  readonly owner: LockOwner;
  readonly kind: LockKind;
  readonly granted: () => void;
}

/** The advisory lock of a file, as flock(2) has it: owned by an open description, gone when that is released. */
export class FileLock {
  readonly #holders = new Map<LockOwner, LockKind>();
  #waiting: Waiting[] = [];

  /**
   * Takes the lock, or changes its kind. False if others are in the way: a lock that was held is lost then, as on
   * Linux.
   */
  tryLock(owner: LockOwner, kind: LockKind): boolean {
    if (this.#free(owner, kind)) {
      this.#holders.set(owner, kind);
      this.#serve();
      return true;
    }
    if (this.#holders.delete(owner)) this.#serve();
    return false;
  }

  /** Calls `granted` once the lock is the owner's. Answers how to give up waiting. */
  wait(owner: LockOwner, kind: LockKind, granted: () => void): () => void {
    const waiting: Waiting = { owner, kind, granted };
    this.#waiting.push(waiting);
    this.#serve();
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== waiting);
    };
  }

  unlock(owner: LockOwner): void {
    if (this.#holders.delete(owner)) this.#serve();
  }

  #free(owner: LockOwner, kind: LockKind): boolean {
    for (const [holder, held] of this.#holders) {
      if (holder !== owner && (kind === "exclusive" || held === "exclusive")) return false;
    }
    return true;
  }

  /** All that fit get it, the longest waiting first. */
  #serve(): void {
    const still: Waiting[] = [];
    const granted: Waiting[] = [];
    for (const waiting of this.#waiting) {
      if (this.#free(waiting.owner, waiting.kind)) {
        this.#holders.set(waiting.owner, waiting.kind);
        granted.push(waiting);
      } else still.push(waiting);
    }
    this.#waiting = still;
    for (const waiting of granted) waiting.granted();
  }
}
