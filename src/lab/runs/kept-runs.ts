/** The last runs of each lab, kept on the reader's device after the visit: a receipt lists them. */
import type { KeptFigures, KeptRun } from "../../learning/progress/learner-progress.ts";
import { learnerStore, type ProgressStore } from "../../learning/progress/progress-store.ts";
import type { LoadReport } from "../../load/plan.ts";
import { failedRequests } from "./failed-requests.ts";
import { undisturbed } from "./run-comparison.ts";
import { mostRuns, type PastRun } from "./run-history.ts";

/** No command line of a lab is longer; one that a reader has made so is cut. */
const longestCommand = 300;

/**
 * Keeps the figures of a run, and forgets the lab's oldest. A run that was stopped or disturbed is not kept: its figures
 * say nothing of the servers.
 *
 * @param lab its name
 * @param store where it is kept, on the reader's device
 */
export function keepRun(lab: string, run: PastRun, store: ProgressStore = learnerStore()): void {
  const reports = undisturbed(run.result);
  if (reports === undefined) return;
  const kept: KeptRun = {
    plan: run.result.planName,
    at: run.began.getTime(),
    development: figuresOf(reports.development, run.commands.development),
    production: figuresOf(reports.production, run.commands.production),
  };
  store.update((memory) => ({
    ...memory,
    runs: { ...memory.runs, [lab]: [...(memory.runs[lab] ?? []), kept].slice(-mostRuns) },
  }));
}

function figuresOf(report: LoadReport, command: string): KeptFigures {
  const { done, achievedRate, latency } = report;
  return {
    command: command.slice(0, longestCommand),
    rate: rounded(done === 0 ? 0 : achievedRate),
    ...(latency.p50 !== undefined && { median: rounded(latency.p50) }),
    failed: failedRequests(report),
  };
}

/** More digits than a run is good for would only fill the reader's storage. */
function rounded(figure: number): number {
  return Number(figure.toPrecision(4));
}
