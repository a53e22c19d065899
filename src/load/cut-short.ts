import type { LatencySummary, LoadPlan, LoadReport, LoadTick, RunEnd } from "./plan.ts";

const unknown: LatencySummary = { count: 0 };

/**
 * The report of a run whose generator is gone, of what its ticks had told. It has no latencies, statuses and bytes:
 * ticks tell the latest latencies only. Stands apart from the recorder, so that a page can make one without its
 * histograms.
 */
export function reportOfTicks(
  plan: LoadPlan,
  ticks: readonly LoadTick[],
  end: Exclude<RunEnd, "complete">,
): LoadReport {
  const { at = 0, done = 0, failed = 0, failedBy = {}, dropped = 0, inFlight = 0 } = ticks.at(-1) ?? {};
  const warmup = plan.warmup ?? 0;
  const loaded = Math.max(0, Math.min(at, plan.duration) - warmup) / 1000;
  const perSecond = (count: number) => (loaded > 0 ? count / loaded : 0);
  return {
    plan,
    end,
    elapsed: Math.max(0, at - warmup),
    done,
    failed: failedBy,
    statuses: {},
    dropped,
    unfinished: inFlight,
    offeredRate: perSecond(done + failed + dropped + inFlight),
    achievedRate: perSecond(done),
    latency: unknown,
    latencyFromSending: unknown,
    failedWait: unknown,
    lateness: unknown,
    meanInFlight: ticks.length === 0 ? 0 : ticks.reduce((sum, tick) => sum + tick.inFlight, 0) / ticks.length,
    bytesReceived: 0,
    series: ticks,
    latencyCounts: [],
    latencyFromSendingCounts: [],
  };
}
