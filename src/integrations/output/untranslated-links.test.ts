import { describe, expect, it } from "vitest";
import { withUntranslatedLinks } from "./untranslated-links.ts";

const files = new Set(["index.html", "truth/index.html", "lessons/01/index.html", "es/lessons/01/index.html"]);
const page = "es/lessons/01/index.html";

describe("withUntranslatedLinks", () => {
  it("leads to the English page where there is no other", () => {
    expect(withUntranslatedLinks(page, '<a class="x" href="../../truth/?a=1&amp;b=2#c">x</a>', files)).toBe(
      '<a class="x" href="../../../truth/?a=1&amp;b=2#c" hreflang="en">x</a>',
    );
    expect(withUntranslatedLinks("es/index.html", '<a href="truth/">x</a>', files)).toBe(
      '<a href="../truth/" hreflang="en">x</a>',
    );
    expect(withUntranslatedLinks(page, '<a href="../../">x</a>', files)).toBe(
      '<a href="../../../" hreflang="en">x</a>',
    );
  });

  it.each(["../01/", "../../../truth/", "../../nowhere/", "#here", "https://example.org/es/truth/"])(
    "leaves %s as it is",
    (href) => {
      const html = `<a href="${href}">x</a>`;
      expect(withUntranslatedLinks(page, html, files)).toBe(html);
    },
  );

  it("leaves English pages as they are", () => {
    const html = '<a href="../../es/truth/">x</a>';
    expect(withUntranslatedLinks("lessons/01/index.html", html, files)).toBe(html);
  });
});
