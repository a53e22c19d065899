/** Which side a recorded run shows ahead. */
import { moreOf, type RunComparison } from "../lab/runs/run-comparison.ts";
import type { PredictionDefinition } from "../lab-definition/schema.ts";
import type { RecordedRun } from "../schemas/recorded-run.ts";

/** What a recorded run shows of what is asked. Nothing where it has no such figure. */
export function recordedComparison(
  { sides: { development, production } }: Pick<RecordedRun, "sides">,
  { measure }: Pick<PredictionDefinition, "measure">,
): RunComparison | undefined {
  // What kinds its errors were is not recorded.
  const of = ({ rate, median, errors }: typeof development) =>
    ({ rate, median, failed: errors, contradictory: undefined })[measure];
  const [a, b] = [of(development), of(production)];
  return a === undefined || b === undefined ? undefined : { outcome: moreOf(a, b), development: a, production: b };
}
