import { startLoad } from "../src/load/generator.ts";
import type { LoadReport } from "../src/load/plan.ts";
import type { Requester } from "../src/load/requester.ts";
import { RealClock } from "../src/machine/python/kernel/clock.ts";

/** Answers at once. */
const noOp: Requester = {
  send: () => ({ outcome: Promise.resolve({ kind: "answered", status: 200, bytes: 100 }), cancel: () => {} }),
  close: () => {},
};

/** Five seconds of an open schedule, after one that does not count, on the clock that the Python machine uses. */
export function runSchedule(rate: number): Promise<LoadReport> {
  const plan = {
    name: "schedule",
    model: { kind: "constant", rate },
    requests: [{ path: "/" }],
    duration: 6000,
    warmup: 1000,
    timeout: 1000,
    seed: 1,
  } as const;
  return startLoad(plan, { clock: new RealClock(), requester: noOp }).report;
}
