import { describe, expect, it } from "vitest";
import type { PlannedRow } from "../routes/route.ts";
import type { RowAnswer } from "./ask-app.ts";
import { troubleIn, withoutRefused } from "./row-answers.ts";

const row = (path: string): PlannedRow => ({ method: "GET", path, body: "", weight: 1 });
const status = (code: number): RowAnswer => ({ kind: "status", status: code });
const both = (answer: RowAnswer) => ({ development: answer, production: answer });
const weights = (rows: readonly PlannedRow[]) => rows.map(({ weight }) => weight);

describe("troubleIn", () => {
  const rows = [row("/"), row("/about")];
  const of = (first: RowAnswer, second: RowAnswer) =>
    troubleIn(
      rows,
      new Map([
        ["GET /", both(first)],
        ["GET /about", both(second)],
      ]),
    );

  it("finds none in answers that are as they should be, or not there yet", () => {
    expect(of(status(200), status(302))).toEqual([]);
    expect(of(status(200), status(404))).toEqual([]);
    expect(troubleIn(rows, new Map())).toEqual([]);
  });

  it("finds errors of the app, answers that did not come, and that nothing is left to be asked", () => {
    expect(of(status(500), status(200))).toEqual(["server errors"]);
    expect(of(status(503), { kind: "no answer" })).toEqual(["server errors", "no answers"]);
    expect(of(status(404), status(404))).toEqual(["all refused"]);
  });
});

describe("withoutRefused", () => {
  it("asks no more for what both sides refuse, and goes on with what fails or answers on one of them", () => {
    const rows = ["/", "/tasks/1", "/broken", "/one-side", "/silent", "/not-checked"].map(row);
    const answers = new Map([
      ["GET /", both(status(200))],
      ["GET /tasks/1", both(status(404))],
      ["GET /broken", both(status(500))],
      ["GET /one-side", { development: status(404), production: status(200) }],
      ["GET /silent", both({ kind: "no answer" })],
    ]);
    expect(weights(withoutRefused(rows, answers))).toEqual([1, 0, 1, 1, 1, 1]);
  });

  it("leaves the rows as they are where nothing else would be asked", () => {
    const rows = [row("/"), row("/about")];
    const answers = new Map([
      ["GET /", both(status(404))],
      ["GET /about", both(status(403))],
    ]);
    expect(withoutRefused(rows, answers)).toBe(rows);
  });
});
