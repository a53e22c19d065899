/** A receipt as a page that can be read and printed. */
import { formatRate, formatTime } from "../../lab/basics/number-format.ts";
import { sideNames } from "../../lab/basics/sides.ts";
import { TableHead } from "../../lab/view/ui/TableHead.tsx";
import { learningStrings, receiptStrings } from "../../strings/strings.ts";
import { QrCode } from "./QrCode.tsx";
import { type Receipt, type ReceiptRun, runsOf } from "./receipt.ts";

const words = receiptStrings;

/** All that a receipt says. */
export function ReceiptPaper({ receipt }: { readonly receipt: Receipt }) {
  const { name, course, made, keyed, assignment, lessons, predictions, exercises, sha256 } = receipt;
  return (
    <article class="receipt-paper" aria-label={words.of(name)}>
      <h3>{words.of(name)}</h3>
      <dl>
        {assignment !== undefined && <Entry term={words.assignment} text={assignment} />}
        <Entry term={words.course} text={`${course.version}, ${course.date}, ${course.address}`} />
        <Entry term={words.made} text={momentText(made)} />
        <Entry term={words.sum} text={`${sha256}${keyed ? ` (${words.keyed})` : ""}`} />
      </dl>
      <QrCode text={`two-servers-receipt ${sha256} ${name}`} label={words.qr} />
      <table>
        <TableHead columns={[words.lesson, words.lessonState, words.quiz, words.worked]} />
        <tbody>
          {lessons.map(({ id, title, state, quiz, first, last }) => (
            <tr key={id}>
              <th scope="row">{title}</th>
              <td>{words.state[state]}</td>
              <td>{words.score(quiz.right, quiz.questions, quiz.tries)}</td>
              <td>{first !== undefined && last !== undefined && words.from(momentText(first), momentText(last))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h4>{words.predictions}</h4>
      <PredictionTable predictions={predictions} />
      <h4>{words.runs}</h4>
      <RunTable runs={runsOf(receipt)} />
      <h4>{words.exercises}</h4>
      {exercises.length === 0 && <p>{words.noExercises}</p>}
      {exercises.map(({ name: exercise, solved, changes }) => (
        <div key={exercise}>
          <p>
            <code>{exercise}</code>
            {solved !== undefined && `, ${words.solvedOn(momentText(solved))}`}
          </p>
          {changes === "" ? <p>{words.noChanges}</p> : <pre>{changes}</pre>}
        </div>
      ))}
    </article>
  );
}

function Entry({ term, text }: { readonly term: string; readonly text: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{text}</dd>
    </div>
  );
}

function PredictionTable({ predictions }: { readonly predictions: Receipt["predictions"] }) {
  if (predictions.length === 0) return <p>{words.noPredictions}</p>;
  return (
    <table>
      <TableHead columns={[words.prediction, words.chosen, words.shown]} />
      <tbody>
        {predictions.map(({ about, chosen, shown, right }) => (
          <tr key={about}>
            <th scope="row">{about}</th>
            <td>{outcomeText(chosen)}</td>
            <td>
              {outcomeText(shown)}
              {right === true && ` (${learningStrings.quiz.isRight})`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The runs that a receipt lists: what each side ran, and what came of it. */
export function RunTable({ runs }: { readonly runs: readonly ReceiptRun[] }) {
  if (runs.length === 0) return <p>{words.noRuns}</p>;
  return (
    <>
      <p class="receipt-hint">{words.runsHint}</p>
      <table class="receipt-runs">
        <TableHead columns={[words.run, words.sides.development, words.sides.production]} />
        <tbody>
          {runs.map((run) => (
            <tr key={`${run.lab} ${run.plan} ${run.at}`}>
              <th scope="row">
                {run.lab}/{run.plan}
                <small>{momentText(run.at)}</small>
              </th>
              {sideNames.map((side) => (
                <td key={side}>
                  {figuresText(run[side])}
                  <code>{run[side].command}</code>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function figuresText({ rate, median, failed }: ReceiptRun["production"]): string {
  return words.figures(formatRate(rate), formatTime(median), failed);
}

/** An outcome in words; what a reader chose among texts stands as it is. */
function outcomeText(text: string | undefined): string {
  if (text === "development" || text === "production" || text === "alike") return words.outcomes[text];
  return text ?? "—";
}

/** A moment of ISO 8601 in the reader's own time, to the minute: `2026-11-29 10:03`. */
export function momentText(moment: string): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return moment;
  const two = (figure: number) => String(figure).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
