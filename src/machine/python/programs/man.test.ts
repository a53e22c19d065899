import { describe, expect, it } from "vitest";
import { absentPrograms } from "./absent-programs.ts";
import { manualText } from "./man.ts";
import { manualPages } from "./manual-pages.ts";

describe("manualText", () => {
  it("has a page for each command that its pages name", () => {
    const named = [...manualPages.values()].flatMap(({ see = [] }) => see);
    expect(named.filter((name) => !manualPages.has(name))).toEqual([]);
  });

  it("has no page for what is not here", () => {
    expect([...absentPrograms.keys()].filter((name) => manualPages.has(name))).toEqual([]);
    expect(manualText("nginx")).toBeUndefined();
  });

  it("sets whole words in lines that a terminal of 80 columns holds", () => {
    for (const name of manualPages.keys()) {
      for (const line of (manualText(name) ?? "").split("\n")) expect(line.length, `${name}: ${line}`).toBeLessThan(80);
    }
    expect(manualText("sleep")).toBe("NAME\n       sleep - wait\n\nSYNOPSIS\n       sleep SECONDS\n");
  });
});
