import type { Clock } from "../../../load/clock.ts";
import { timersClock } from "../../timers-clock.ts";

/** Node's clock: milliseconds since 1970 with fractions, the same for all processes of a computer, never going back. */
export const nodeClock: Clock = timersClock(() => performance.timeOrigin + performance.now());
