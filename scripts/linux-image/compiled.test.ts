import { describe, expect, it } from "vitest";
import { compiledFiles, readCompiled, sha256Of } from "./compiled.ts";

describe.each(compiledFiles)("linux/built/$name", ({ name, madeFrom }) => {
  it("was built by the recipe of today", () => {
    expect(readCompiled()[name]?.madeFrom, "Build it anew: npm run linux:compiled").toBe(madeFrom);
  });

  it("is the file that the recipe gave", () => {
    expect(sha256Of(name)).toBe(readCompiled()[name]?.sha256);
  });
});
