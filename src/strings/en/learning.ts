import { inLanguage } from "../in-language.ts";

/**
 * The words of what a lesson asks and keeps: quiz, checklists, progress. Apart from the others, because pages load
 * them.
 */
export const learningStrings = inLanguage("learningStrings", {
  quiz: {
    check: "Check",
    again: "Answer again",
    chooseFirst: "Choose an answer first.",
    right: "Right.",
    wrong: "Not this one.",
    rightIs: "The right answer is:",
    yours: "your answer",
    isRight: "right",
    /** Behind which the answers stand where no script runs. */
    answer: "Answer",
    answered: (right: number, answered: number, all: number) =>
      answered < all ? `${answered} of ${all} answered.` : `All answered: ${right} of ${all} right.`,
  },
  /** What is said of a prediction that no figure of a run can answer. */
  prediction: {
    noted: "Noted. Run the lab, then compare.",
    compare: "Compare with what the lab shows",
    same: "You said so, and the lab shows it.",
    otherwise: "The lab shows something else:",
    isShown: "what the lab shows",
  },
  /** What is said of the memory, and of what is done. */
  progress: {
    title: "Your progress",
    description: "What this site keeps on your device, a receipt to hand in, and one button that erases it all.",
    setAside:
      "What this site kept on your device could not be read: an older version wrote it, or it was changed by hand. It was set aside, and you start afresh.",
    notKept:
      "Your browser keeps nothing for this site (its storage is denied or full). Everything works, and is forgotten when you leave the page.",
    markDone: "Mark this lesson as done",
    takeBack: "Undo",
    isDone: "This lesson is done.",
    /** Questions of its quiz that are not answered. */
    quizOpen: (open: number, all: number) =>
      open === all
        ? "Its quiz is not answered yet."
        : `${open} of ${all} quiz questions ${open === 1 ? "is" : "are"} not answered yet.`,
    where: "Kept on this device only.",
    see: "See all that is kept",
    done: "done",
    begun: "started",
    needsScript: "Nothing is kept if JavaScript is off.",
    introduction:
      "Lessons done, quiz answers, predictions, the last runs of each lab, solved exercises, ticks and the times of your work stay in this browser, on this device. There is no account, no cookie and no tracker, and nothing is sent anywhere.",
    lesson: "Lesson",
    state: "State",
    quiz: "Quiz",
    untouched: "not started",
    score: (right: number, answered: number, all: number) =>
      answered === 0 ? "—" : `${right} right, ${answered} of ${all} answered`,
    predictions: (count: number) => `${count} ${count === 1 ? "prediction" : "predictions"}`,
    runs: (count: number) => `${count} ${count === 1 ? "run" : "runs"}`,
    exercises: (count: number) => `${count} solved ${count === 1 ? "exercise" : "exercises"}`,
    solvedBefore: "You have solved this before.",
    ticks: (count: number) => `${count} ${count === 1 ? "tick" : "ticks"} in checklists`,
    also: "Also kept: your changes in a lab (until you close its tab), and whether your labs run on Python or on Node. Your browser may hold a copy of the Python machine as well, so that labs open faster; nothing of yours is in it.",
    erase: "Erase everything",
    erased: "Everything was erased.",
  },
} as const);
