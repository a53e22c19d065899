import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readLab } from "../../lab-definition/read-lab.ts";
import { elementsNamed } from "../../mdx/page-elements.ts";
import { type LessonData, pageSchema } from "../../schemas/page.ts";
import { recordedRunSchema } from "../../schemas/recorded-run.ts";
import { predictionAnswers, solvedTasks } from "./key-answers.ts";

function read(path: string): { readonly lesson: LessonData; readonly source: string } {
  const [, frontmatter = "", source = ""] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(path, "utf8")) ?? [];
  const lesson = pageSchema.parse(parse(frontmatter));
  if (lesson.kind !== "lesson") throw new Error(`${path} is no lesson.`);
  return { lesson, source };
}
const lab = (name: string) => readLab(`content/labs/${name}`);
const runs = globSync("content/runs/*.json").map((path) =>
  recordedRunSchema.parse(JSON.parse(readFileSync(path, "utf8"))),
);
const runsOf = (name: string) => runs.filter((run) => run.lab === name);

describe("the key of", () => {
  it.each(globSync("content/lessons/*.mdx").sort())("%s answers each prediction, exercise and repair", (path) => {
    const { lesson, source } = read(path);
    const count = (name: string) => elementsNamed(name, source).length;
    const answers = predictionAnswers(lesson, source, lab, runsOf);
    expect(answers).toHaveLength(count("Predict"));
    for (const { question, answer } of answers) expect([question, answer]).not.toContain("");
    const tasks = solvedTasks(source, lab);
    expect(tasks).toHaveLength(count("Try") + count("Repair"));
    for (const { title, changes } of tasks) expect(changes, title).toMatch(/^--- \S+\n[\s\S]*^\+/m);
  });

  it("the first lesson has what a recorded run showed, and the command that wins", () => {
    const { lesson, source } = read("content/lessons/01-two-servers.mdx");
    expect(predictionAnswers(lesson, source, lab, runsOf)[1]).toEqual({
      question: "A slow page. Which side answers more requests a second?",
      answer: "The development server, in a recorded run. The lab in the room may differ where both are close.",
    });
    expect(solvedTasks(source, lab)).toEqual([
      {
        title: "Win back the slow page",
        changes:
          "--- production\n-gunicorn -w 4 -b 0.0.0.0:8000 app:app\n+gunicorn -w 4 --threads 4 -b 0.0.0.0:8000 app:app\n",
      },
    ]);
  });
});
