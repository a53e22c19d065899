import { expect, it } from "vitest";
import { niceCeiling } from "./axis-maximum.ts";

it("ends an axis with a round number", () => {
  expect([0, 0.03, 1, 1.1, 78, 100, 412, 1950, 6000].map(niceCeiling)).toEqual([
    1, 0.03, 1, 1.5, 80, 100, 500, 2000, 6000,
  ]);
});
