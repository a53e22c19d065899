import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { linuxDeviations } from "./deviations.ts";

const root = new URL("../../../", import.meta.url);

describe("the deviations of the Linux machine", () => {
  it.each(linuxDeviations.map(({ what, heldBy }) => [what, heldBy] as const))("%s: held by %s", (_, heldBy) => {
    expect(existsSync(new URL(heldBy, root))).toBe(true);
  });
});
