/** Which side a run shows ahead, for comparing it with what a reader predicted. */
import type { PredictionDefinition, SideName } from "../../lab-definition/schema.ts";
import type { LoadReport } from "../../load/plan.ts";
import { sideNames } from "../basics/sides.ts";
import { failedRequests } from "./failed-requests.ts";
import type { RunOutcome } from "./run-outcome.ts";

/** The side with more of what was asked, or neither. */
export type RunWinner = SideName | "alike";

/** Rates closer than this are called alike: runs differ by as much from one another. */
export const alikeWithin = 1.1;

/** All outcomes, in the order in which they are offered. */
export const runWinners = [...sideNames, "alike"] as const satisfies readonly RunWinner[];

/** What is compared: requests per second, the median latency in milliseconds, or how many requests failed. */
export type Metric = PredictionDefinition["measure"];

/** What a run showed. */
export interface RunComparison {
  readonly outcome: RunWinner;
  /** The figures of both sides, in the measure's unit. */
  readonly development: number;
  readonly production: number;
}

const figures: Readonly<Record<Metric, (report: LoadReport) => number | undefined>> = {
  rate: ({ done, achievedRate }) => (done === 0 ? 0 : achievedRate),
  median: ({ latency }) => latency.p50,
  failed: failedRequests,
};

/**
 * What a run showed. `undefined` where it shows nothing for sure: it was stopped, disturbed, or one side has no figure.
 */
export function compareRun(run: RunOutcome, measure: Metric): RunComparison | undefined {
  const [a, b] = [run.sides.development?.report, run.sides.production?.report];
  if (a?.end !== "complete" || b?.end !== "complete" || run.hidden || run.otherTab) return undefined;
  const [development, production] = [figures[measure](a), figures[measure](b)];
  if (development === undefined || production === undefined) return undefined;
  return { outcome: winnerOf(development, production), development, production };
}

function winnerOf(development: number, production: number): RunWinner {
  const [more, less] = [Math.max(development, production), Math.min(development, production)];
  if (more < less * alikeWithin || more === less) return "alike";
  return more === development ? "development" : "production";
}

/** Whether something that was kept is an outcome. */
export function isRunWinner(value: unknown): value is RunWinner {
  return runWinners.some((outcome) => outcome === value);
}
