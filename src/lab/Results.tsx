import { explain } from "./explain.ts";
import type { LabSession } from "./lab-session.ts";
import { ResultsTable } from "./ResultsTable.tsx";
import { labStrings } from "./strings.ts";

/** What came of the last run: the figures, and what happened in a sentence. */
export function Results({ session }: { session: LabSession }) {
  const { value: result } = session.load.result;
  return (
    <div class="lab-results" data-empty={result === undefined}>
      {result && <ResultsTable result={result} session={session} />}
      <div class="lab-sentence" role="status">
        {result?.complete && (
          <>
            <p class="lab-sentence-plan">{labStrings.results.plan(result.planLabel)}</p>
            <p>{explain(result)}</p>
          </>
        )}
      </div>
    </div>
  );
}
