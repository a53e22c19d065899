import type { Clock } from "../../../load/clock.ts";

/** Node's clock: milliseconds since 1970 with fractions, the same for all processes of a computer, never going back. */
export const nodeClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  after: (ms, fn) => {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};
