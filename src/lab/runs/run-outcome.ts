/** What a run came to on each side: plain data, for the table, the sentences, the export and the runs that are kept. */
import type { PlanDefinition, PredictionDefinition, SideName } from "../../lab-definition/schema.ts";
import type { LoadReport } from "../../load/plan.ts";
import type { WorkSeen } from "../side/request-log.ts";
import type { WorkerWork } from "../side/worker-work.ts";

/** How a side's server was warmed before a run. None of it is in the run's figures. */
export interface WarmUp {
  /** How it ended: every worker was warm, the time for it was over, or the reader did not want to wait. */
  readonly end: "warm" | "limit" | "skipped";
  /** How long it took, in milliseconds. */
  readonly took: number;
  /** Requests that were answered in it. */
  readonly answers: number;
}

/** What one side did in a run. */
export interface SideOutcome {
  readonly title: string;
  readonly report: LoadReport;
  /** When its run began, in milliseconds since 1970. */
  readonly began?: number;
  /** Absent where its server was warm, or does not get warmer. */
  readonly warmUp?: WarmUp;
  /** Absent where the machine reports no single requests. */
  readonly work?: WorkSeen;
  /** What each of its processes did. Absent as `work` is. */
  readonly workers?: readonly WorkerWork[];
}

/** What is known of a run. */
export interface RunOutcome {
  readonly sides: Readonly<Partial<Record<SideName, SideOutcome>>>;
  /** The plan's name on screen. */
  readonly planLabel: string;
  /** Who asked, in words for the middle of a sentence. */
  readonly readers: string;
  /** What the plan is about. Left out: the rate. */
  readonly measure?: PredictionDefinition["measure"];
  /** The plan's handlers only wait. */
  readonly waitsOnly: boolean;
  /** Both sides ran at the same time. */
  readonly together: boolean;
  /** The page was hidden during the run. */
  readonly hidden: boolean;
  /** Another tab ran a load test during the run. */
  readonly otherTab?: boolean;
}

/** A run's outcome as far as it has come, and the machine's own reports behind it. */
export interface LoadResult extends RunOutcome {
  readonly planName: string;
  readonly plan: PlanDefinition;
  readonly complete: boolean;
}

/** The report of a side, where there is one. */
export function reportOf(result: LoadResult | undefined, side: SideName): LoadReport | undefined {
  return result?.sides[side]?.report;
}
