import { inLanguage } from "../in-language.ts";

/** The words of the chooser and of the comparison, in English. Apart from the others, because one page loads them. */
export const chooserStrings = inLanguage("chooserStrings", {
  label: "Chooser",
  introduction:
    "Answer what you know, and leave out the rest. Each reason for a server adds a point, each reason against it takes one away, and some rule it out.",
  needsScript:
    "Without JavaScript nothing is counted here. These are the questions, and what each answer says for and against a server.",
  results: "What your answers say",
  verdicts: { first: "best match", possible: "possible", out: "ruled out" },
  says: { for: "For", against: "Against", out: "Rules it out" },
  none: "No answer yet.",
  nothing: "Your answers say nothing about it.",
  start: "Start with",
  again: "Clear all answers",
  summary: (first: readonly string[], answered: number, all: number) =>
    `${first.join(" and ")}, by ${answered} of ${all} answers.`,
  see: (title: string) => `Shown in “${title}”`,
  source: (host: string) => `Source: ${host}`,
  comparison: "The four servers side by side",
  server: "What",
  looked: (date: string) => `Looked up on ${date}. Each cell has its source (↗), or is run by a test of this site (✓).`,
  checked: (title: string) => `Checked: a test runs this in the lab of “${title}”`,
} as const);
