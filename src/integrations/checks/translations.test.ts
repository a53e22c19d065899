import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { readLab } from "../../lab-definition/read-lab.ts";
import { translatedLanguages } from "../../site/languages.ts";
import { filesBelow } from "./content-file.ts";
import { englishPathOf, originOf, problemsOfTranslation } from "./translations.ts";

const made = `translationOf: ${"0".repeat(64)}`;
const page = (path: string, frontmatter: string, text: string) => ({
  path,
  source: `---\n${frontmatter}\n---\n\n${text}\n`,
});
const english = page(
  "content/lessons/01-a.mdx",
  "title: A\nminutes: 5\nquiz:\n  - { id: q, choices: [{ text: x, right: true }, { text: y }] }",
  'One <Claim id="a">claim</Claim>, a <Term name="b">term</Term>.\n\n```sh\nflask run\n```',
);
const spanish = (frontmatter: string, text: string) => page("content/es/lessons/01-a.mdx", frontmatter, text);
const whole = `title: B\nminutes: 5\n${made}\nquiz:\n  - { id: q, choices: [{ text: z, right: true }, { text: w }] }`;
const text = 'Un <Term name="b">término</Term>, <Claim id="a">una afirmación</Claim>.\n\n```sh\nflask run\n```';

describe("problemsOfTranslation", () => {
  it("has nothing to say of other words in another order", () => {
    expect(problemsOfTranslation(english, spanish(whole, text))).toEqual([]);
  });

  it.each([
    [
      "a claim that is missing",
      whole,
      text.replace(/<Claim.*<\/Claim>/, "x"),
      '<Claim id=\\"a\\">" stands 0 times, not 1',
    ],
    ["a term of another name", whole, text.replace('"b"', '"c"'), '<Term name=\\"c\\">" stands 1 times, not 0'],
    ["another command", whole, text.replace("flask run", "flask ejecutar"), 'flask ejecutar" stands 1 times, not 0'],
    [
      "another right answer",
      whole.replace(", right: true }, { text: w", " }, { text: w, right: true"),
      text,
      "the frontmatter has",
    ],
    [
      "another number",
      whole.replace("5", "6"),
      text,
      'the frontmatter has "minutes": 6, where "minutes": 5, should be',
    ],
    ["no origin", whole.replace(made, ""), text, "npm run translations -- --made content/es/lessons/01-a.mdx"],
  ])("names %s", (_, frontmatter, said, problem) => {
    expect(problemsOfTranslation(english, spanish(frontmatter, said)).join("\n")).toContain(problem);
  });
});

const root = process.cwd();
const pages = translatedLanguages.flatMap((language) => filesBelow(root, `content/${language}`, ".mdx"));
const labs = translatedLanguages.flatMap((language) => filesBelow(root, `content/${language}/labs`, ".yaml"));

describe("the translations", () => {
  it.each(pages.map((file) => [file.path, file] as const))("%s is that of an English page", (path, file) => {
    const original = englishPathOf(path);
    expect(existsSync(join(root, original)), original).toBe(true);
    const source = readFileSync(join(root, original), "utf8");
    expect(problemsOfTranslation({ path: original, source }, file)).toEqual([]);
  });

  it.each(labs.map((file) => [file.path, file] as const))("%s fits its lab", (path, { source }) => {
    expect(originOf(source)).toBeDefined();
    const folder = join(root, "content/labs", basename(path, ".yaml"));
    expect(readLab(folder, root, join(root, path)).files).toEqual(readLab(folder, root).files);
  });
});
