import type { Cancel, Clock } from "./clock.ts";

interface Timer {
  readonly due: number;
  /** Timers due at one moment fire in the order in which they were set. */
  readonly order: number;
  readonly fn: () => void;
  cancelled: boolean;
}

/** A clock for tests: time passes only in `run`, and then at once. */
export class VirtualClock implements Clock {
  readonly #heap: Timer[] = [];
  readonly #turns: number;
  #now = 0;
  #set = 0;

  /** `turns`: how many times promises may continue one another at one moment before time goes on. */
  constructor(turns = 8) {
    this.#turns = turns;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, fn: () => void): Cancel {
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
    await this.#settle();
    while (pending) {
      if (!(await this.#step())) throw new Error(`Nothing left to happen at ${this.#now} ms`);
    }
    return finished;
  }

  /** Lets `ms` milliseconds pass. */
  async run(ms: number): Promise<void> {
    let over = false;
    this.after(ms, () => {
      over = true;
    });
    await this.#settle();
    while (!over) await this.#step();
  }

  /** The clock stands where it is while `ms` milliseconds pass, as in a frozen tab: all timers are late. */
  freeze(ms: number): void {
    this.#now += ms;
  }

  async #step(): Promise<boolean> {
    let timer = this.#removeFirst();
    while (timer?.cancelled) timer = this.#removeFirst();
    if (!timer) return false;
    this.#now = Math.max(this.#now, timer.due);
    timer.fn();
    await this.#settle();
    return true;
  }

  async #settle(): Promise<void> {
    for (let turn = 0; turn < this.#turns; turn++) await null;
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
