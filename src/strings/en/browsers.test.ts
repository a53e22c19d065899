import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { browserStrings } from "./browsers.ts";
import { replayStrings } from "./replay.ts";

const versions = browserStrings.list.flatMap(({ names, from }) =>
  from === undefined ? [] : names.split(", ").map((name) => ({ name, from })),
);

it.each(["README.md", "content/instructors/index.mdx"])("%s names the browsers of the list", (file) => {
  const text = readFileSync(file, "utf8").replaceAll(/\s+/g, " ");
  for (const { name, from } of versions) expect(text).toContain(`${name} ${from}`);
});

it("README.md names those that the tests run in", () => {
  const text = readFileSync("README.md", "utf8").replaceAll(/\s+/g, " ");
  const tried = browserStrings.list.flatMap(({ with: inWhich }) =>
    / of Debian/.test(inWhich) ? (inWhich.split(" of ")[0] ?? []) : [],
  );
  expect(tried.length).toBeGreaterThan(2);
  for (const browser of tried) expect(text).toContain(browser);
});

it("a lab that a browser cannot run names them", () => {
  for (const { name, from } of versions) {
    expect(replayStrings.cannotRun).toContain(name);
    expect(replayStrings.cannotRun).toContain(`${from}`);
  }
});
