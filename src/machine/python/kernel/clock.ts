import type { Milliseconds } from "../../host-types.ts";
import { MessageTurns } from "./message-turns.ts";

/** Takes a timer back. Calling it twice, or after the timer has fired, is harmless. */
export type CancelTimer = () => void;

/** The one clock of a machine. */
export interface KernelClock {
  /** Milliseconds since the machine's origin; never goes back. */
  now(): Milliseconds;
  /** Milliseconds since 1970, UTC, as programs read it: the reader's clock, which may be set while the machine runs. */
  epoch(): Milliseconds;
  /** Calls `fire` once, not earlier than in `delay`. */
  after(delay: Milliseconds, fire: () => void): CancelTimer;
}

/** Longest delay that `setTimeout` takes without wrapping around. */
const longestTimeout = 2 ** 31 - 1;

/** Browsers stretch shorter timeouts to this when timers set timers. */
const shortestNestedTimeout: Milliseconds = 4;

/** The reader's clock. */
export class RealClock implements KernelClock {
  readonly #turns = new MessageTurns();
  readonly #origin = performance.now();

  now(): Milliseconds {
    return performance.now() - this.#origin;
  }

  epoch(): Milliseconds {
    return Date.now();
  }

  after(delay: Milliseconds, fire: () => void): CancelTimer {
    const due = this.now() + delay;
    let cancel: CancelTimer;
    const sleep = (): void => {
      const left = Math.max(0, Math.ceil(due - this.now()));
      const timer = setTimeout(check, Math.min(left, longestTimeout));
      cancel = () => clearTimeout(timer);
    };
    const arm = (): void => {
      const left = due - this.now();
      if (left >= shortestNestedTimeout) sleep();
      else cancel = this.#turns.next(left <= 0 ? check : nap);
    };
    // Set from within a message, a short timeout is as short as it says.
    const nap = (): void => {
      if (this.now() < due) sleep();
      else fire();
    };
    // Browsers fire a little early now and then; a program that slept 100 ms must not measure 99.
    const check = (): void => {
      if (this.now() < due) arm();
      else fire();
    };
    arm();
    return () => cancel();
  }
}
