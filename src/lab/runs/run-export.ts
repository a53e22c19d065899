/** What came of a run, as files that other tools read. Loaded when a reader saves one. */
import { LatencyHistogram } from "../../load/latency-histogram.ts";
import type { LatencyCounts, LoadReport } from "../../load/plan.ts";
import type { SideOutcome } from "./run-outcome.ts";
import type { RunTick } from "./run-ticks.ts";

/** The kinds of file. */
export type ExportFormat = "json" | "csv" | "hdr";

/** A file to be saved. */
export interface ExportedFile {
  readonly type: string;
  /** What its name ends with. */
  readonly ending: string;
  readonly text: string;
}

/** One side of a run in a format. */
export function exportRun(
  format: ExportFormat,
  { report, began }: SideOutcome,
  ticks: readonly RunTick[],
): ExportedFile {
  switch (format) {
    case "json":
      return {
        type: "application/json",
        ending: "json",
        text: `${JSON.stringify(vegetaReport(report, began ?? 0), null, 2)}\n`,
      };
    case "csv":
      return { type: "text/csv", ending: "csv", text: seriesCsv(ticks) };
    case "hdr":
      return { type: "text/plain", ending: "hgrm", text: percentileLog(report.latencyCounts) };
  }
}

const nanosecondsInMs = 1e6;

/**
 * The report in the shape of `vegeta report -type=json` (https://github.com/tsenart/vegeta, lib/metrics.go): spans in
 * nanoseconds, rates a second, `success` from 0 to 1. Latencies are of successful answers, and a percentile is left out
 * where too few of them carry it.
 *
 * @param began when the run began, in milliseconds since 1970
 */
export function vegetaReport(report: LoadReport, began: number) {
  const { plan, latency, latencyCounts, done, elapsed, bytesReceived } = report;
  const warmup = plan.warmup ?? 0;
  const loaded = Math.min(elapsed, plan.duration - warmup);
  const wait = elapsed - loaded;
  const failures = Object.entries(report.failed).filter(([, count]) => count > 0);
  const requests = failures.reduce((sum, [, count]) => sum + count, done);
  const answers = Object.values(report.statuses).reduce((sum, count) => sum + count, 0);
  const moment = (after: number) => new Date(began + warmup + after).toISOString();
  const each = (amount: number, of: number) => (of > 0 ? amount / of : 0);
  const bytesSent = plan.requests.some(({ body }) => body !== undefined) ? {} : { bytes_out: { total: 0, mean: 0 } };
  return {
    latencies: spans({
      total: (latency.mean ?? 0) * latency.count,
      mean: latency.mean,
      "50th": latency.p50,
      "90th": percentile90(latencyCounts),
      "95th": latency.p95,
      "99th": latency.p99,
      max: latency.max,
      min: latencyCounts[0] && latencyCounts[0][0] / 1000,
    }),
    bytes_in: { total: bytesReceived, mean: each(bytesReceived, requests) },
    ...bytesSent,
    earliest: moment(0),
    latest: moment(loaded),
    end: moment(elapsed),
    duration: Math.round(loaded * nanosecondsInMs),
    wait: Math.round(wait * nanosecondsInMs),
    requests,
    rate: each(requests, loaded / 1000),
    throughput: each(done, elapsed / 1000),
    success: each(done, requests),
    status_codes: {
      // Vegeta counts requests without an answer under 0.
      ...(requests > answers && { "0": requests - answers }),
      ...report.statuses,
    },
    errors: failures.map(([kind]) => kind),
  };
}

/** Known spans of milliseconds, in nanoseconds. */
function spans(milliseconds: Readonly<Record<string, number | undefined>>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(milliseconds).flatMap(([name, span]) =>
      span === undefined ? [] : [[name, Math.round(span * nanosecondsInMs)]],
    ),
  );
}

/** In milliseconds, from 50 samples on. */
function percentile90(counts: LatencyCounts): number | undefined {
  return LatencyHistogram.of(counts).percentile(90);
}

/** The series in steps of a tenth of a second, as CSV (RFC 4180). Times in milliseconds but for the first column. */
export function seriesCsv(ticks: readonly RunTick[]): string {
  const columns: Readonly<Record<string, (tick: RunTick) => number | undefined>> = {
    seconds: ({ at }) => at / 1000,
    counted: ({ warmingUp }) => (warmingUp ? 0 : 1),
    done: ({ done }) => done,
    failed: ({ failed }) => failed,
    dropped: ({ dropped }) => dropped,
    in_flight: ({ inFlight }) => inFlight,
    waiting: ({ waiting }) => waiting,
    rate: ({ rate }) => rate,
    offered_rate: ({ offeredRate }) => offeredRate,
    failure_rate: ({ failureRate }) => failureRate,
    mean_ms: ({ latency }) => latency.mean,
    p50_ms: ({ latency }) => latency.p50,
    p95_ms: ({ latency }) => latency.p95,
    max_ms: ({ latency }) => latency.max,
    contradictory: ({ failedBy }) => failedBy.contradictory ?? 0,
  };
  const figure = (value: number | undefined) => (value === undefined ? "" : String(Math.round(value * 1000) / 1000));
  const rows = ticks.map((tick) =>
    Object.values(columns)
      .map((of) => figure(of(tick)))
      .join(","),
  );
  return [Object.keys(columns).join(","), ...rows].map((line) => `${line}\r\n`).join("");
}

/**
 * HdrHistogram's percentile log, in milliseconds, for its plotter
 * (https://hdrhistogram.github.io/HdrHistogram/plotFiles.html).
 */
export function percentileLog(counts: LatencyCounts): string {
  return LatencyHistogram.of(counts).percentileLog();
}
