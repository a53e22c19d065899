/** Which questions are asked again, and when. */
import type { QuizQuestion } from "../../schemas/page.ts";
import type { LearnerProgress } from "../progress/learner-progress.ts";
import { isDue } from "./schedule.ts";

/** A lesson with its quiz. */
export interface LessonQuiz {
  /** Path below the site's root. */
  readonly id: string;
  readonly title: string;
  readonly href: string;
  readonly questions: readonly QuizQuestion[];
}

/** A question that is asked again. */
export interface Scheduled {
  readonly lesson: LessonQuiz;
  readonly question: QuizQuestion;
  /** From when on, in milliseconds since 1970. */
  readonly due: number;
  readonly isDue: boolean;
}

/**
 * Every question that was missed, the one that waits longest first. What an older site kept has no dates: a wrong
 * answer that stands is due now. Questions that the course no longer has are left out.
 */
export function scheduled(lessons: readonly LessonQuiz[], memory: LearnerProgress, now: number): readonly Scheduled[] {
  return lessons
    .flatMap((lesson) =>
      lesson.questions.flatMap((question) => {
        const review = memory.reviews[lesson.id]?.[question.id];
        const answer = memory.answers[lesson.id]?.[question.id];
        const wrong = question.choices.some(({ text, right }) => text === answer && !right);
        const due = review?.["due"] ?? (wrong ? now : undefined);
        return due === undefined ? [] : [{ lesson, question, due, isDue: isDue({ due }, now) }];
      }),
    )
    .sort((a, b) => a.due - b.due);
}
