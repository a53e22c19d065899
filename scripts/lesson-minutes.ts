/**
 * How long a lesson takes, counted: words at the pace of somebody who reads a foreign language, runs, exercise, quiz,
 * and the start of an emulated computer. `npm run minutes` writes it into the lessons; a unit test compares.
 */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { elementsNamed } from "../src/mdx/page-elements.ts";

/** Words of dense text a minute, for readers whose first language is another. */
const wordsPerMinute = 130;
/** Minutes for each of these: a run with its prediction and a look at what came of it, a step by hand, an exercise. */
const perRun = 3;
const perStep = 1.5;
const perExercise = { easy: 6, medium: 8, hard: 10 } as const;
/** To choose an answer, besides reading it. */
const perQuestion = 0.5;
/** The first start of a lab, and of an emulated Debian. */
const start = { python: 1, linux: 4 } as const;
/** A repair is a search: for each fault. */
const perFault = 10;
/** The audit's five files, and the questions of the chooser. */
const perTool = { Audit: 25, Chooser: 5 } as const;
/** Stated to five minutes. */
const step = 5;

const frontmatter = z.object({
  minutes: z.number(),
  difficulty: z.enum(["easy", "medium", "hard"]),
  quiz: z.array(z.record(z.string(), z.unknown())).default([]),
  predictions: z.array(z.unknown()).default([]),
});
const lab = z.object({
  machine: z.string().optional(),
  plans: z.array(z.unknown()).default([]),
  repair: z.object({ symptoms: z.array(z.unknown()) }).optional(),
});

/** A lesson's file, with what it states and what the count comes to. */
export interface LessonMinutes {
  readonly path: string;
  readonly stated: number;
  readonly counted: number;
}

/** All lessons. */
export function lessonMinutes(): readonly LessonMinutes[] {
  return globSync("content/lessons/*.mdx")
    .sort()
    .map((path) => {
      const source = readFileSync(path, "utf8");
      const [, head = "", body = ""] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source) ?? [];
      const data = frontmatter.parse(parse(head));
      return { path, stated: data.minutes, counted: countedMinutes(body, data) };
    });
}

function countedMinutes(body: string, { difficulty, quiz, predictions }: z.infer<typeof frontmatter>): number {
  const labs = elementsNamed("Lab", body).flatMap(({ attributes: { name } }) => (name === undefined ? [] : [name]));
  const runs = labs.map((name) => lab.parse(parse(readFileSync(`content/labs/${name}/lab.yaml`, "utf8"))));
  const onLinux = runs.some(({ machine }) => machine === "linux");
  const faults = runs.reduce((sum, { repair }) => sum + (repair?.symptoms.length ?? 0), 0);
  const plans = runs.reduce((sum, { plans: all }) => sum + all.length, 0);
  const [, run = ""] = /\n## Run\n([\s\S]*?)\n## /.exec(body) ?? [];
  const steps = run.match(/^\d+\. /gm)?.length ?? 0;
  const tools =
    elementsNamed("Audit", body).length * perTool.Audit + elementsNamed("Chooser", body).length * perTool.Chooser;
  const total =
    (wordsIn(body) + wordsIn(textsIn([quiz, predictions]))) / wordsPerMinute +
    (plans + predictions.length) * perRun +
    steps * perStep +
    elementsNamed("Try", body).length * perExercise[difficulty] +
    quiz.length * perQuestion +
    (labs.length === 0 ? 0 : onLinux ? start.linux : start.python) +
    faults * perFault +
    tools;
  return Math.max(step, Math.round(total / step) * step);
}

function wordsIn(text: string): number {
  const prose = text.replace(/```[\s\S]*?```/g, " ").replace(/<[^>]*>/g, " ");
  return prose.split(/\s+/).filter((word) => /\w/.test(word)).length;
}

/** All texts within a value, in one. */
function textsIn(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return "";
  return Object.values(value).map(textsIn).join(" ");
}

if (process.argv[1] !== undefined && basename(process.argv[1]) === "lesson-minutes.ts") {
  for (const { path, stated, counted } of lessonMinutes()) {
    console.log(`${path}: ${counted} minutes${stated === counted ? "" : ` (${stated} before)`}`);
    const source = readFileSync(path, "utf8");
    writeFileSync(path, source.replace(/^minutes: \d+$/m, `minutes: ${counted}`));
  }
}
