interface Timer {
  readonly due: number;
  /** Timers due at one moment fire in the order in which they were set. */
  readonly order: number;
  readonly fn: () => void;
  cancelled: boolean;
}

/**
 * A clock for tests, the load generator's and the kernel's: time passes only when it is told to, and then at once.
 * Timers fire at their moments, in order, and what one sets off is settled before the next.
 */
export class VirtualClock {
  readonly #heap: Timer[] = [];
  readonly #microtasks: number;
  #now = 0;
  #set = 0;

  /**
   * `microtasks`: how many times promises may continue one another at one moment before time goes on. The kernel needs
   * 100.
   */
  constructor(microtasks = 8) {
    this.#microtasks = microtasks;
  }

  now(): number {
    return this.#now;
  }

  /** Milliseconds since 1970, of a day in 2023. */
  epoch(): number {
    return 1_700_000_000_000 + this.#now;
  }

  after(ms: number, fn: () => void): () => void {
    const timer = { due: this.#now + Math.max(0, ms), order: this.#set++, fn, cancelled: false };
    this.#insert(timer);
    return () => {
      timer.cancelled = true;
    };
  }

  /** A promise for `ms` milliseconds from now. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Lets time pass until `finished` has resolved, and gives its value. Rejects if nothing is left to happen. */
  async runUntil<T>(finished: Promise<T>): Promise<T> {
    let pending = true;
    const done = () => {
      pending = false;
    };
    finished.then(done, done);
    await settled(this.#microtasks);
    while (pending) {
      if (!(await this.#step())) throw new Error(`Nothing left to happen at ${this.#now} ms`);
    }
    return finished;
  }

  /** Lets `ms` milliseconds pass. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settled(this.#microtasks);
    while ((this.#due() ?? Number.POSITIVE_INFINITY) <= end) await this.#step();
    this.#now = Math.max(this.#now, end);
  }

  /** The clock stands where it is while `ms` milliseconds pass, as in a frozen tab: all timers are late. */
  freeze(ms: number): void {
    this.#now += ms;
  }

  async #step(): Promise<boolean> {
    const due = this.#due();
    const timer = this.#removeFirst();
    if (due === undefined || timer === undefined) return false;
    this.#now = Math.max(this.#now, timer.due);
    timer.fn();
    await settled(this.#microtasks);
    return true;
  }

  /** When the next timer fires. */
  #due(): number | undefined {
    while (this.#heap[0]?.cancelled) this.#removeFirst();
    return this.#heap[0]?.due;
  }

  #insert(timer: Timer): void {
    let index = this.#heap.length;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = this.#heap[parent];
      if (!above || before(above, timer)) break;
      this.#heap[index] = above;
      index = parent;
    }
    this.#heap[index] = timer;
  }

  #removeFirst(): Timer | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (!last || last === first) return first;
    let index = 0;
    for (;;) {
      const left = this.#heap[2 * index + 1];
      const right = this.#heap[2 * index + 2];
      if (!left) break;
      const rightFirst = right !== undefined && before(right, left);
      const child = rightFirst ? right : left;
      if (before(last, child)) break;
      this.#heap[index] = child;
      index = 2 * index + (rightFirst ? 2 : 1);
    }
    this.#heap[index] = last;
    return first;
  }
}

function before(one: Timer, other: Timer): boolean {
  return one.due < other.due || (one.due === other.due && one.order < other.order);
}

/**
 * Everything that follows from what was done so far has happened. A batch of the kernel lasts 16 microtasks, and sets
 * off a few more.
 */
export async function settled(microtasks = 100): Promise<void> {
  for (let microtask = 0; microtask < microtasks; microtask += 1) await Promise.resolve();
}
