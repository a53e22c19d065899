import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codePoint, firstHidden, isHidden, stretchesOf } from "./hidden-characters.ts";

describe("isHidden", () => {
  it.each([
    ["a carriage return", "\r"],
    ["an escape", "\u001b"],
    ["a no-break space", "\u00a0"],
    ["a soft hyphen", "\u00ad"],
    ["a combining grapheme joiner", "\u034f"],
    ["a Hangul filler", "\u3164"],
    ["a Mongolian vowel separator", "\u180e"],
    ["an em space", "\u2003"],
    ["a zero-width space", "\u200b"],
    ["a right-to-left mark", "\u200f"],
    ["a line separator", "\u2028"],
    ["a right-to-left override", "\u202e"],
    ["an isolate", "\u2066"],
    ["a word joiner", "\u2060"],
    ["a Braille blank", "\u2800"],
    ["an ideographic space", "\u3000"],
    ["a variation selector", "\ufe0f"],
    ["a byte order mark", "\ufeff"],
    ["an annotation anchor", "\ufff9"],
    ["a null note head", "\u{1d159}"],
    ["a tag", "\u{e0041}"],
    ["a private character", "\ue000"],
    ["half a surrogate pair", "\ud800"],
  ])("%s", (_, character) => expect(isHidden(character)).toBe(true));

  it.each([..." \t\nazé漢שع€←🙂_-'"])("not %j", (character) => expect(isHidden(character)).toBe(false));
});

describe("firstHidden", () => {
  it("tells which, and where", () => {
    expect(firstHidden("flask 🙂\u202erun\u200b")).toEqual({ character: "\u202e", column: 8 });
    expect(firstHidden("gunicorn -w 4\tapp:app")).toBeUndefined();
    expect(codePoint("\u202e")).toBe("U+202E");
    expect(codePoint("\u{e0041}")).toBe("U+E0041");
    expect(codePoint("\r")).toBe("U+000D");
  });
});

describe("stretchesOf", () => {
  it("spells out what cannot be seen, and counts it", () => {
    expect(stretchesOf("# x\rprint()\u200b\u200b!")).toEqual([
      { kind: "text", text: "# x" },
      { kind: "hidden", character: "\r", count: 1, breaks: true },
      { kind: "text", text: "print()" },
      { kind: "hidden", character: "\u200b", count: 2, breaks: false },
      { kind: "text", text: "!" },
    ]);
  });

  it("counts many spaces", () => {
    expect(stretchesOf(`x${" ".repeat(600)};y`)).toEqual([
      { kind: "text", text: "x" },
      { kind: "blank", count: 600 },
      { kind: "text", text: ";y" },
    ]);
    expect(stretchesOf(`${" ".repeat(24)}return x`)).toHaveLength(1);
  });

  it("leaves letters their accents, and spells out accents that stand on nothing or in a heap", () => {
    expect(stretchesOf("e\u0301 a\u0323\u0301")).toHaveLength(1);
    expect(stretchesOf(`a${"\u0336".repeat(30)}`)).toEqual([
      { kind: "text", text: "a\u0336\u0336" },
      { kind: "hidden", character: "\u0336", count: 28, breaks: false },
    ]);
    expect(stretchesOf("\u0336")).toEqual([{ kind: "hidden", character: "\u0336", count: 1, breaks: false }]);
  });

  it("loses nothing, whatever the line is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat(120), (text, spaces) => {
        const line = text + " ".repeat(spaces) + text;
        const back = stretchesOf(line).map((each) => {
          if (each.kind === "text") return each.text;
          return each.kind === "blank" ? " ".repeat(each.count) : each.character.repeat(each.count);
        });
        // Tabs among many spaces are counted with them.
        expect(back.join("").replaceAll("\t", " ")).toBe(line.replaceAll("\t", " "));
        const shown = stretchesOf(line).flatMap((each) => (each.kind === "text" ? [...each.text] : []));
        expect(shown.filter(isHidden)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  }, 30_000);
});
