/** What slides and the presenter's notes say around a lesson's own words, in English. */
import { inLanguage } from "../in-language.ts";

/** About the address of a page, on paper and on slides. */
export const addressStrings = inLanguage("addressStrings", {
  qr: (title: string) => `QR code of the address of “${title}”`,
  local: "This copy of the site is open from your own computer: the address works nowhere else.",
} as const);

/** Around the slides, and in the window with the notes. Headings of notes are those of the page for instructors. */
export const slideStrings = inLanguage("slideStrings", {
  title: (lesson: string) => `Slides: ${lesson}`,
  description: (lesson: string) =>
    `The lesson “${lesson}” as slides: predictions, the lab, what came out, why, and questions to discuss.`,
  link: "Slides",
  linkOf: (lesson: string) => `Slides of “${lesson}”`,
  lessonNumber: (number: number) => `Lesson ${number}`,
  headings: {
    reports: "What users report",
    prediction: "What do you expect?",
    lab: "Run it",
    outcome: "What came out",
    why: "Why",
    question: (number: number, all: number) => `To discuss, ${number} of ${all}`,
    end: "Your turn",
  },
  /** The page where students answer: its QR code is on the first slide that asks. */
  predictHere: "What do you expect?",
  answer: "Answer",
  outcome: {
    plan: "Plan",
    answer: "Answer",
    open: {
      "this visit": "This run does not tell. Run it again.",
      recorded: "",
      nothing: "Not run yet.",
    },
    recorded: "* From a recorded run on another computer. Figures in this room differ; which side is ahead should not.",
    none: "Nothing has been run here yet.",
    last: (plan: string, sentence: string) => `Last run, “${plan}”: ${sentence}`,
  },
  exercises: "Try it yourself:",
  bar: {
    label: "Slides",
    previous: "Previous",
    next: "Next",
    position: (slide: number, all: number) => `${slide} of ${all}`,
    announced: (slide: number, all: number, title: string) => `Slide ${slide} of ${all}: ${title}`,
    notes: "Presenter's notes",
    fullScreen: "Full screen",
    lesson: "The lesson",
    teaching: "Notes on this lesson",
  },
  notes: {
    label: "Notes",
    time: "Time since this window opened",
    next: (title: string) => `Next: ${title}`,
    last: "This is the last slide.",
    elsewhere: "The lab runs in the window with the slides.",
    commit: "Let everybody commit to an answer before anything runs.",
    says: (says: string, really: string) => `“${says}” In fact: ${really}`,
    remedy: (what: string, remedy: string) => `${what} ${remedy}`,
    fault: (symptom: string, cause: string, repair: string) => `${symptom} ${cause} ${repair}`,
  },
} as const);
