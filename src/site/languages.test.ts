import { globSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { languageOf, languageOfPage, translatedLanguages, translatedPages, withoutLanguage } from "./languages.ts";

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

  it.each(translatedLanguages)("%s has the pages that every language has, and no others", (language) => {
    const files = globSync(`src/pages/${language}/*.astro`).map((path) => path.replace(/^.*\/(.*)\.astro$/, "$1"));
    expect(files.map((name) => (name === "index" ? "" : `${name}/`)).sort()).toEqual([...translatedPages].sort());
  });
});
