import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { dataProtectionStrings } from "./en/adoption.ts";

it("names in the data protection sheet no test that is not there", () => {
  expect(dataProtectionStrings.tests.filter((path) => !existsSync(path))).toEqual([]);
});

it("says to teachers what changed since each released version", () => {
  const released = [...readFileSync("CHANGELOG.md", "utf8").matchAll(/^## \[(\d+\.\d+\.\d+)\]/gm)].map(
    ([, each]) => each,
  );
  const told = [...readFileSync("content/instructors/changes.mdx", "utf8").matchAll(/^## Since (\S+)$/gm)].map(
    ([, each]) => each,
  );
  expect(told).toEqual(released);
});
