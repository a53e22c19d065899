/** What a chart of a run is drawn from: the figures of both sides, put together on one axis of time. */
import type { SideName } from "../../../lab-definition/schema.ts";
import type { LoadReport } from "../../../load/plan.ts";
import { type BySide, sideNames } from "../../basics/sides.ts";
import type { RunTick } from "../../runs/run-ticks.ts";

/** A line of a chart. */
export interface ChartLine {
  readonly side: SideName;
  /**
   * `main` is drawn strong; `upper` is drawn fine, with the space down to its side's main line tinted; `offered` is
   * dotted and of no side's colour; `compared` is of another run, and fine.
   */
  readonly rank: "main" | "upper" | "offered" | "compared";
  readonly of: (tick: RunTick) => number | undefined;
  /** What the table says of the same over the whole run. Absent where it says nothing. */
  readonly whole?: (report: LoadReport) => number | undefined;
}

/** The run on screen, and the one that is laid over it. */
export interface ChartRuns {
  readonly shown: BySide<readonly RunTick[]>;
  readonly compared?: BySide<readonly RunTick[]> | undefined;
}

/** What a line is drawn from. */
export function ticksOfLine({ shown, compared }: ChartRuns, { side, rank }: ChartLine): readonly RunTick[] {
  return rank === "compared" ? (compared?.[side] ?? []) : shown[side];
}

/** A column of figures: `null` where a side has no figure at a moment, `undefined` where it has said nothing then. */
export type ChartColumn = readonly (number | null | undefined)[];

/** The figures of a chart. */
export interface ChartData {
  /** Seconds since each side's run began, ascending. */
  readonly seconds: readonly number[];
  /** A column for each line, as long as `seconds`. */
  readonly columns: readonly ChartColumn[];
}

/** Puts the lines of both sides on one axis of time, though each side speaks at moments of its own. */
export function alignLines(runs: ChartRuns, lines: readonly ChartLine[]): ChartData {
  const all = [runs.shown, runs.compared].flatMap((run) => sideNames.flatMap((side) => run?.[side] ?? []));
  const moments = [...new Set(all.map(({ at }) => at))].sort((a, b) => a - b);
  return {
    seconds: moments.map((at) => at / 1000),
    columns: lines.map((line) => {
      const figures = new Map(ticksOfLine(runs, line).map((tick) => [tick.at, line.of(tick) ?? null]));
      return moments.map((at) => figures.get(at));
    }),
  };
}

/** A chart's figures at a second, one for each line. */
export interface ChartRow {
  readonly second: number;
  readonly figures: readonly (number | undefined)[];
}

/** A row for each whole second: what a chart says, for reading. */
export function rowsBySecond(runs: ChartRuns, lines: readonly ChartLine[]): readonly ChartRow[] {
  const last = Math.max(0, ...lines.map((line) => ticksOfLine(runs, line).at(-1)?.at ?? 0));
  return Array.from({ length: Math.round(last / 1000) }, (_, index) => {
    const until = (index + 1) * 1000;
    return { second: index + 1, figures: lines.map((line) => figureAt(ticksOfLine(runs, line), until, line.of)) };
  });
}

/** The figure of the last tick of a second. Ticks come a little late, so that one just after it still counts. */
function figureAt(ticks: readonly RunTick[], until: number, of: ChartLine["of"]): number | undefined {
  const tick = ticks.findLast(({ at }) => at <= until + 60);
  return tick === undefined || tick.at <= until - 940 ? undefined : of(tick);
}

/** The course of a line in three figures. */
export interface LineSummary {
  readonly lowest: number;
  readonly highest: number;
  /** When it was highest, in seconds since the run began. */
  readonly highestAt: number;
  readonly last: number;
}

/** Sums a line up. `undefined` if it has no figures. The first second is left out where more is known: it fills up. */
export function summariseLine(ticks: readonly RunTick[], of: ChartLine["of"]): LineSummary | undefined {
  const known = ticks.flatMap((tick) => {
    const figure = of(tick);
    return figure === undefined ? [] : [{ at: tick.at, figure }];
  });
  const settled = known.some(({ at }) => at >= 1000) ? known.filter(({ at }) => at >= 1000) : known;
  const [first] = settled;
  const last = settled.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const highest = settled.reduce((best, each) => (each.figure > best.figure ? each : best), first);
  return {
    lowest: Math.min(...settled.map(({ figure }) => figure)),
    highest: highest.figure,
    highestAt: highest.at / 1000,
    last: last.figure,
  };
}
