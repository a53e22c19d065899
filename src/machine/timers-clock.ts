import type { Clock } from "../load/clock.ts";

/** A clock of this runtime's timers, as they are. `now`: what time it is, in milliseconds. */
export function timersClock(now: () => number): Clock {
  return {
    now,
    after: (ms, fn) => {
      const timer = setTimeout(fn, ms);
      return () => clearTimeout(timer);
    },
  };
}
