import { sentences } from "./explain.ts";
import type { LabSession } from "./lab-session.ts";
import { ResultsTable } from "./ResultsTable.tsx";

/** What came of the last run: the figures, and what happened in a sentence. */
export function Results({ session }: { session: LabSession }) {
  const { value: result } = session.load.result;
  const [happened, ...more] = result?.complete ? sentences(result) : [];
  return (
    <div class="lab-results" data-empty={result === undefined}>
      {result && <ResultsTable result={result} session={session} />}
      <div class="lab-sentence" role="status">
        {happened && <p>{happened}</p>}
        {more.length > 0 && <p>{more.join(" ")}</p>}
      </div>
    </div>
  );
}
