/** What a lab's runs came to, a line for each plan: the last run of this visit, or one that was recorded. */
import { formatCount, formatRate, formatTime } from "../../lab/basics/number-format.ts";
import { choiceLabel } from "../../lab/runs/prediction-words.ts";
import { compareRun, type RunComparison } from "../../lab/runs/run-comparison.ts";
import type { PastRun } from "../../lab/runs/run-history.ts";
import type { LabDefinition, PredictionDefinition } from "../../lab-definition/schema.ts";

/** A plan that a class has predicted. */
export interface PredictedPlan {
  readonly name: string;
  /** Its name on screen. */
  readonly label: string;
  readonly prediction: PredictionDefinition;
  /** What a recorded run of it showed. Left out: there is none. */
  readonly recorded?: RunComparison;
}

/** A line on the slide. Figures have their units; where no run has told anything yet, they are left out. */
export interface OutcomeLine {
  readonly plan: string;
  readonly question: string;
  readonly figures?: { readonly development: string; readonly production: string };
  /** The choice that was right. */
  readonly answer?: string;
  readonly from: "this visit" | "recorded" | "nothing";
}

/** A line for each plan, from the runs of this visit (oldest first) where there are some. */
export function outcomeLines(
  plans: readonly PredictedPlan[],
  sides: LabDefinition["sides"],
  runs: readonly PastRun[],
): readonly OutcomeLine[] {
  return plans.map(({ name, label, prediction, recorded }) => {
    const result = runs.findLast((run) => run.result.planName === name && run.result.complete)?.result;
    const seen = result && compareRun(result, prediction.measure);
    const shown = result === undefined ? recorded : seen;
    const format = { rate: formatRate, median: formatTime, failed: formatCount, contradictory: formatCount }[
      prediction.measure
    ];
    return {
      plan: label,
      question: prediction.question,
      ...(shown && {
        figures: { development: format(shown.development), production: format(shown.production) },
        answer: choiceLabel(prediction, sides, shown.outcome),
      }),
      from: result !== undefined ? "this visit" : shown ? "recorded" : "nothing",
    };
  });
}
