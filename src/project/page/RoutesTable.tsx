/** The routes of a project: what each side answers, and a table that the plans of the load test are made from. */
import type { Signal } from "@preact/signals";
import { Button } from "../../lab/view/ui/Button.tsx";
import { projectStrings } from "../../strings/strings.ts";
import type { PlannedRow } from "../routes/route.ts";
import type { RowAnswer } from "./ask-app.ts";
import { type RowAnswers, refusedByBoth, rowKey, troubleIn } from "./row-answers.ts";

const words = projectStrings.routes;

/** Where the routes are from. */
export type RoutesOrigin =
  | { readonly kind: "source" }
  | { readonly kind: "asking" }
  | { readonly kind: "app" }
  | { readonly kind: "failed"; readonly why: string };

interface RoutesTableProps {
  readonly rows: Signal<readonly PlannedRow[]>;
  readonly origin: RoutesOrigin;
  readonly answers: RowAnswers;
  readonly running: boolean;
  readonly checking: boolean;
  readonly onCheck: () => void;
  /** The reader has changed a row. */
  readonly onEdit: () => void;
}

/** The list and the table. */
export function RoutesTable({ rows, origin, answers, running, checking, onCheck, onEdit }: RoutesTableProps) {
  const change = (changed: readonly PlannedRow[]) => {
    rows.value = changed;
    onEdit();
  };
  return (
    <section class="project-panel" aria-label={words.heading}>
      <h2>{words.heading}</h2>
      <p class="project-muted" role="status">
        {checking ? words.checking : originSentence(origin)}
      </p>
      <ul aria-label={words.list} class="project-routes">
        {rows.value.map((row) => (
          <li key={rowKey(row)}>
            <code>{rowKey(row)}</code> <Answer answers={answers} row={row} />
          </li>
        ))}
      </ul>
      {troubleIn(rows.value, answers).map((trouble) => (
        <p key={trouble}>{words.trouble[trouble]}</p>
      ))}
      <div class="project-buttons">
        <Button off={!running || checking} onPress={onCheck}>
          {words.check}
        </Button>
        {!running && <span class="project-muted">{words.startFirst}</span>}
      </div>
      <details>
        <summary>{words.change}</summary>
        <p class="project-muted">{words.weightMeaning}</p>
        <div class="project-table">
          <table>
            <thead>
              <tr>
                <th scope="col">{words.columns.method}</th>
                <th scope="col">{words.columns.path}</th>
                <th scope="col">{words.columns.body}</th>
                <th scope="col">{words.columns.weight}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {rows.value.map((row, at) => (
                <Row
                  key={at}
                  row={row}
                  number={at + 1}
                  onChange={(changed) => change(rows.value.map((each, place) => (place === at ? changed : each)))}
                  onRemove={() => change(rows.value.filter((_, place) => place !== at))}
                />
              ))}
            </tbody>
          </table>
        </div>
        <Button onPress={() => change([...rows.value, { method: "GET", path: "/", body: "", weight: 1 }])}>
          {words.add}
        </Button>
      </details>
    </section>
  );
}

function originSentence(origin: RoutesOrigin): string {
  switch (origin.kind) {
    case "source":
      return words.fromSource;
    case "asking":
      return words.asking;
    case "app":
      return words.fromApp;
    case "failed":
      return words.failed(origin.why);
  }
}

function Answer({ answers, row }: { answers: RowAnswers; row: PlannedRow }) {
  const answer = answers.get(rowKey(row));
  if (answer === undefined) return null;
  const bad = [answer.development, answer.production].some((each) => each.kind === "no answer" || each.status >= 400);
  return (
    <span class={bad ? "lab-failed" : "project-muted"}>
      {words.answers(answerWord(answer.development), answerWord(answer.production))}
      {row.weight === 0 && refusedByBoth(row, answers) && words.leftOut}
    </span>
  );
}

function answerWord(answer: RowAnswer): string {
  return answer.kind === "status" ? words.status(answer.status) : words.noAnswer;
}

interface RowProps {
  readonly row: PlannedRow;
  /** From 1. */
  readonly number: number;
  readonly onChange: (row: PlannedRow) => void;
  readonly onRemove: () => void;
}

function Row({ row, number, onChange, onRemove }: RowProps) {
  return (
    <tr>
      <td>
        <select
          aria-label={words.row.method(number)}
          value={row.method}
          onChange={({ currentTarget }) => onChange({ ...row, method: currentTarget.value })}
        >
          {["GET", "POST", "PUT", "PATCH", "DELETE"].map((method) => (
            <option key={method}>{method}</option>
          ))}
        </select>
      </td>
      <td>
        <input
          aria-label={words.row.path(number)}
          value={row.path}
          spellcheck={false}
          autocapitalize="off"
          onChange={({ currentTarget }) => {
            const { value } = currentTarget;
            onChange({ ...row, path: value.startsWith("/") ? value : `/${value}` });
          }}
        />
      </td>
      <td>
        <input
          aria-label={words.row.body(number)}
          value={row.body}
          spellcheck={false}
          autocapitalize="off"
          onChange={({ currentTarget }) => onChange({ ...row, body: currentTarget.value })}
        />
      </td>
      <td>
        <input
          type="number"
          min={0}
          max={100}
          aria-label={words.row.weight(number)}
          value={row.weight}
          onChange={({ currentTarget }) =>
            onChange({ ...row, weight: Math.min(100, Math.max(0, currentTarget.valueAsNumber || 0)) })
          }
        />
      </td>
      <td>
        <Button weight="quiet" name={words.row.remove(number)} onPress={onRemove}>
          {words.remove}
        </Button>
      </td>
    </tr>
  );
}
