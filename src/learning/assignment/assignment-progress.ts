/** How far a student is with an assignment. */
import type { LearnerProgress } from "../progress/learner-progress.ts";
import { isAmong, type LessonState, lessonStateOf } from "../progress/lesson-progress.ts";
import type { ReceiptLesson } from "../receipt/make-receipt.ts";
import type { AssignedLesson } from "./assignment.ts";

/** An assigned lesson, and what is done of what is asked. */
export interface AssignedState {
  readonly state: LessonState;
  /** Absent where the quiz is not asked. */
  readonly quiz: { readonly right: number; readonly questions: number } | undefined;
  readonly exercises: { readonly solved: number; readonly all: number };
  /** Labs of which a run is asked, and those that have one. */
  readonly labs: { readonly run: number; readonly all: number };
  /** All that is asked is done: where none of these is asked, the lesson itself. */
  readonly complete: boolean;
}

/** Compares what is kept with what is asked of one lesson. */
export function assignedState(memory: LearnerProgress, asked: AssignedLesson, lesson: ReceiptLesson): AssignedState {
  const state = lessonStateOf(memory, lesson);
  const questions = Object.entries(lesson.rightAnswers);
  const answers = memory.answers[lesson.id] ?? {};
  const quiz = asked.quiz && {
    right: questions.filter(([id, right]) => isAmong(right, answers[id])).length,
    questions: questions.length,
  };
  const wanted = asked.exercises ?? [];
  const exercises = { solved: wanted.filter((key) => memory.solved.includes(key)).length, all: wanted.length };
  const wantedLabs = asked.labs ?? [];
  const labs = { run: wantedLabs.filter((lab) => memory.runs[lab] !== undefined).length, all: wantedLabs.length };
  const nothingElse = quiz === undefined && wanted.length === 0 && wantedLabs.length === 0;
  const complete =
    (!nothingElse || state === "done") &&
    (quiz === undefined || quiz.right === quiz.questions) &&
    exercises.solved === exercises.all &&
    labs.run === labs.all;
  return { state, quiz, exercises, labs, complete };
}

/**
 * How much is right of all that is asked, from 0 to 1: questions, exercises, labs, and lessons of which nothing else is
 * asked, each for one.
 */
export function shareOf(states: readonly AssignedState[]): number {
  const parts = states.map(({ quiz, exercises, labs, complete }) => {
    const all = (quiz?.questions ?? 0) + exercises.all + labs.all;
    const right = (quiz?.right ?? 0) + exercises.solved + labs.run;
    return all === 0 ? { right: Number(complete), all: 1 } : { right, all };
  });
  const all = parts.reduce((sum, part) => sum + part.all, 0);
  return all === 0 ? 0 : parts.reduce((sum, part) => sum + part.right, 0) / all;
}
