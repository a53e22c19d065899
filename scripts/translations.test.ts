import { describe, expect, it } from "vitest";
import { hashOf, madeFrom, missingWords, standingOf } from "./translations.ts";

const path = "content/es/lessons/01-a.mdx";
const noted = madeFrom(path, "---\ntitle: A\n---\n", "English");

describe("standingOf", () => {
  it("knows a translation whose original has changed since", () => {
    expect(standingOf(path, noted, "English")).toEqual({
      path,
      english: "content/lessons/01-a.mdx",
      state: "current",
    });
    expect(standingOf(path, noted, "English, changed").state).toBe("behind");
    expect(standingOf(path, "---\ntitle: A\n---\n", "English").state).toBe("unknown");
    expect(standingOf(path, noted, undefined).state).toBe("orphan");
  });
});

describe("madeFrom", () => {
  it("notes the original, and notes the newer one in its place", () => {
    expect(noted).toBe(`---\ntranslationOf: ${hashOf("English")}\ntitle: A\n---\n`);
    expect(madeFrom(path, noted, "Newer")).toBe(noted.replace(hashOf("English"), hashOf("Newer")));
    expect(madeFrom("content/es/labs/a.yaml", "title: A\n", "x")).toBe(`translationOf: ${hashOf("x")}\ntitle: A\n`);
    expect(madeFrom("src/strings/es/lab.ts", "/** A */\n", "x")).toBe(`// translationOf: ${hashOf("x")}\n/** A */\n`);
  });
});

describe("missingWords", () => {
  it("names words that are left out, and parts of them", () => {
    const of = { a: { one: "1", two: "2" }, b: { three: "3" } };
    expect(missingWords({ a: { one: "uno" } }, of)).toEqual(["a.two", "b"]);
    expect(missingWords({ a: { one: "uno", two: "dos" }, b: { three: "tres" } }, of)).toEqual([]);
  });
});
