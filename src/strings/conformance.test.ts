import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { conformanceCriteria } from "./en/conformance.ts";

/** The success criteria of WCAG 2.2 (W3C Recommendation of 12 December 2024), without 4.1.1, which is obsolete. */
const wcag22 = {
  A: [
    "1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2",
    "2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.5.1 2.5.2 2.5.3 2.5.4",
    "3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.2",
  ],
  AA: [
    "1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13",
    "2.4.5 2.4.6 2.4.7 2.4.11 2.5.7 2.5.8",
    "3.1.2 3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3",
  ],
} as const;

describe("the conformance report", () => {
  it("has every criterion of WCAG 2.2, levels A and AA, once, in order", () => {
    for (const level of ["A", "AA"] as const) {
      const numbers = conformanceCriteria.filter((each) => each.level === level).map(({ number }) => number);
      expect(numbers).toEqual(wcag22[level].flatMap((line) => line.split(" ")));
    }
    expect(conformanceCriteria).toHaveLength(55);
    const inOrder = conformanceCriteria.map(({ number }) => number);
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => a.localeCompare(b, "en", { numeric: true })));
    expect(new Set(conformanceCriteria.map(({ name }) => name)).size).toBe(55);
  });

  it("names only tests that are there", () => {
    const named = new Set(conformanceCriteria.flatMap(({ tests = [] }) => tests));
    expect(named.size).toBeGreaterThan(10);
    expect([...named].filter((path) => !existsSync(path))).toEqual([]);
  });

  it("says of each criterion what is so, and takes no test for what does not apply", () => {
    for (const { number, conformance, remark, tests } of conformanceCriteria) {
      expect(remark, number).toMatch(/^[A-Z0-9].{15,}\.$/);
      if (conformance === "Not Applicable") expect(tests, number).toBeUndefined();
    }
  });
});
