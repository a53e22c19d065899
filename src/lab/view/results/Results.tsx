import { labStrings, replayStrings } from "../../../strings/strings.ts";
import { comparison } from "../../runs/prediction-words.ts";
import type { LoadResult } from "../../runs/run-outcome.ts";
import { sentences } from "../../runs/run-summary.ts";
import type { LabSession } from "../../session/lab-session.ts";
import { ResultsTable } from "./ResultsTable.tsx";
import { Runs } from "./Runs.tsx";

/** What came of the last run: the figures, and what happened in a sentence. */
export function Results({ session }: { session: LabSession }) {
  const { value: result } = session.load.result;
  const [happened, ...more] = result?.complete ? sentences(result) : [];
  return (
    <div class="lab-results" data-empty={result === undefined}>
      {session.load.recorded.value && result && (
        <p>
          <strong class="lab-recorded-mark">{replayStrings.recorded}</strong>
        </p>
      )}
      <div class="lab-sentence" role="status">
        {happened && <p>{happened}</p>}
        {more.length > 0 && <p>{more.join(" ")}</p>}
        {result !== undefined && result === session.predicted.value && <Predicted session={session} />}
        {result?.complete && waits(session, result) && <p>{labStrings.predict.waits}</p>}
      </div>
      {result && <ResultsTable result={result} session={session} />}
      {result?.complete && session.parts.extent === "whole" && <Runs session={session} />}
    </div>
  );
}

/** Somebody predicted, and this run did not tell. */
function waits(session: LabSession, { planName, plan }: LoadResult): boolean {
  if (plan.predict === undefined || session.load.recorded.value !== undefined) return false;
  const { choice, shown } = session.prediction(planName);
  return choice !== undefined && shown === undefined;
}

/** How the run compares with what the reader predicted of it. */
function Predicted({ session }: { session: LabSession }) {
  const plan = session.definition.plans.find(({ name }) => name === session.predicted.value?.planName);
  if (plan?.predict === undefined) return null;
  const known = session.prediction(plan.name);
  // Who predicted nothing is not reminded of it beside the result.
  if (known.choice === undefined) return null;
  return (
    <p class="lab-predicted" data-right={known.choice === known.shown?.outcome}>
      {comparison(plan.predict, session.definition.sides, known)}
    </p>
  );
}
