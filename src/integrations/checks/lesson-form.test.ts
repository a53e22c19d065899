import { describe, expect, it } from "vitest";
import { filesBelow } from "./content-file.ts";
import { mostWords, problemsOfForm } from "./lesson-form.ts";

const parts = {
  Predict: "Choose.",
  Run: '<Lab name="a" />',
  Why: "Because.\n\n### More\n\nMore.",
  "So what": "This.",
  "Try yourself": "Do it.",
  "Key points": "<KeyPoints />",
  Quiz: "<Quiz />",
};
const lesson = (changed: Readonly<Record<string, string | undefined>> = {}) => ({
  path: "content/lessons/01-a.mdx",
  source: `---\ntitle: A\n---\n\nOpening.\n\n${Object.entries({ ...parts, ...changed })
    .flatMap(([heading, text]) => (text === undefined ? [] : `## ${heading}\n\n${text}\n`))
    .join("\n")}`,
});

describe("problemsOfForm", () => {
  it("takes a lesson with all parts in order, and more between them", () => {
    expect(problemsOfForm(lesson())).toEqual([]);
  });

  it("names a part that is missing, and one that comes too late", () => {
    expect(problemsOfForm(lesson({ "Try yourself": undefined }))).toEqual([
      'content/lessons/01-a.mdx:1: the lesson has no part "## Try yourself".',
    ]);
    const { source } = lesson({ Predict: undefined });
    expect(problemsOfForm({ path: "a.mdx", source: `${source}\n## Predict\n\nChoose.\n` })).toEqual([
      'a.mdx:7: "## Run" comes after "## Predict".',
    ]);
  });

  it("names the line of a part without its component", () => {
    expect(problemsOfForm(lesson({ Run: "Start them." }))).toEqual([
      'content/lessons/01-a.mdx:11: <Lab> or <Audit> or <Chooser> is missing below "## Run".',
    ]);
    expect(problemsOfForm(lesson({ Run: "<Audit />" }))).toEqual([]);
  });

  it("counts the words of prose, and not those of code", () => {
    const said = (count: number) => Array.from({ length: count }, () => "word").join(" ");
    const [problem = ""] = problemsOfForm(lesson({ Why: said(mostWords) }));
    expect(problem).toMatch(new RegExp(`:1: the lesson has ${mostWords + 15} words, and ${mostWords} are the most`));
    expect(problemsOfForm(lesson({ Why: `\`\`\`text\n${said(mostWords)}\n\`\`\`` }))).toEqual([]);
  });
});

describe("the lessons", () => {
  it.each(filesBelow(process.cwd(), "content/lessons", ".mdx").map((file) => [file.path, file] as const))(
    "%s has the form of a lesson",
    (_, file) => {
      expect(problemsOfForm(file)).toEqual([]);
    },
  );
});
