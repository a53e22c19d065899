import { inLanguage } from "../in-language.ts";

/**
 * The words of a broken lab that is to be repaired, in English. Apart from the lab's others, because a page loads them
 * when they are seen.
 */
export const repairStrings = inLanguage("repairStrings", {
  heading: "What users report",
  check: "Check the site",
  /** What the check does, before anybody has pressed it. */
  about: (plan: string) =>
    `The lab starts what you have written, lets users come (${plan}), asks for what they report, and kills the server under load.`,
  hint: (number: number, of: number) => (of === 1 ? "A hint" : `Hint ${number} of ${of}`),
  taughtIn: "Taught in",
  steps: {
    starting: "Starting what you have written.",
    asking: "Users come. Asking for what they report.",
    killing: "Users come again. Killing the server among them.",
  },
  results: { open: "", looking: "Looking.", gone: "Gone.", there: "Still there." },
  /** A result of an earlier check, perhaps of another day. */
  goneBefore: "Fixed earlier.",
  notLookedAt: "Not checked, because the site did not start.",
  nothingToKill: (process: string) => `No process of ${process} was there to be killed.`,
  stayedDead: (seconds: string) => `It was killed, and after ${seconds} no process of it was running again.`,
  noAnswerAgain: (seconds: string) => `It was killed and came back, but after ${seconds} it still did not answer.`,
  gone: (count: number, of: number) => `${count} of ${of} fixed.`,
  startedAgain: "The lab has started the server again.",
  allGone: (of: number) => `All ${of} fixed: the site is repaired.`,
  failed: (message: string) => `The check could not be run: ${message}`,
  solution: "A repaired site",
  solutionWarning: "This reveals all the causes at once.",
  putSolution: "Load it into the lab",
});
