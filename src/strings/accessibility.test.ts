import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { accessibilityStrings } from "./en/accessibility.ts";

it("names no test that is not there", () => {
  const named = accessibilityStrings.tested.flatMap(({ test }) => test.split(", "));
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});
