/** How far a reader is with a lesson, by what is kept. */
import { type KeptGuess, type KeptSolution, type LearnerProgress, without } from "./learner-progress.ts";

/** A lesson as its page is built. */
export interface LessonTrace {
  /** Its path below the site's root. */
  readonly id: string;
  /** Names of the labs on its page. */
  readonly labs: readonly string[];
}

/** How far a reader is. */
export type LessonState = "done" | "begun" | "untouched";

/**
 * Done is what the reader says is done, or whose quiz is answered rightly; begun is where something was answered or
 * predicted.
 */
export function lessonStateOf(memory: LearnerProgress, { id, labs }: LessonTrace): LessonState {
  if (memory.done.includes(id)) return "done";
  const begun =
    memory.answers[id] !== undefined ||
    memory.guesses[id] !== undefined ||
    labs.some((lab) => Object.keys(memory.predictions[lab] ?? {}).length > 0);
  return begun ? "begun" : "untouched";
}

/** Whether an answer is one of these texts: the right one is another text in each language, and was given in any. */
export function isAmong(texts: readonly string[], answer: string | undefined): boolean {
  return answer !== undefined && texts.includes(answer);
}

/** The memory with a lesson done, or not. */
export function withDone(memory: LearnerProgress, lesson: string, done: boolean): LearnerProgress {
  const others = memory.done.filter((each) => each !== lesson);
  return { ...memory, done: done ? [...others, lesson] : others };
}

/** A question of a lesson, as far as it decides whether the lesson is done. */
export interface AskedQuestion {
  readonly id: string;
  /** Text of the choice that is right. */
  readonly right: string | undefined;
}

/**
 * The memory with an answer given, or taken back. The last right one that was missing makes the lesson done.
 *
 * @param questions those of the lesson
 * @param text of the choice; `undefined` takes the answer back
 */
export function withAnswer(
  memory: LearnerProgress,
  lesson: string,
  questions: readonly AskedQuestion[],
  question: string,
  text: string | undefined,
): LearnerProgress {
  const others = without(memory.answers[lesson] ?? {}, question);
  const answers = text === undefined ? others : { ...others, [question]: text };
  const all = { ...without(memory.answers, lesson), ...(Object.keys(answers).length > 0 && { [lesson]: answers }) };
  const answered = { ...memory, answers: all };
  return questions.every(({ id, right }) => right !== undefined && answers[id] === right)
    ? withDone(answered, lesson, true)
    : answered;
}

/** The memory with a prediction chosen, or, with `compared`, closed: what the lab shows has been looked at. */
export function withGuess(
  memory: LearnerProgress,
  lesson: string,
  question: string,
  guess: KeptGuess,
): LearnerProgress {
  if (memory.guesses[lesson]?.[question]?.compared) return memory;
  return { ...memory, guesses: { ...memory.guesses, [lesson]: { ...memory.guesses[lesson], [question]: guess } } };
}

/**
 * The memory with one more answer to a question, whether right or not.
 *
 * @param now in milliseconds since 1970
 */
export function withTry(memory: LearnerProgress, lesson: string, question: string, now: number): LearnerProgress {
  const ofLesson = memory.tries[lesson] ?? {};
  const tries = { ...memory.tries, [lesson]: { ...ofLesson, [question]: (ofLesson[question] ?? 0) + 1 } };
  return withWork({ ...memory, tries }, lesson, now);
}

/**
 * The memory of a reader who worked on a lesson just now.
 *
 * @param now in milliseconds since 1970
 */
export function withWork(memory: LearnerProgress, lesson: string, now: number): LearnerProgress {
  const first = memory.times[lesson]?.first ?? now;
  return { ...memory, times: { ...memory.times, [lesson]: { first, last: now } } };
}

/** The memory with an exercise solved. The first solution stays. */
export function withSolution(memory: LearnerProgress, exercise: string, solution: KeptSolution): LearnerProgress {
  if (memory.solved.includes(exercise)) return memory;
  return {
    ...memory,
    solved: [...memory.solved, exercise],
    solutions: { ...memory.solutions, [exercise]: solution },
  };
}

/**
 * The memory with a question that was missed in its lesson: it is to be asked again from now on.
 *
 * @param now in milliseconds since 1970
 */
export function withMissed(memory: LearnerProgress, lesson: string, question: string, now: number): LearnerProgress {
  const ofLesson = memory.reviews[lesson] ?? {};
  const missed = { ...ofLesson, [question]: { ...ofLesson[question], due: now } };
  return { ...memory, reviews: { ...memory.reviews, [lesson]: missed } };
}
