import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { browserStrings } from "./browsers.ts";
import { replayStrings } from "./replay.ts";

const versions = browserStrings.list.flatMap(({ names, from }) => names.split(", ").map((name) => ({ name, from })));

it.each(["README.md", "content/instructors/index.mdx"])("%s names the browsers of the list", (file) => {
  const text = readFileSync(file, "utf8").replaceAll(/\s+/g, " ");
  for (const { name, from } of versions) expect(text).toContain(`${name} ${from}`);
});

it("a lab that a browser cannot run names them", () => {
  for (const { name, from } of versions) {
    expect(replayStrings.cannotRun).toContain(name);
    expect(replayStrings.cannotRun).toContain(`${from}`);
  }
});
