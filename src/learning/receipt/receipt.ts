/**
 * A receipt: what a student did, as one file to hand in. It is made from what the browser keeps and can be changed by
 * whoever holds it; its sum shows that it was changed, and does not prove who made it.
 */
import * as z from "zod/mini";

// The page's policy forbids what Zod would otherwise try in order to become faster.
z.config({ jitless: true });

/** Raised whenever an older page could not read what this one writes. */
export const receiptFormat = 1;

/** A file with more bytes is none of ours: exercises keep at most 20,000 characters each. */
export const mostReceiptBytes = 2_000_000;

const text = (most: number) => z.string().check(z.maxLength(most));
const count = z.number().check(z.int(), z.minimum(0), z.maximum(1_000_000));
const moment = text(40);
const figure = z.number();

const lesson = z.strictObject({
  id: text(200),
  title: text(200),
  state: z.enum(["done", "begun", "untouched"]),
  /** Questions of its quiz, those answered, those whose last answer is right, and answers given in all. */
  quiz: z.strictObject({ questions: count, answered: count, right: count, tries: count }),
  /** When the student worked on it first and last: moments as in ISO 8601. */
  first: z.optional(moment),
  last: z.optional(moment),
});

const prediction = z.strictObject({
  /** Lab and plan, or lesson and question. */
  about: text(400),
  chosen: z.optional(text(1000)),
  /** What the first run showed; absent until there was one. */
  shown: z.optional(text(1000)),
  /** Absent while one of both is. */
  right: z.optional(z.boolean()),
  /** What the first run measured, where it measured: in the unit of the question. */
  measured: z.optional(z.strictObject({ development: figure, production: figure })),
});

const exercise = z.strictObject({
  /** Lab and exercise, or lab and symptom: `first-load/win-back`. */
  name: text(400),
  solved: z.optional(moment),
  /** What the student changed: a unified diff. */
  changes: text(30_000),
});

const content = z.strictObject({
  kind: z.literal("two-servers-receipt"),
  format: z.literal(receiptFormat),
  course: z.strictObject({ version: text(40), date: text(40), address: text(2000) }),
  /** As the student typed it. */
  name: text(200),
  made: moment,
  /** Whether a class key went into the sum. */
  keyed: z.boolean(),
  /** Of the assignment that it answers. */
  assignment: z.optional(text(200)),
  lessons: z.array(lesson).check(z.maxLength(200)),
  predictions: z.array(prediction).check(z.maxLength(2000)),
  exercises: z.array(exercise).check(z.maxLength(1000)),
  ticks: count,
});

const receipt = z.extend(content, { sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)) });

/** All that a receipt says, before it is sealed. */
export type ReceiptContent = z.infer<typeof content>;
/** A receipt with its sum. */
export type Receipt = z.infer<typeof receipt>;

/** What a file turned out to be. `newer`: a later version of this site wrote it. */
export type ReceiptReading =
  | { readonly kind: "receipt"; readonly receipt: Receipt }
  | { readonly kind: "newer" }
  | { readonly kind: "cut" }
  | { readonly kind: "none" };

/** Reads a file, whoever wrote it. Never throws. */
export function readReceipt(file: string): ReceiptReading {
  let value: unknown;
  try {
    value = JSON.parse(file);
  } catch {
    return { kind: /^\s*\{\s*"[^"]*"\s*:/.test(file) && file.includes("two-servers-receipt") ? "cut" : "none" };
  }
  const { success, data } = receipt.safeParse(value);
  if (success) return { kind: "receipt", receipt: data };
  if (typeof value !== "object" || value === null || !("kind" in value) || value.kind !== "two-servers-receipt") {
    return { kind: "none" };
  }
  const isNewer = "format" in value && typeof value.format === "number" && value.format > receiptFormat;
  return { kind: isNewer ? "newer" : "cut" };
}
