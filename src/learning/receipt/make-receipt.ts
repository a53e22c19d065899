/** Writes what is kept of a reader's work down as a receipt. */
import { mostRuns } from "../../lab/runs/run-history.ts";
import type { KeptFigures, KeptRun, KeptTimes, LearnerProgress } from "../progress/learner-progress.ts";
import { isAmong, type LessonTrace, lessonStateOf } from "../progress/lesson-progress.ts";
import { type ReceiptContent, type ReceiptRun, receiptFormat } from "./receipt.ts";

/** A lesson as far as a receipt speaks of it. */
export interface ReceiptLesson extends LessonTrace {
  readonly title: string;
  /** The right answer of each question of its quiz, in each language that the lesson has: that of the page comes first. */
  readonly rightAnswers: Readonly<Record<string, readonly string[]>>;
  /** What a lab shows, likewise, by the ids of predictions that are made by choice. */
  readonly shownChoices: Readonly<Record<string, readonly string[]>>;
}

/** What does not come from the reader's work. */
export interface ReceiptHead {
  readonly name: string;
  readonly made: Date;
  readonly course: ReceiptContent["course"];
  readonly keyed: boolean;
  /** Title of the assignment that it answers. Absent: it speaks of the whole course. */
  readonly assignment?: string;
}

/** All that was done in these lessons and their labs. */
export function makeReceipt(
  memory: LearnerProgress,
  lessons: readonly ReceiptLesson[],
  { name, made, course, keyed, assignment }: ReceiptHead,
): ReceiptContent {
  const labs = new Set(lessons.flatMap(({ labs }) => labs));
  return {
    kind: "two-servers-receipt",
    format: receiptFormat,
    course,
    name: name.trim(),
    made: made.toISOString(),
    keyed,
    ...(assignment !== undefined && { assignment }),
    lessons: lessons.map((lesson) => lessonOf(memory, lesson)),
    predictions: [...measuredOf(memory, labs), ...lessons.flatMap((lesson) => chosenOf(memory, lesson))],
    exercises: memory.solved.filter((key) => labs.has(key.split("/")[0] ?? "")).map((key) => exerciseOf(memory, key)),
    runs: Object.entries(memory.runs)
      .filter(([lab]) => labs.has(lab))
      .flatMap(([lab, runs]) => runs.slice(-mostRuns).map((run) => runOf(lab, run))),
    ticks: Object.values(memory.ticks).reduce((sum, items) => sum + items.length, 0),
  };
}

function lessonOf(memory: LearnerProgress, lesson: ReceiptLesson): ReceiptContent["lessons"][number] {
  const questions = Object.entries(lesson.rightAnswers);
  const answers = memory.answers[lesson.id] ?? {};
  const tries = memory.tries[lesson.id] ?? {};
  return {
    id: lesson.id,
    title: lesson.title,
    state: lessonStateOf(memory, lesson),
    quiz: {
      questions: questions.length,
      answered: questions.filter(([id]) => answers[id] !== undefined).length,
      right: questions.filter(([id, right]) => isAmong(right, answers[id])).length,
      tries: questions.reduce((sum, [id]) => sum + wholeCount(tries[id]), 0),
    },
    ...timesOf(memory.times[lesson.id]),
  };
}

function timesOf(times: KeptTimes | undefined): { readonly first?: string; readonly last?: string } {
  const [first, last] = [momentOf(times?.first), momentOf(times?.last)];
  return { ...(first !== undefined && { first }), ...(last !== undefined && { last }) };
}

function measuredOf(memory: LearnerProgress, labs: ReadonlySet<string>): ReceiptContent["predictions"] {
  return Object.entries(memory.predictions)
    .filter(([lab]) => labs.has(lab))
    .flatMap(([lab, plans]) =>
      Object.entries(plans).map(([plan, { choice, shown }]) => ({
        about: `${lab}/${plan}`,
        ...(choice && { chosen: choice }),
        ...(shown && {
          shown: shown.outcome,
          measured: { development: shown.development, production: shown.production },
        }),
        ...(choice && shown && { right: choice === shown.outcome }),
      })),
    );
}

function chosenOf(memory: LearnerProgress, { id, shownChoices }: ReceiptLesson): ReceiptContent["predictions"] {
  return Object.entries(memory.guesses[id] ?? {}).map(([question, { choice, compared }]) => {
    const shown = shownChoices[question] ?? [];
    const right = shown.includes(choice);
    // In the language in which the choice was made, where that is known.
    const [inPage] = shown;
    return {
      about: `${id}/${question}`,
      chosen: choice,
      ...(compared && inPage !== undefined && { shown: right ? choice : inPage, right }),
    };
  });
}

function exerciseOf(memory: LearnerProgress, key: string): ReceiptContent["exercises"][number] {
  const solution = memory.solutions[key];
  const solved = momentOf(solution?.at);
  return { name: key, ...(solved !== undefined && { solved }), changes: solution?.changes ?? "" };
}

function runOf(lab: string, { plan, at, development, production }: KeptRun): ReceiptRun {
  return {
    lab,
    plan: plan.slice(0, 200),
    at: momentOf(at) ?? "",
    development: sideOf(development),
    production: sideOf(production),
  };
}

function sideOf({ command, rate, median, failed }: KeptFigures): ReceiptRun["production"] {
  return { command: command.slice(0, 300), rate, ...(median !== undefined && { median }), failed };
}

/** A moment that was kept, unless it was broken by hand. */
function momentOf(time: number | undefined): string | undefined {
  if (time === undefined) return undefined;
  const moment = new Date(time);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

function wholeCount(count: number | undefined): number {
  return count !== undefined && Number.isInteger(count) && count > 0 && count <= 1_000_000 ? count : 0;
}
