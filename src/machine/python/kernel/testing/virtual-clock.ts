import type { CancelTimer, Clock } from "../clock.ts";
import type { Milliseconds } from "../protocol.ts";

interface Timer {
  readonly due: Milliseconds;
  readonly fire: () => void;
}

/** A clock for tests: it stands still until it is told to go on. */
export class VirtualClock implements Clock {
  #now: Milliseconds = 0;
  readonly #timers = new Set<Timer>();

  now(): Milliseconds {
    return this.#now;
  }

  epoch(): Milliseconds {
    return 1_700_000_000_000 + this.#now;
  }

  after(delay: Milliseconds, fire: () => void): CancelTimer {
    const timer: Timer = { due: this.#now + Math.max(0, delay), fire };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Time passes: timers fire at their moments, and what they set off is settled before the next. */
  async pass(span: Milliseconds): Promise<void> {
    const end = this.#now + span;
    await settled();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#now = Math.max(this.#now, next.due);
      this.#timers.delete(next);
      next.fire();
      await settled();
    }
    this.#now = end;
  }

  #next(end: Milliseconds): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.due <= end && (next === undefined || timer.due < next.due)) next = timer;
    }
    return next;
  }
}

/** Everything that follows from what was done so far has happened. */
export async function settled(): Promise<void> {
  // A batch of the kernel lasts 16 microtasks; what it sets off may take a few batches more.
  for (let microtask = 0; microtask < 100; microtask += 1) await Promise.resolve();
}
