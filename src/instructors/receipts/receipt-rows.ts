/** Reads the receipts of a class into a table: what each says, and whether it is as it was made. */
import { type Receipt, type ReceiptReading, runsOf } from "../../learning/receipt/receipt.ts";
import { isIntact } from "../../learning/receipt/seal.ts";

/** A file that a teacher dropped. */
export interface ReceiptFile {
  readonly file: string;
  /** `too large` files were not read. */
  readonly reading: ReceiptReading | { readonly kind: "too large" };
}

/**
 * What is to be said of a receipt beside what it says itself. `intact` alone is good; `another key`: a key went into the
 * sum, and with the one given here it does not come out, so that either was changed; `no key`: the class has one, and
 * none went in.
 */
export type ReceiptMark =
  | "intact"
  | "altered"
  | "another key"
  | "no key"
  | "doubled"
  | "another version"
  | "cut"
  | "newer"
  | "none"
  | "too large";

/** A line of the table. */
export interface ReceiptRow {
  readonly file: string;
  readonly marks: readonly ReceiptMark[];
  /** Absent where the file holds none that can be read. */
  readonly receipt: Receipt | undefined;
}

/** What a class expects of its receipts. */
export interface Expected {
  /** Empty: none. */
  readonly classKey: string;
  /** The version of the course that this site is. */
  readonly version: string;
}

/**
 * Judges all files together, in the order of their students' names. Doubled are receipts with the same sum, which were
 * copied, and receipts of the same name, of which a teacher takes one.
 */
export function receiptRows(files: readonly ReceiptFile[], expected: Expected): readonly ReceiptRow[] {
  const receipts = files.flatMap(({ reading }) => (reading.kind === "receipt" ? [reading.receipt] : []));
  const sums = countsOf(receipts.map(({ sha256 }) => sha256));
  const names = countsOf(receipts.map(nameOf));
  return files
    .map(({ file, reading }) => {
      if (reading.kind !== "receipt") return { file, marks: [reading.kind], receipt: undefined };
      const { receipt } = reading;
      const marks: ReceiptMark[] = [sealMark(receipt, expected.classKey)];
      if ((sums.get(receipt.sha256) ?? 0) > 1 || (names.get(nameOf(receipt)) ?? 0) > 1) marks.push("doubled");
      if (receipt.course.version !== expected.version) marks.push("another version");
      return { file, marks, receipt };
    })
    .sort((a, b) => sortKey(a).localeCompare(sortKey(b)));
}

function sealMark(receipt: Receipt, classKey: string): ReceiptMark {
  if (isIntact(receipt, classKey)) return !receipt.keyed && classKey.trim() !== "" ? "no key" : "intact";
  return receipt.keyed ? "another key" : "altered";
}

/** What can be read comes first. */
function sortKey({ file, receipt }: ReceiptRow): string {
  return receipt === undefined ? `\uffff${file}` : `${nameOf(receipt)}\u0000${file}`;
}

function nameOf({ name }: Receipt): string {
  return name.trim().toLowerCase().replaceAll(/\s+/g, " ");
}

function countsOf(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/** A receipt's figures, as the table and the CSV show them. */
export interface ReceiptFigures {
  readonly lessonsDone: number;
  readonly lessons: number;
  readonly questionsRight: number;
  readonly questions: number;
  readonly tries: number;
  readonly predictionsRight: number;
  readonly predictionsShown: number;
  readonly exercises: number;
  readonly runs: number;
}

/** Sums over all of its lessons. */
export function figuresOf(receipt: Receipt): ReceiptFigures {
  const { lessons, predictions, exercises } = receipt;
  const sum = (of: (lesson: Receipt["lessons"][number]) => number) =>
    lessons.reduce((total, lesson) => total + of(lesson), 0);
  return {
    lessonsDone: lessons.filter(({ state }) => state === "done").length,
    lessons: lessons.length,
    questionsRight: sum(({ quiz }) => quiz.right),
    questions: sum(({ quiz }) => quiz.questions),
    tries: sum(({ quiz }) => quiz.tries),
    predictionsRight: predictions.filter(({ right }) => right === true).length,
    predictionsShown: predictions.filter(({ right }) => right !== undefined).length,
    exercises: exercises.length,
    runs: runsOf(receipt).length,
  };
}
