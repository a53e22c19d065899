import { describe, expect, it } from "vitest";
import type { PlannedRow } from "../routes/route.ts";
import type { RowAnswer } from "./ask-app.ts";
import { withoutRefused } from "./row-answers.ts";

const row = (path: string): PlannedRow => ({ method: "GET", path, body: "", weight: 1 });
const status = (code: number): RowAnswer => ({ kind: "status", status: code });
const both = (answer: RowAnswer) => ({ development: answer, production: answer });
const weights = (rows: readonly PlannedRow[]) => rows.map(({ weight }) => weight);

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
