/** What is kept of a reader's work: its shape, and how it is read back. Nothing in here touches the page. */

import { currentLesson } from "../../moved-lessons.ts";

/** What a prediction can be about, and what a run can show. */
export type KeptOutcome = "development" | "production" | "alike";

/** A prediction and what the first run showed, in the unit of the question. */
export interface KeptPrediction {
  readonly choice?: KeptOutcome;
  readonly shown?: { readonly outcome: KeptOutcome; readonly development: number; readonly production: number };
}

/**
 * What a reader expects where no figure can answer: the text of the choice, and whether it has been compared with the
 * lab.
 */
export interface KeptGuess {
  readonly choice: string;
  readonly compared?: true;
}

/** How an exercise was solved. */
export interface KeptSolution {
  /** When, in milliseconds since 1970. */
  readonly at: number;
  /** What differed from the lab as its author wrote it: a unified diff of its files and commands. */
  readonly changes: string;
}

/** When a reader worked on a lesson first and last, in milliseconds since 1970. */
export interface KeptTimes {
  readonly first: number;
  readonly last: number;
}

/** What a run measured of one side. */
export interface KeptFigures {
  /** The command line that ran, cut where it is long. */
  readonly command: string;
  /** Responses per second. */
  readonly rate: number;
  /** Median latency, in milliseconds. Absent where nothing was answered. */
  readonly median?: number;
  /** Requests that failed. */
  readonly failed: number;
}

/** A run of a lab that went to its end. */
export interface KeptRun {
  /** Name of the plan. */
  readonly plan: string;
  /** When it began, in milliseconds since 1970. */
  readonly at: number;
  readonly development: KeptFigures;
  readonly production: KeptFigures;
}

type ByName<T> = Readonly<Record<string, T>>;

/**
 * A question that was missed, to be asked again: figures by name. `due` is the time, in milliseconds since 1970, from
 * which on it is asked; `src/learning/review/schedule.ts` knows the others.
 */
export type KeptReview = ByName<number>;

/** All that is kept. Lessons go by their path below the site's root (`lessons/01-two-servers`). */
export interface LearnerProgress {
  /** Lessons that are done. */
  readonly done: readonly string[];
  /** Quiz answers, by lesson and question: the text of the choice, so that an edited question counts as unanswered. */
  readonly answers: ByName<ByName<string>>;
  /** Predictions, by lab and plan. */
  readonly predictions: ByName<ByName<KeptPrediction>>;
  /** Predictions that no figure answers, by lesson and question. An older site wrote none. */
  readonly guesses: ByName<ByName<KeptGuess>>;
  /** Exercises that are solved: lab and name, `first-load/win-back`. */
  readonly solved: readonly string[];
  /** Ticked items of checklists, by list: their texts. */
  readonly ticks: ByName<readonly string[]>;
  /** Questions that were missed, by lesson and question. Since version 2. */
  readonly reviews: ByName<ByName<KeptReview>>;
  /** How often each question was answered, by lesson and question. An older site wrote none. */
  readonly tries: ByName<ByName<number>>;
  /** Solutions, by exercise as in `solved`. An older site wrote none. */
  readonly solutions: ByName<KeptSolution>;
  /** By lesson. An older site wrote none. */
  readonly times: ByName<KeptTimes>;
  /** The last runs of each lab, by its name, oldest first. An older site wrote none. */
  readonly runs: ByName<readonly KeptRun[]>;
}

/** Raised whenever what an older site wrote can no longer be read as it stands. */
const version = 2;

/** Of a reader who begins. */
export const noProgress: LearnerProgress = {
  done: [],
  answers: {},
  predictions: {},
  guesses: {},
  solved: [],
  ticks: {},
  reviews: {},
  tries: {},
  solutions: {},
  times: {},
  runs: {},
};

/** The text under which a memory is kept. */
export function serialiseProgress(memory: LearnerProgress): string {
  return JSON.stringify({ version, ...memory });
}

/**
 * The memory that a text holds, or `undefined` if it was broken by hand, or a version wrote it that this one does not
 * know. Version 1 had no reviews.
 */
