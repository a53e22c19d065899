import type { Milliseconds } from "../../host-types.ts";
import type { KernelClock } from "./clock.ts";

/**
 * How often something may happen: as long as it is rare, at once, and then one after the other.
 *
 * The page hears of processes and files as they change. Code that changes them without end must not keep the page busy.
 */
export class Pace {
  #left: number;
  #refilledAt: Milliseconds;

  /** `burst` times at once, then once in `interval`. */
  constructor(
    private readonly clock: KernelClock,
    private readonly burst: number,
    private readonly interval: Milliseconds,
  ) {
    this.#left = burst;
    this.#refilledAt = clock.now();
  }

  /** Takes one turn: undefined where it may be now, otherwise how long it has to wait, and no turn is taken. */
  take(): Milliseconds | undefined {
    const now = this.clock.now();
    const earned = Math.floor((now - this.#refilledAt) / this.interval);
    if (earned > 0) {
      this.#left = Math.min(this.burst, this.#left + earned);
      this.#refilledAt += earned * this.interval;
    }
    if (this.#left === 0) return this.#refilledAt + this.interval - now;
    this.#left -= 1;
    return undefined;
  }
}
