import { SyscallError } from "../errno.ts";

/** Named by POSIX's sem_open(3), or by nobody any more. */
export interface Semaphore {
  readonly handle: number;
  /** Undefined once it is unlinked. */
  name: string | undefined;
  value: number;
  /** How many handles processes have for it. */
  holders: number;
  /** Those who wait, the longest waiting first. */
  readonly waiting: Set<() => void>;
}

/** Linux's NAME_MAX, less what it puts before a semaphore's name. */
const longestName = 251;

/** The semaphores of one host. */
export class Semaphores {
  readonly #byName = new Map<string, Semaphore>();
  readonly #byHandle = new Map<number, Semaphore>();
  #lastHandle = 0;

  /** `largestCount`: so many may there be. */
  constructor(private readonly largestCount: number) {}

  /** One more handle for a semaphore; `value`: for a new one. Throws EEXIST, ENOENT, EINVAL, ENAMETOOLONG, ENOSPC. */
  open(name: string, value: number | undefined): Semaphore {
    if (name.length > longestName) throw new SyscallError("ENAMETOOLONG");
    const known = this.#byName.get(name);
    if (value === undefined) {
      if (known === undefined) throw new SyscallError("ENOENT");
      known.holders += 1;
      return known;
    }
    if (known !== undefined) throw new SyscallError("EEXIST");
    if (!Number.isInteger(value) || value < 0) throw new SyscallError("EINVAL");
    if (this.#byHandle.size >= this.largestCount) throw new SyscallError("ENOSPC");
    this.#lastHandle += 1;
    const made: Semaphore = { handle: this.#lastHandle, name, value, holders: 1, waiting: new Set() };
    this.#byName.set(name, made);
    this.#byHandle.set(made.handle, made);
    return made;
  }

  /** Throws ENOENT. */
  unlink(name: string): void {
    const semaphore = this.#byName.get(name);
    if (semaphore === undefined) throw new SyscallError("ENOENT");
    this.#byName.delete(name);
    semaphore.name = undefined;
    this.#dropIfGone(semaphore);
  }

  /** A handle was given up. */
  close(semaphore: Semaphore): void {
    semaphore.holders -= 1;
    this.#dropIfGone(semaphore);
  }

  /** Takes one, if there is one. */
  tryWait(semaphore: Semaphore): boolean {
    if (semaphore.value === 0) return false;
    semaphore.value -= 1;
    return true;
  }

  /** Takes one as soon as there is one, and tells `taken`. Answers how to give up. */
  wait(semaphore: Semaphore, taken: () => void): () => void {
    semaphore.waiting.add(taken);
    return () => semaphore.waiting.delete(taken);
  }

  /** Gives one back: to who has waited longest. Throws EOVERFLOW if there are `most` already. */
  post(semaphore: Semaphore, most: number): void {
    if (semaphore.value >= most) throw new SyscallError("EOVERFLOW");
    const [first] = semaphore.waiting;
    if (first === undefined) {
      semaphore.value += 1;
      return;
    }
    semaphore.waiting.delete(first);
    first();
  }

  #dropIfGone(semaphore: Semaphore): void {
    if (semaphore.holders <= 0 && semaphore.name === undefined) this.#byHandle.delete(semaphore.handle);
  }
}

/** The handles that one process has: each semaphore, and how often. A child of a fork has its parent's. */
export class SemaphoreHandles {
  readonly #counts = new Map<number, { readonly semaphore: Semaphore; count: number }>();

  constructor(private readonly all: Semaphores) {}

  /** The process has one more handle. */
  add(semaphore: Semaphore): void {
    const entry = this.#counts.get(semaphore.handle);
    if (entry === undefined) this.#counts.set(semaphore.handle, { semaphore, count: 1 });
    else entry.count += 1;
  }

  /** Throws EINVAL if the process has no such handle. */
  get(handle: number): Semaphore {
    const entry = this.#counts.get(handle);
    if (entry === undefined) throw new SyscallError("EINVAL");
    return entry.semaphore;
  }

  /** Nothing happens if there is none. */
  close(handle: number): void {
    const entry = this.#counts.get(handle);
    if (entry === undefined) return;
    entry.count -= 1;
    if (entry.count === 0) this.#counts.delete(handle);
    this.all.close(entry.semaphore);
  }

  /** All that another process has, as after a fork. */
  inherit(from: SemaphoreHandles): void {
    for (const { semaphore, count } of from.#counts.values()) {
      semaphore.holders += count;
      this.#counts.set(semaphore.handle, { semaphore, count });
    }
  }

  closeAll(): void {
    for (const { semaphore, count } of this.#counts.values()) {
      for (let closed = 0; closed < count; closed += 1) this.all.close(semaphore);
    }
    this.#counts.clear();
  }
}
