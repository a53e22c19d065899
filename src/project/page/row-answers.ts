/** What both sides answered when each row of the table was asked once, and what follows from it. */
import type { PlannedRow } from "../routes/route.ts";
import type { RowAnswer } from "./ask-app.ts";

/** What both sides answered to a row, by its method and path. */
export type RowAnswers = ReadonlyMap<string, { readonly development: RowAnswer; readonly production: RowAnswer }>;

/** The name of a row among answers. */
export function rowKey({ method, path }: PlannedRow): string {
  return `${method} ${path}`;
}

/** Whether the app on both sides says that the request itself is at fault: a status from 400 to 499. */
export function refusedByBoth(row: PlannedRow, answers: RowAnswers): boolean {
  const answer = answers.get(rowKey(row));
  if (answer === undefined) return false;
  return [answer.development, answer.production].every(
    (each) => each.kind === "status" && each.status >= 400 && each.status < 500,
  );
}

/** What a reader would not like to see in answers, and may not understand. */
export type AnswerTrouble = "server errors" | "no answers" | "all refused";

/** What of it there is. */
export function troubleIn(rows: readonly PlannedRow[], answers: RowAnswers): readonly AnswerTrouble[] {
  const seen = rows.flatMap((row) => {
    const answer = answers.get(rowKey(row));
    return answer === undefined ? [] : [answer.development, answer.production];
  });
  const asked = rows.filter(({ weight }) => weight > 0);
  const found: AnswerTrouble[] = [];
  if (seen.some((each) => each.kind === "status" && each.status >= 500)) found.push("server errors");
  if (seen.some(({ kind }) => kind === "no answer")) found.push("no answers");
  if (asked.length > 0 && asked.every((row) => refusedByBoth(row, answers))) found.push("all refused");
  return found;
}

/**
 * The rows, of which those that the app refuses on both sides are asked no more: in a load test each of their answers
 * would count as an error of the server. Where it refuses all of them, they stay as they are.
 */
export function withoutRefused(rows: readonly PlannedRow[], answers: RowAnswers): readonly PlannedRow[] {
  if (rows.every((row) => row.weight === 0 || refusedByBoth(row, answers))) return rows;
  return rows.map((row) => (refusedByBoth(row, answers) ? { ...row, weight: 0 } : row));
}
