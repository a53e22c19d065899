/** The words of what a lesson asks and keeps: quiz, checklists, progress. Apart from the others, because pages load them. */
export const learningEn = {
  quiz: {
    check: "Check",
    again: "Answer again",
    chooseFirst: "Choose an answer first.",
    right: "Right.",
    wrong: "Not this one.",
    rightIs: "Right is:",
    yours: "your answer",
    isRight: "right",
    /** Behind which the answers stand where no script runs. */
    answer: "Answer",
    answered: (right: number, answered: number, all: number) =>
      answered < all ? `${answered} of ${all} answered.` : `All answered: ${right} of ${all} right.`,
  },
} as const;
