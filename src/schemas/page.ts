/** Frontmatter of the pages in `content/`, beyond what Starlight reads (title, description). */
import { z } from "astro/zod";
import { corrected } from "./corrected-line.ts";

const day = () =>
  z.iso.date("must be a day, e.g. 2026-11-22").or(z.date().transform((date) => date.toISOString().slice(0, 10)));

/** Where a statement or a figure comes from. */
const source = z.strictObject({
  /** Who says it, and where, as one would cite it. */
  title: z.string().min(1),
  url: z.url(),
});

/** A text that says something. Words between backticks are set as code. */
const words = (line: string) => z.string(corrected(line)).trim().min(1, corrected(line));

const choiceLine = 'choices: [{ text: "Four.", right: true, why: "Each takes one." }, { text: "Ten.", why: "…" }]';

/** An answer that a reader can choose. */
const choice = z.strictObject(
  {
    text: words('text: "Four."'),
    /** This is the one that is right. */
    right: z.literal(true, corrected("right: true, or leave it out")).optional(),
    /** Why it is right, or why not. Said after the reader has chosen. */
    why: words('why: "Each of the four takes one reader, and keeps the reader to the end."'),
  },
  corrected(choiceLine),
);

const questionLine = `- { id: four-workers, question: "How many at a time?", ${choiceLine} }`;

/** A question at the end of a lesson. */
const question = z.strictObject(
  {
    /** Names the question in its page; what a reader answered is kept under it. */
    id: z
      .string(corrected("id: four-workers"))
      .regex(
        /^[a-z0-9]+(-[a-z0-9]+)*$/,
        corrected("id: four-workers", "must be small letters and digits, joined by hyphens"),
      ),
    question: words('question: "How many readers do four sync workers answer at a time?"'),
    /** Two to five, of which one is right. */
    choices: z
      .array(choice, corrected(choiceLine))
      .min(2, corrected(choiceLine))
      .max(5, corrected(choiceLine))
      .refine(
        (choices) => choices.filter(({ right }) => right).length === 1,
        corrected(choiceLine, "must have one choice that is right, and only one"),
      )
      .refine(
        (choices) => new Set(choices.map(({ text }) => text)).size === choices.length,
        corrected(choiceLine, "must not offer a text twice"),
      ),
  },
  corrected(questionLine),
);

const predictionLine = `predictions: with any number of: ${questionLine}`;
const quizLine = `quiz: with three to six of: ${questionLine}`;
const keyPointsLine = 'keyPoints: ["A sync worker serves one reader at a time.", "…", "…"]';
const askLine = 'ask: ["What would ten workers change?"]';
const misconceptionLine =
  'misconceptions: [{ says: "The development server serves one reader.", really: "It has been threaded since 1.0." }]';
const goesWrongLine = 'goesWrong: [{ what: "Both sides are alike.", then: "Close other tabs, and run it again." }]';
const faultsLine =
  'faults: [{ symptom: "A page gives 504.", cause: "nginx waits for 2 seconds.", repair: "proxy_read_timeout 30s;" }]';
const instructorsLine = `instructors: { ${misconceptionLine}, ${askLine}, ${goesWrongLine} }`;

