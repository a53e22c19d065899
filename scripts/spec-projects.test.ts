import { globSync } from "node:fs";
import { expect, it } from "vitest";
import { projectOf, specProjects, specsInFirefox, specsOf } from "./spec-projects.ts";

it("has a project for each browser test, and no test in two", () => {
  const all = specProjects.flatMap(specsOf);
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBe(globSync("e2e/**/*.spec.ts").length);
});

it.each([
  ["names no project", 'import { test } from "@playwright/test";\n'],
  ["names slow", "// @project slow\n"],
  ["names labs and beside", "// @project labs\n// @project beside\n"],
])("refuses a browser test that %s", (problem, text) => {
  expect(() => projectOf(text, "e2e/new.spec.ts")).toThrow(
    `e2e/new.spec.ts ${problem}. Begin it with one line: // @project labs or // @project beside or // @project waiting or // @project webkit`,
  );
});

it("reads the project wherever the line stands", () => {
  expect(projectOf("/** About it. */\n// @project beside\n", "e2e/new.spec.ts")).toBe("beside");
});

it("knows the browser tests that run in Firefox, too: each belongs to a project beside", () => {
  const all = new Set(specProjects.flatMap(specsOf));
  expect(specsInFirefox().length).toBeGreaterThan(0);
  for (const path of specsInFirefox()) expect(all).toContain(path);
});
