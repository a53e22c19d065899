import { expect, it } from "vitest";
import { roundUp } from "./chart-scale.ts";

it("ends an axis with a round number", () => {
  expect([0, 0.03, 1, 1.1, 78, 100, 412, 1950, 6000].map(roundUp)).toEqual([
    1, 0.05, 1, 2, 100, 100, 500, 2000, 10_000,
  ]);
});
