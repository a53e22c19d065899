/**
 * An assignment, whole in the fragment of an address: `#a=1.eNpT…`, a version and then JSON, packed. Browsers send it to
 * nobody.
 */
import * as z from "zod/mini";
import { packText, unpackText } from "../../lab/share/packed-text.ts";
import { currentLesson } from "../../moved-lessons.ts";

// The page's policy forbids what Zod would otherwise try in order to become faster.
z.config({ jitless: true });

/** A link is at most this long, in characters: longer ones are cut by mail programs and course pages. */
export const longestAssignment = 6000;

/** Raised whenever an older site could not read what this one writes. What version 1 can say is written as version 1. */
const version = 2;
const form = /^#a=(\d{1,6})\.([\w-]*)$/;
const mostBytes = 64_000;

const id = z.string().check(z.maxLength(120), z.regex(/^[\w./-]+$/));

const assignment = z.strictObject({
  title: z.string().check(z.minLength(1), z.maxLength(120)),
  text: z.optional(z.string().check(z.maxLength(4000))),
  /** A day: 2026-12-24. */
  due: z.optional(z.iso.date()),
  /** A word that goes into the sum of each receipt. */
  classKey: z.optional(z.string().check(z.maxLength(60))),
  /** Solutions and quiz answers are hidden in pages that are opened from it. */
  hides: z.optional(z.literal(true)),
  lessons: z
    .array(
      z.strictObject({
        /** Path below the site's root. */
        id,
        quiz: z.optional(z.literal(true)),
        /** Lab and exercise: `first-load/win-back`. */
        exercises: z.optional(z.array(id).check(z.maxLength(20))),
        /** Labs of which a run to its end is asked. Since version 2. */
        labs: z.optional(z.array(id).check(z.maxLength(20))),
      }),
    )
    .check(z.minLength(1), z.maxLength(60)),
});

/** What a teacher asks for. */
export type Assignment = z.infer<typeof assignment>;
/** One lesson of it. */
export type AssignedLesson = Assignment["lessons"][number];

/** What a fragment holds. */
export type AssignmentReading =
  | { readonly kind: "assignment"; readonly assignment: Assignment }
  | { readonly kind: "no link" | "damaged" | "newer" };

/** The assignment as the fragment of an address, with its `#`. */
export function writeAssignment(asked: Assignment): string {
  const written = asked.lessons.some(({ labs }) => labs !== undefined) ? version : 1;
  return `#a=${written}.${packText(JSON.stringify(asked))}`;
}

/** Reads a fragment, whoever wrote it. Never throws. */
export function readAssignment(fragment: string): AssignmentReading {
  if (fragment === "" || fragment === "#") return { kind: "no link" };
  const [, written, packed = ""] = form.exec(fragment) ?? [];
  if (written === undefined || fragment.length > 2 * longestAssignment) return { kind: "damaged" };
  if (Number(written) > version) return { kind: "newer" };
  try {
    const { success, data } = assignment.safeParse(JSON.parse(unpackText(packed, mostBytes)));
    if (!success) return { kind: "damaged" };
    const lessons = data.lessons.map((lesson) => ({ ...lesson, id: currentLesson(lesson.id) }));
    return { kind: "assignment", assignment: { ...data, lessons } };
  } catch {
    // Not base64, not zlib, cut off, too large, or not JSON: whichever, the student can only ask for the link again.
    return { kind: "damaged" };
  }
}