/** What helps who teaches with the lesson. */
const instructors = z.strictObject(
  {
    /** What students believe, and how it is. */
    misconceptions: z
      .array(
        z.strictObject(
          {
            says: words('says: "The development server serves one reader at a time."'),
            really: words('really: "It opens a thread for each request."'),
          },
          corrected(misconceptionLine),
        ),
        corrected(misconceptionLine),
      )
      .min(1, corrected(misconceptionLine)),
    /** What to ask the class. */
    ask: z.array(words(askLine), corrected(askLine)).min(1, corrected(askLine)),
    /** What goes wrong in class, and what to do then. */
    goesWrong: z
      .array(
        z.strictObject(
          {
            what: words('what: "Both sides are alike."'),
            // The field is the author's word. Nothing here can be awaited.
            // biome-ignore lint/suspicious/noThenProperty: see above
            then: words('then: "Close other tabs, and run it again."'),
          },
          corrected(goesWrongLine),
        ),
        corrected(goesWrongLine),
      )
      .min(1, corrected(goesWrongLine)),
    /** What is broken in a lab on purpose, and what mends it. Left out: nothing is. */
    faults: z
      .array(
        z.strictObject(
          {
            symptom: words('symptom: "A page gives 504."'),
            cause: words('cause: "nginx waits for 2 seconds."'),
            repair: words('repair: "proxy_read_timeout 30s;"'),
          },
          corrected(faultsLine),
        ),
        corrected(faultsLine),
      )
      .min(1, corrected(faultsLine))
      .optional(),
  },
  corrected(instructorsLine),
);

/** A lesson: `content/lessons/NN-name.mdx`. */
const lesson = z.object({
  kind: z.literal("lesson"),
  /** What a reader can do afterwards. Each completes "You can …". */
  objectives: z.array(z.string().min(1)).min(1),
  /** How long reading and running take. */
  minutes: z.int().positive(),
  difficulty: z.enum(["easy", "medium", "hard"]),
  /** No other lesson depends on it. */
  optional: z.boolean().optional(),
  /** What a reader should know before, a line each. */
  prerequisites: z.array(z.string().min(1)),
  /** Words to find the lesson by. */
  tags: z.array(z.string().min(1)),
  /** What the lesson's statements rest on, besides its own lab. */
  sources: z.array(source).min(1),
  /** What a reader should take away: three to six sentences, shown by `<KeyPoints />`. */
  keyPoints: z
    .array(words(keyPointsLine), corrected(keyPointsLine))
    .min(3, corrected(keyPointsLine))
    .max(6, corrected(keyPointsLine)),
  /** Three to six questions, shown by `<Quiz />`. */
  quiz: z
    .array(question, corrected(quizLine))
    .min(3, corrected(quizLine))
    .max(6, corrected(quizLine))
    .refine(
      (questions) => new Set(questions.map(({ id }) => id)).size === questions.length,
      corrected(quizLine, "must not use an id twice"),
    ),
  /**
   * What a reader decides before running anything, where no figure of a run can answer it. Each is shown by `<Predict
   * question="id" />`; the choice that is right is what the lab shows.
   */
  predictions: z
    .array(question, corrected(predictionLine))
    .refine(
      (questions) => new Set(questions.map(({ id }) => id)).size === questions.length,
      corrected(predictionLine, "must not use an id twice"),
    )
    .default([]),
  instructors,
  /** Day of the last change to what the lesson says. */
  date: day(),
  /** Day by which someone should check that it still holds. */
  review: day(),
});

/** A concept: `content/concepts/name.mdx`, a short page for a term that lessons link to. */
const concept = z.object({
  kind: z.literal("concept"),
  sources: z.array(source).min(1),
});

/** The course's question for another framework: `content/frameworks/name.mdx`, a page with a lab, outside of the course. */
const framework = z.object({
  kind: z.literal("framework"),
  /** What the page's statements rest on, besides its own lab. */
  sources: z.array(source).min(1),
  /** Day of the last change to what the page says. */
  date: day(),
  /** Day by which someone should check that it still holds. */
  review: day(),
});

/** A page that is none of these, such as the landing page. */
const other = z.object({ kind: z.literal("page").optional() });

/** The frontmatter of every page. */
export const pageSchema = z.discriminatedUnion("kind", [lesson, concept, framework, other]);

/** The frontmatter of a lesson. */
export type LessonData = z.infer<typeof lesson>;

/** A question of a lesson's quiz. */
export type QuizQuestion = z.infer<typeof question>;
/** One of its answers. */
export type QuizChoice = z.infer<typeof choice>;
/** What helps who teaches with a lesson. */
export type InstructorsNotes = z.infer<typeof instructors>;
