import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldedRows } from "./compared-rows.ts";
import type { ComparedLine } from "./differences.ts";

const added = (text: string): ComparedLine => ({ kind: "added", text });
const textOf = (lines: readonly ComparedLine[]) =>
  foldedRows(lines, 1).rows.map(({ goesOn, stretches, emptyLines }) => [
    goesOn,
    emptyLines ?? stretches.map((each) => (each.kind === "text" ? each.text : each.kind)).join("|"),
  ]);

describe("foldedRows", () => {
  it("puts what follows a lone carriage return into a row of its own, and none at the end of a line", () => {
    expect(textOf([added("# note\rprint()\r")])).toEqual([
      [false, "# note|hidden"],
      [true, "print()|hidden"],
    ]);
  });

  it("goes on with a long line in further rows", () => {
    const rows = textOf([added(`${"x".repeat(900)}!`)]);
    expect(rows.map(([goesOn]) => goesOn)).toEqual([false, true, true]);
    expect(rows.map(([, text]) => text).join("")).toBe(`${"x".repeat(900)}!`);
  });

  it("counts empty lines", () => {
    expect(textOf([added("a"), ...Array.from({ length: 500 }, () => added(" ")), added("b")])).toEqual([
      [false, "a"],
      [false, 500],
      [false, "b"],
    ]);
    expect(textOf([added(""), added("")])).toEqual([
      [false, ""],
      [false, ""],
    ]);
  });

  it("folds what is more than a page, and shows it page by page", () => {
    const lines = Array.from({ length: 1000 }, (_, index) => added(`line ${index}`));
    expect(foldedRows(lines, 1).rows).toHaveLength(200);
    expect(foldedRows(lines, 1).folded).toBe(800);
    expect(foldedRows(lines, 2).folded).toBe(600);
    expect(foldedRows(lines, 5).folded).toBe(0);
  });

  it("makes a bounded number of elements, whatever a stranger writes, and hides nothing without saying so", () => {
    const lines = fc.array(
      fc.oneof(
        fc.string({ unit: "binary", maxLength: 60 }),
        fc.integer({ min: 1, max: 5000 }).map((count) => "x\u200b".repeat(count)),
        fc.integer({ min: 1, max: 5000 }).map((count) => "\r".repeat(count)),
        fc.constantFrom("", " ", "\r", "a"),
      ),
      { maxLength: 400 },
    );
    fc.assert(
      fc.property(lines, (texts) => {
        const { rows, folded } = foldedRows(texts.map(added), 1);
        expect(rows.length).toBeLessThanOrEqual(200);
        expect(rows.reduce((sum, { stretches }) => sum + 4 + stretches.length, 0)).toBeLessThanOrEqual(2000);
        const whole = rows.filter(({ goesOn }) => !goesOn).reduce((sum, row) => sum + (row.emptyLines ?? 1), 0);
        // A line that is shown in part is counted among the folded.
        expect([texts.length, texts.length + 1]).toContain(whole + folded);
      }),
      { numRuns: 20 },
    );
  }, 30_000);
});
