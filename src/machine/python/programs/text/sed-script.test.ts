import { describe, expect, it } from "vitest";
import { SedError, SedScript } from "./sed-script.ts";

function run(script: string, text: string, { extended = false, quiet = false } = {}): string {
  const sed = new SedScript([script], extended, quiet);
  const lines = text.split(" ");
  const printed: string[] = [];
  for (const [index, line] of lines.entries()) {
    const told = sed.line(line, index + 1, index === lines.length - 1);
    printed.push(...told.printed);
    if (told.quit) break;
  }
  return printed.join(" ");
}

describe("sed", () => {
  it.each([
    ["s/a/b/", "aa ca", "ba cb"],
    ["s/a/b/g", "aa ca", "bb cb"],
    ["s/A/<&>/gi", "aa", "<a><a>"],
    ["s|/x|/y|", "/x/x", "/y/x"],
    ["s/\\(.\\)-\\(.\\)/\\2-\\1/", "a-b", "b-a"],
    ["s/a+/x/", "aa a+", "aa x"],
    ["s/\\//|/", "a/b", "a|b"],
    ["2d", "a b c", "a c"],
    ["2,3d", "a b c d", "a d"],
    ["/b/,/c/d", "a b c d", "a d"],
    ["$d; s/a/x/", "a b c", "x b"],
    ["/a/!d", "a b ca", "a ca"],
    ["2q", "a b c", "a b"],
    ["1p", "a b", "a a b"],
  ])("%s", (script, text, expected) => {
    expect(run(script, text)).toBe(expected);
  });

  it("prints what is asked for alone with -n, and reads extended expressions with -E", () => {
    expect(run("2,3p", "a b c d", { quiet: true })).toBe("b c");
    expect(run("s/(a+)/<\\1>/", "baab", { extended: true })).toBe("b<aa>b");
  });

  it.each([
    ["x", "unknown command: `x'"],
    ["s/a", "unterminated `s' command"],
    ["1,d", "unexpected `,'"],
    ["dd", "extra characters after command"],
  ])("refuses %s", (script, message) => {
    expect(() => new SedScript([script], false, false)).toThrow(SedError);
    expect(() => new SedScript([script], false, false)).toThrow(message);
  });
});
