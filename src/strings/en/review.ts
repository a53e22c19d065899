import { inLanguage } from "../in-language.ts";

/**
 * The words of the page on which missed questions are asked again. Apart from the others, because one page loads them.
 */
export const reviewStrings = inLanguage("reviewStrings", {
  title: "Review",
  description: "The questions that you missed, asked again after a few days, then after longer gaps.",
  introduction:
    "A question that you miss in a lesson comes back here: today, after some days, then after weeks. Each right answer makes the wait longer; each wrong one makes it short again. What is due is worked out on your device (with FSRS), kept there, and erased with everything else on the page",
  progress: "your progress",
  needsScript: "Where JavaScript is off nothing is kept, and so nothing can be asked again.",
  none: "Nothing to review: you have missed no question yet.",
  begin: "Start with a lesson",
  due: (count: number) => (count === 1 ? "1 question is due." : `${count} questions are due.`),
  noneDue: (date: string) => `Nothing is due today. The next question comes on ${date}.`,
  from: "From",
  next: "Next question",
  finish: "Done for today",
  comesAgain: (date: string) => `It comes again on ${date}.`,
  list: "All questions that come back",
  question: "Question",
  lesson: "Lesson",
  date: "Next",
  today: "today",
  /** How dates are written, by a language tag. */
  dates: "en-GB",
} as const);