export function parseProgress(text: string): LearnerProgress | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isBlock(value) || (value["version"] !== version && value["version"] !== 1)) return undefined;
  const { done, answers, predictions, solved, ticks } = value;
  const guesses = value["guesses"] ?? {};
  const reviews = value["version"] === 1 ? {} : value["reviews"];
  const { tries = {}, solutions = {}, times = {}, runs = {} } = value;
  const good =
    isTexts(done) &&
    isByName(answers, isAnswers) &&
    isByName(predictions, isPredictions) &&
    isByName(guesses, isGuesses) &&
    isTexts(solved) &&
    isByName(ticks, isTexts) &&
    isByName(reviews, isReviews) &&
    isByName(tries, isCounts) &&
    isByName(solutions, isSolution) &&
    isByName(times, isTimes) &&
    isByName(runs, isRuns);
  if (!good) return undefined;
  return {
    ...{ done: currentLessons(done), predictions, solved, ticks, solutions, runs },
    ...{ answers: byLesson(answers), guesses: byLesson(guesses), reviews: byLesson(reviews) },
    ...{ tries: byLesson(tries), times: byLesson(times) },
  };
}

/** What was kept under the old name and under the new one is kept once. */
function currentLessons(lessons: readonly string[]): readonly string[] {
  return lessons.flatMap((lesson) => {
    const now = currentLesson(lesson);
    return now !== lesson && lessons.includes(now) ? [] : [now];
  });
}

/** With lessons that have moved under the names that they have now. */
function byLesson<T>(kept: ByName<T>): ByName<T> {
  // What was kept under the new name is newer.
  const entries = Object.entries(kept).sort(
    ([a], [b]) => Number(currentLesson(b) !== b) - Number(currentLesson(a) !== a),
  );
  return Object.fromEntries(entries.map(([lesson, value]) => [currentLesson(lesson), value]));
}

function isBlock(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isByName<T>(value: unknown, isOne: (value: unknown) => value is T): value is Record<string, T> {
  return isBlock(value) && Object.values(value).every(isOne);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText);
}

function isAnswers(value: unknown): value is Record<string, string> {
  return isByName(value, isText);
}

function isReviews(value: unknown): value is Record<string, KeptReview> {
  return isByName(value, (review) => isByName(review, isNumber));
}

function isCounts(value: unknown): value is Record<string, number> {
  return isByName(value, isNumber);
}

function isSolution(value: unknown): value is KeptSolution {
  return isBlock(value) && isNumber(value["at"]) && isText(value["changes"]);
}

function isTimes(value: unknown): value is KeptTimes {
  return isBlock(value) && isNumber(value["first"]) && isNumber(value["last"]);
}

function isRuns(value: unknown): value is KeptRun[] {
  return Array.isArray(value) && value.every(isRun);
}

function isRun(value: unknown): value is KeptRun {
  return (
    isBlock(value) &&
    isText(value["plan"]) &&
    isNumber(value["at"]) &&
    isFigures(value["development"]) &&
    isFigures(value["production"])
  );
}

function isFigures(value: unknown): value is KeptFigures {
  return (
    isBlock(value) &&
    isText(value["command"]) &&
    isNumber(value["rate"]) &&
    (value["median"] === undefined || isNumber(value["median"])) &&
    isNumber(value["failed"])
  );
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function isPredictions(value: unknown): value is Record<string, KeptPrediction> {
  return isByName(value, isPrediction);
}

function isGuesses(value: unknown): value is Record<string, KeptGuess> {
  return isByName(value, isGuess);
}

function isGuess(value: unknown): value is KeptGuess {
  return isBlock(value) && isText(value["choice"]) && (value["compared"] === undefined || value["compared"] === true);
}

function isPrediction(value: unknown): value is KeptPrediction {
  if (!isBlock(value)) return false;
  const { choice, shown } = value;
  return (choice === undefined || isOutcome(choice)) && (shown === undefined || isShown(shown));
}

function isShown(value: unknown): value is Required<KeptPrediction>["shown"] {
  return (
    isBlock(value) && isOutcome(value["outcome"]) && isNumber(value["development"]) && isNumber(value["production"])
  );
}

function isOutcome(value: unknown): value is KeptOutcome {
  return value === "development" || value === "production" || value === "alike";
}

/** Everything but one name. */
export function without<T>(block: ByName<T>, name: string): ByName<T> {
  return Object.fromEntries(Object.entries(block).filter(([each]) => each !== name));
}
