import type { SideName } from "../../../lab-definition/schema.ts";
import { labStrings } from "../../../strings/strings.ts";
import { formatCount, formatFigure, formatTime, noFigure } from "../../basics/number-format.ts";
import type { LabSession } from "../../session/lab-session.ts";

const words = labStrings.workers;

/** What the lanes of the last run show, as sentences and as a table. */
export function LanesInWords({ session, name }: { session: LabSession; name: SideName }) {
  const { work, workers = [] } = session.load.result.value?.sides[name] ?? {};
  if (work === undefined) return null;
  const { value: marks } = session.faults[name].runMarks;
  const { title } = session.sides[name].definition;
  return (
    <details class="lab-in-words">
      <summary>{words.inWords}</summary>
      <p>{words.lanesSeen(title, work.processes, work.atOnce, work.waiting)}</p>
      {marks.length > 0 && (
        <p>{labStrings.faults.marked(marks.map(({ word, since }) => [word, formatFigure(since / 1000)]))}</p>
      )}
      <table class="lab-table lab-table-small" aria-label={words.tableOf(title)}>
        <thead>
          <tr>
            {words.columns.map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {workers.map(({ pid, threads, taken, failed, busy }) => (
            <tr key={pid}>
              <th scope="row">{pid}</th>
              <td>{threads === 0 ? noFigure : formatCount(threads)}</td>
              <td>{formatCount(taken)}</td>
              <td>{formatCount(failed)}</td>
              <td>{formatTime(busy)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
