import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeXml, textElement } from "./xml.ts";

describe("escapeXml", () => {
  it("leaves nothing that has a meaning in XML, or that XML does not allow", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
        (text) => {
          const escaped = escapeXml(text);
          expect(escaped).not.toMatch(/[<>"\ufffe\uffff]|&(?!amp;|lt;|gt;|quot;)/);
          expect([...escaped].every((character) => character >= " " || "\t\n\r".includes(character))).toBe(true);
        },
      ),
    );
    expect(textElement("a", "<&>\"' é 😀\u0000")).toBe("<a>&lt;&amp;&gt;&quot;' é 😀\ufffd</a>");
  });
});
