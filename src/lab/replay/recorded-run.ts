/**
 * A whole run as a file: what came of it, and its course in steps of a tenth of a second. Made by `npm run record`,
 * shown again by `RunPlayer`.
 */
import type { SideName } from "../../lab-definition/schema.ts";
import type { LoadReport } from "../../load/plan.ts";
import { type BySide, bySide, type CommandLines, sideNames } from "../basics/sides.ts";
import { readersInWords } from "../runs/plan-words.ts";
import { seriesCsv } from "../runs/run-export.ts";
import type { PastRun } from "../runs/run-history.ts";
import type { LoadResult, SideOutcome } from "../runs/run-outcome.ts";
import type { RunTick } from "../runs/run-ticks.ts";
import type { RecordedRequests } from "./recorded-requests.ts";

/**
 * A side of it, with its single requests where those were recorded. What only other files need (each single latency) is left out, and the ticks are CSV: a column a figure.
 */
export interface RecordedSide {
  readonly outcome: Omit<SideOutcome, "report"> & {
    readonly report: Omit<LoadReport, "series" | "latencyCounts" | "latencyFromSendingCounts">;
  };
  readonly series: string;
  readonly requests?: RecordedRequests;
}

/** The run. Its plan stands in the lab. */
export interface RecordedCourse {
  readonly result: Omit<LoadResult, "sides" | "plan">;
  readonly sides: Readonly<Partial<Record<SideName, RecordedSide>>>;
}

/** What `runs/<lab>-<plan>.json` of the site holds. */
export interface RecordedRunFile {
  readonly date: string;
  /** The computer that it ran on. */
  readonly machine: { readonly processor: string; readonly cores: number; readonly browser: string };
  /** The command lines that ran. */
  readonly commands: CommandLines;
  readonly course: RecordedCourse;
}

/**
 * A run of this visit, to be written down.
 *
 * @param requests of each side, where they are still known
 */
export function courseOf({ result, ticks }: PastRun, requests: Partial<BySide<RecordedRequests>> = {}): RecordedCourse {
  const { sides, plan: _, ...rest } = result;
  return {
    result: rest,
    sides: Object.fromEntries(
      sideNames.flatMap((side) => {
        const outcome = sides[side];
        if (outcome === undefined) return [];
        const { [side]: single } = requests;
        const known = single && { requests: single };
        const { series: _s, latencyCounts: _l, latencyFromSendingCounts: _f, ...report } = outcome.report;
        return [[side, { outcome: { ...outcome, report }, series: seriesCsv(ticks[side]), ...known }]];
      }),
    ),
  };
}

/** The ticks of a side, empty if it was not asked. */
export function ticksOf({ sides }: RecordedCourse): BySide<readonly RunTick[]> {
  return bySide((side) => readSeries(sides[side]?.series ?? ""));
}

/**
 * What came of a written run, as the lab shows it: in the page's language, whatever it was recorded in.
 *
 * @param titles of the sides
 */
export function resultOf(
  { result, sides }: RecordedCourse,
  plan: LoadResult["plan"],
  titles: BySide<string>,
): LoadResult {
  return {
    ...result,
    plan,
    planLabel: plan.label,
    readers: readersInWords(plan),
    ...(plan.predict && { measure: plan.predict.measure }),
    sides: Object.fromEntries(
      sideNames.flatMap((side) => {
        const recorded = sides[side];
        if (recorded === undefined) return [];
        const { outcome } = recorded;
        const report = { ...outcome.report, series: [], latencyCounts: [], latencyFromSendingCounts: [] };
        return [[side, { ...outcome, title: titles[side], report }]];
      }),
    ),
  };
}

/** Ticks out of what `seriesCsv` has written. */
export function readSeries(csv: string): readonly RunTick[] {
  const [head = "", ...lines] = csv.trim().split(/\r?\n/);
  const columns = head.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    const known = (column: string) => {
      const cell = cells[columns.indexOf(column)];
      return cell === undefined || cell === "" ? undefined : Number(cell);
    };
    const figure = (column: string) => known(column) ?? 0;
    const [waiting, mean, p50, p95, max] = ["waiting", "mean_ms", "p50_ms", "p95_ms", "max_ms"].map(known);
    return {
      at: Math.round(figure("seconds") * 1000),
      warmingUp: figure("counted") === 0,
      done: figure("done"),
      failed: figure("failed"),
      failedBy: {},
      dropped: figure("dropped"),
      inFlight: figure("in_flight"),
      rate: figure("rate"),
      offeredRate: figure("offered_rate"),
      failureRate: figure("failure_rate"),
      latency: {
        count: 0,
        ...(mean !== undefined && { mean }),
        ...(p50 !== undefined && { p50 }),
        ...(p95 !== undefined && { p95 }),
        ...(max !== undefined && { max }),
      },
      ...(waiting !== undefined && { waiting }),
    };
  });
}
