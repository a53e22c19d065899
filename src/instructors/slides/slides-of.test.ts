import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readLab } from "../../lab-definition/read-lab.ts";
import { type LessonData, pageSchema } from "../../schemas/page.ts";
import { type Slide, slidesOf } from "./slides-of.ts";

const lessons = globSync("content/lessons/*.mdx").sort();

/** The slides of a lesson as the site makes them. */
function slidesOfFile(path: string): { readonly lesson: LessonData; readonly slides: readonly Slide[] } {
  const [, frontmatter = "", source = ""] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(path, "utf8")) ?? [];
  const lesson = pageSchema.parse(parse(frontmatter));
  if (lesson.kind !== "lesson") throw new Error(`${path} is no lesson.`);
  const slides = slidesOf({
    lesson,
    source,
    lab: (name) => {
      const { definition, exercises, repair } = readLab(`content/labs/${name}`);
      return {
        definition,
        exercises: exercises.map((each) => each.definition),
        ...(repair && { reports: repair.definition.symptoms.map(({ report }) => report) }),
      };
    },
    hasDrawing: (concept) => readFileSync(`content/concepts/${concept}.mdx`, "utf8").includes("<Drawing"),
  });
  return { lesson, slides };
}

describe("the slides of", () => {
  it.each(lessons)("%s lead from the question to the reasons, with all that the lesson has", (path) => {
    const { lesson, slides } = slidesOfFile(path);
    const kinds = slides.map(({ kind }) => kind);
    const order = ["title", "reports", "prediction", "lab", "outcome", "shown", "why", "drawing", "question", "end"];
    expect(kinds.map((kind) => order.indexOf(kind))).toEqual(
      kinds.map((kind) => order.indexOf(kind)).toSorted((a, b) => a - b),
    );
    const count = (kind: Slide["kind"]) => kinds.filter((each) => each === kind).length;
    expect([count("title"), count("why"), count("end")]).toEqual([1, 1, 1]);
    expect(count("question")).toBe(lesson.quiz.length);
    expect(count("shown")).toBe(lesson.predictions.length);
    expect(count("lab")).toBe(count("outcome"));
    expect(slides.length).toBeLessThanOrEqual(20);
  });

  it("the broken production begin with what its users report", () => {
    const { slides } = slidesOfFile("content/lessons/17-a-broken-production.mdx");
    const [, second] = slides;
    expect(second?.kind === "reports" && second.reports).toHaveLength(6);
  });

  it("the first lesson ask about each plan before the lab, and answer only after it", () => {
    const { slides } = slidesOfFile("content/lessons/01-two-servers.mdx");
    expect(slides.slice(1, 6)).toEqual([
      ...["A quick page", "A slow page"].map((label) => ({
        kind: "prediction",
        asked: {
          question: `${label}. Which side answers more requests a second?`,
          choices: ["The development server", "The production server", "About the same"],
        },
      })),
      expect.objectContaining({ kind: "prediction" }),
      { kind: "lab", lab: "first-load" },
      { kind: "outcome", lab: "first-load", plans: ["quick", "slow", "hang"] },
    ]);
    expect(slides).toContainEqual({ kind: "drawing", concept: "worker" });
    expect(slides.at(-1)).toEqual({ kind: "end", exercises: ["Win back the slow page"] });
  });
});
