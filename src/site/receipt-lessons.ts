/** The lessons of the course as receipts and assignments speak of them. */
import type { AssignableLesson } from "../learning/assignment/AssignmentPage.tsx";
import type { QuizQuestion } from "../schemas/page.ts";
import { courseLessons } from "./course.ts";

/** All lessons, in the order of the course. */
export async function receiptLessons(): Promise<readonly AssignableLesson[]> {
  return (await courseLessons()).map(({ id, title, href, labs, data }) => ({
    id,
    title,
    href,
    labs,
    rightAnswers: rightOf(data.quiz),
    shownChoices: rightOf(data.predictions),
  }));
}

function rightOf(questions: readonly QuizQuestion[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    questions.flatMap(({ id, choices }) => choices.filter(({ right }) => right).map(({ text }) => [id, text] as const)),
  );
}
