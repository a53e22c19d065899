import { describe, expect, it } from "vitest";
import { languageOf, languageOfPage, withoutLanguage } from "./languages.ts";

describe("languages", () => {
  it.each([
    ["es/lessons/01-a/", "es", "lessons/01-a/"],
    ["es/", "es", ""],
    ["es", "es", ""],
    ["lessons/01-a/", "en", "lessons/01-a/"],
    ["essays/", "en", "essays/"],
    ["", "en", ""],
  ])("%s", (path, language, english) => {
    expect(languageOf(path)).toBe(language);
    expect(withoutLanguage(path)).toBe(english);
    expect(languageOfPage({ url: new URL(`https://site.invalid/base/${path}`) }, "/base/")).toBe(language);
  });
});
