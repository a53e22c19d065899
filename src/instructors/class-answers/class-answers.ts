/**
 * What a class predicts, without a server: the answers of a student are a few signs in the fragment of an address,
 * `#c=1.01-two-servers.k3f9z2qa.20-`, short enough for a QR code that a camera reads across a table. The teacher's page
 * counts them.
 */

/** The answers of one student to the predictions of a lesson. */
export interface ClassAnswers {
  /** The lesson's name in its address: `01-two-servers`. */
  readonly lesson: string;
  /** Made up at random; of two that are the same, the later one counts. */
  readonly who: string;
  /** For each question the number of the choice, from 0; `undefined` where none was made. */
  readonly choices: readonly (number | undefined)[];
}

/** Raised whenever an older site could not read what this one writes. */
const version = 1;
const signs = "abcdefghijkmnpqrstuvwxyz23456789";
/** Long enough that two of a class of a hundred are never the same. */
const whoLength = 8;
/** More than this of one paste, or kept at a time, are no class. */
const mostAnswers = 1000;
const mostText = 200_000;

const form = /#c=(\d{1,3})\.(\d{2}-[a-z0-9-]{1,80})\.([a-z0-9]{8})\.([0-9-]{1,20})(?![\w-]|\.\w)/g;

/** A name for a student that says nothing about them. */
export function madeUpName(
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = (bytes) => crypto.getRandomValues(bytes),
): string {
  return Array.from(random(new Uint8Array(whoLength)), (byte) => signs[byte % signs.length] ?? "a").join("");
}

/** The answers as the fragment of an address, with its `#`. */
export function writeAnswers({ lesson, who, choices }: ClassAnswers): string {
  return `#c=${version}.${lesson}.${who}.${choices.map((choice) => choice ?? "-").join("")}`;
}

/** What a text holds, whoever wrote it: the links of a whole class between other words, or one fragment. */
export interface AnswersRead {
  readonly answers: readonly ClassAnswers[];
  /** How many were made by a newer version of the site. */
  readonly newer: number;
}

/** Reads all answers in a text. Never throws; what is none of them is passed over. */
export function readAnswers(text: string): AnswersRead {
  const answers: ClassAnswers[] = [];
  let newer = 0;
  for (const [, written, lesson = "", who = "", digits = ""] of text.slice(0, mostText).matchAll(form)) {
    if (answers.length === mostAnswers) break;
    if (Number(written) > version) newer += 1;
    else
      answers.push({ lesson, who, choices: [...digits].map((digit) => (digit === "-" ? undefined : Number(digit))) });
  }
  return { answers, newer };
}

/** What was known and what has come, each student once for a lesson. */
export function mergedAnswers(known: readonly ClassAnswers[], come: readonly ClassAnswers[]): readonly ClassAnswers[] {
  const merged = new Map([...known, ...come].map((each) => [`${each.lesson} ${each.who}`, each]));
  return [...merged.values()].slice(-mostAnswers);
}

/** How often each choice of each question was made, in their order. Choices that a question does not have count nowhere. */
export function tallyOf(
  answers: readonly ClassAnswers[],
  questions: readonly { readonly choices: readonly unknown[] }[],
): readonly (readonly number[])[] {
  return questions.map(({ choices }, question) =>
    choices.map((_, choice) => answers.filter((each) => each.choices[question] === choice).length),
  );
}
