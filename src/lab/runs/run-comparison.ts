/** Which side a run shows ahead, for comparing it with what a reader predicted. */
import type { PredictionDefinition, SideName } from "../../lab-definition/schema.ts";
import type { LoadReport } from "../../load/plan.ts";
import { alikeWithin, judge, type Verdict } from "../../load/verdict.ts";
import { type BySide, sideNames } from "../basics/sides.ts";
import { failedRequests } from "./failed-requests.ts";
import type { RunOutcome } from "./run-outcome.ts";

/** The side with more of what was asked, or neither. */
export type RunWinner = SideName | "alike";

/** All outcomes, in the order in which they are offered. */
export const runWinners = [...sideNames, "alike"] as const satisfies readonly RunWinner[];

/** What is compared: requests per second, the median latency in milliseconds, how many requests failed, or how many contradicted. */
export type Metric = PredictionDefinition["measure"];

/** What a run showed. */
export interface RunComparison {
  readonly outcome: RunWinner;
  /** The figures of both sides, in the measure's unit. */
  readonly development: number;
  readonly production: number;
}

/**
 * What a run showed. `undefined` where it shows nothing for sure: it was stopped, disturbed, or its figures do not
 * tell.
 */
export function compareRun(run: RunOutcome, measure: Metric): RunComparison | undefined {
  const sides = undisturbed(run);
  if (sides === undefined) return undefined;
  const { development: a, production: b } = sides;
  const [development, production] = [figureOf(measure, a), figureOf(measure, b)];
  if (development === undefined || production === undefined) return undefined;
  const outcome = isCounted(measure) ? moreOf(development, production) : winnerOf(judge(measure, a, b));
  return outcome && { outcome, development, production };
}

/** The reports of a run that went to its end on both sides, with nothing else in its way. */
export function undisturbed({ sides, hidden, otherTab }: RunOutcome): BySide<LoadReport> | undefined {
  const [development, production] = [sides.development?.report, sides.production?.report];
  if (development?.end !== "complete" || production?.end !== "complete" || hidden || otherTab) return undefined;
  return { development, production };
}

function winnerOf(verdict: Verdict): RunWinner | undefined {
  switch (verdict.kind) {
    case "more":
    case "far more":
      return sideNames[verdict.side];
    case "alike":
      return "alike";
    case "uneven":
    case "too few":
      return undefined;
  }
}

/** Whether one against none is a difference. */
function isCounted(measure: Metric): measure is "failed" | "contradictory" {
  return measure === "failed" || measure === "contradictory";
}

/** The side with the larger of two figures of which nothing else is known, or neither where they are about alike. */
export function moreOf(development: number, production: number): RunWinner {
  const [more, less] = [Math.max(development, production), Math.min(development, production)];
  if (more === less || more < less * alikeWithin) return "alike";
  return more === development ? "development" : "production";
}

function figureOf(measure: Metric, report: LoadReport): number | undefined {
  if (measure === "failed") return failedRequests(report);
  if (measure === "contradictory") return report.failed.contradictory ?? 0;
  if (measure === "median") return report.latency.p50;
  return report.done === 0 ? 0 : report.achievedRate;
}

/** Whether something that was kept is an outcome. */
export function isRunWinner(value: unknown): value is RunWinner {
  return runWinners.some((outcome) => outcome === value);
}
