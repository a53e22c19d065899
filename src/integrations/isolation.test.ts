import { describe, expect, it } from "vitest";
import { hostFiles } from "./isolation.ts";

describe("hostFiles", () => {
  it("names both headers for every host", () => {
    for (const text of Object.values(hostFiles())) {
      expect(text).toMatch(/Cross-Origin-Opener-Policy.*\n?.*/);
      expect(text).toContain("require-corp");
    }
  });
});
