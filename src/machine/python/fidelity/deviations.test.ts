import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { pythonDeviations } from "./deviations.ts";

const root = new URL("../../../../", import.meta.url);

describe("the deviations of the Python machine", () => {
  it("are named once each", () => {
    const names = pythonDeviations.map(({ what }) => what);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(pythonDeviations.map(({ what, heldBy }) => [what, heldBy] as const))("%s: held by %s", (_, heldBy) => {
    expect(heldBy).toMatch(/\.(?:test|spec)\.tsx?$|^e2e\/reference\/scenarios\//);
    expect(existsSync(new URL(heldBy, root))).toBe(true);
  });
});
