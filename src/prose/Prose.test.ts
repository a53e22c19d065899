import { describe, expect, it } from "vitest";
import { proseParts } from "./prose-parts.ts";

describe("proseParts", () => {
  it("sets apart what stands between backticks", () => {
    expect(proseParts("Use `-w 4`, not `-w 1`.")).toEqual([
      { text: "Use ", code: false },
      { text: "-w 4", code: true },
      { text: ", not ", code: false },
      { text: "-w 1", code: true },
      { text: ".", code: false },
    ]);
  });

  it("leaves a lone backtick alone", () => {
    expect(proseParts("a ` b")).toEqual([{ text: "a ` b", code: false }]);
    expect(proseParts("``")).toEqual([{ text: "``", code: false }]);
  });
});
