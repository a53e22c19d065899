/**
 * A receipt: what a student did, as one file to hand in. It is made from what the browser keeps and can be changed by
 * whoever holds it; its sum shows that it was changed, and does not prove who made it.
 */
import * as z from "zod/mini";

// The page's policy forbids what Zod would otherwise try in order to become faster.
z.config({ jitless: true });

/** Raised whenever an older page could not read what this one writes. Format 1 had no runs. */
export const receiptFormat = 2;

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

const side = z.strictObject({
  command: text(300),
  /** Responses per second. */
  rate: figure,
  /** In milliseconds. Absent where nothing was answered. */
  median: z.optional(figure),
  /** Requests that failed. */
  failed: figure,
});

const run = z.strictObject({
  lab: text(200),
  plan: text(200),
  /** When it began. */
  at: moment,
  development: side,
  production: side,
});

const contentOfFormat1 = z.strictObject({
  kind: z.literal("two-servers-receipt"),
  format: z.literal(1),
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

const content = z.extend(contentOfFormat1, {
  format: z.literal(receiptFormat),
  /** The last runs of each lab, oldest first. */
  runs: z.array(run).check(z.maxLength(2000)),
});

const sum = { sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)) };
const receipt = z.union([z.extend(content, sum), z.extend(contentOfFormat1, sum)]);

/** All that a receipt says, before it is sealed, as this site writes it. */
export type ReceiptContent = z.infer<typeof content>;
/** A receipt with its sum, of any format that can be read. */
export type Receipt = z.infer<typeof receipt>;
/** What a receipt of any format says. */
export type AnyReceiptContent = ReceiptContent | z.infer<typeof contentOfFormat1>;
/** A run that a receipt lists. */
export type ReceiptRun = z.infer<typeof run>;

/** The runs that a receipt lists. One of format 1 had none. */
export function runsOf(receipt: Receipt): readonly ReceiptRun[] {
  return receipt.format === 1 ? [] : receipt.runs;
}

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
