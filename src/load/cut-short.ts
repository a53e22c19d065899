import type { LoadPlan, LoadReport, LoadTick, RunEnd } from "./plan";
import { Recorder } from "./recorder";

/** The report of a run whose generator is gone, of what its ticks had told. It has no latencies: ticks tell only the latest. */
export function reportOfTicks(
  plan: LoadPlan,
  ticks: readonly LoadTick[],
  end: Exclude<RunEnd, "complete">,
): LoadReport {
  const empty = new Recorder(plan).report(end, 0);
  const last = ticks.at(-1);
  if (last === undefined) return empty;
  const loaded = Math.max(0, Math.min(last.at, plan.duration) - (plan.warmup ?? 0)) / 1000;
  const offered = last.done + last.failed + last.dropped + last.inFlight;
  return {
    ...empty,
    elapsed: Math.max(0, last.at - (plan.warmup ?? 0)),
    done: last.done,
    failed: last.failedBy,
    dropped: last.dropped,
    unfinished: last.inFlight,
    offeredRate: loaded > 0 ? offered / loaded : 0,
    achievedRate: loaded > 0 ? last.done / loaded : 0,
    series: ticks,
  };
}
