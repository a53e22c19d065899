/** Frontmatter of the pages in `content/`, beyond what Starlight reads (title, description). */
import { z } from "astro/zod";

const day = () =>
  z.iso.date("must be a day, e.g. 2026-11-22").or(z.date().transform((date) => date.toISOString().slice(0, 10)));

/** Where a statement or a figure comes from. */
const source = z.strictObject({
  /** Who says it, and where, as one would cite it. */
  title: z.string().min(1),
  url: z.url(),
});

/** A lesson: `content/lessons/NN-name.mdx`. */
const lesson = z.object({
  kind: z.literal("lesson"),
  /** What a reader can do afterwards. Each completes "You can …". */
  objectives: z.array(z.string().min(1)).min(1),
  /** How long reading and running take. */
  minutes: z.int().positive(),
  difficulty: z.enum(["easy", "medium", "hard"]),
  /** What a reader should know before, a line each. */
  prerequisites: z.array(z.string().min(1)),
  /** Words to find the lesson by. */
  tags: z.array(z.string().min(1)),
  /** What the lesson's statements rest on, besides its own lab. */
  sources: z.array(source).min(1),
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

/** A page that is neither, such as the landing page. */
const other = z.object({ kind: z.literal("page").optional() });

/** The frontmatter of every page. */
export const pageSchema = z.discriminatedUnion("kind", [lesson, concept, other]);

/** The frontmatter of a lesson. */
export type LessonData = z.infer<typeof lesson>;
