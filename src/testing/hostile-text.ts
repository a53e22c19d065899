/**
 * Texts that a stranger could make to hold up or break whatever reads them, and how long reading one may take. For
 * tests.
 */
import fc from "fast-check";

/** The longest of these texts, in UTF-16 code units. */
export const longestHostile = 20_000;

/**
 * How long reading one of them may take, in milliseconds. Far more than it takes, and far less than a reader would
 * notice.
 */
const mostTime = 200;

/** The pieces that a language is made of. */
export interface Language {
  /** What means something in it: words, quotes, brackets, separators. */
  readonly tokens: readonly string[];
  /** What it puts around something else. */
  readonly brackets: readonly (readonly [open: string, close: string])[];
  /** Texts that are right. */
  readonly valid: readonly string[];
}

/**
 * Texts of a language, near to it, and far from it: one piece repeated, brackets without end, quotes that nothing
 * closes, valid texts with changes, and any UTF-16 at all, with halves of surrogate pairs.
 */
export function hostileText({ tokens, brackets, valid }: Language): fc.Arbitrary<string> {
  const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit));
  const token = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...tokens, ...brackets.flat()) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(" ", "\n", "\r", "\t", "\\", "a", "0", "é", "😀", "\ud83d", "\udc00", "\0"),
    },
    { weight: 2, arbitrary: fc.constantFrom("constructor", "__proto__", "toString", "hasOwnProperty") },
    { weight: 1, arbitrary: anyUnit },
  );
  const some = (most: number) => fc.array(token, { maxLength: most }).map((parts) => parts.join(""));
  const whole = fc.constantFrom(...valid);
  const around = fc.tuple(fc.oneof(whole, some(3)), fc.oneof(whole, some(3)));
  const size = fc.oneof(
    { weight: 1, arbitrary: fc.constant(longestHostile) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: longestHostile }) },
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 1000 }) },
  );
  const repeated = (piece: fc.Arbitrary<string>) =>
    fc
      .tuple(piece, size, around)
      .map(([text, length, [before, after]]) =>
        text === "" ? before : before + text.repeat(Math.max(1, Math.floor(length / text.length))) + after,
      );
  const nested = fc
    .tuple(fc.array(fc.constantFrom(...brackets), { minLength: 1, maxLength: 3 }), size, some(3), fc.boolean(), around)
    .map(([pairs, length, inside, closed, [before, after]]) => {
      const opening = pairs.map(([open]) => open).join("");
      const closing = pairs
        .map(([, close]) => close)
        .toReversed()
        .join("");
      const times = Math.floor(length / (opening.length + (closed ? closing.length : 0)));
      return before + opening.repeat(times) + inside + (closed ? closing.repeat(times) : "") + after;
    });
  const changed = fc
    .tuple(whole, fc.array(fc.tuple(fc.nat(10_000), fc.nat(20), some(2)), { minLength: 1, maxLength: 6 }))
    .map(([text, changes]) =>
      changes.reduce((made, [place, taken, put]) => {
        const at = place % (made.length + 1);
        return made.slice(0, at) + put + made.slice(at + taken);
      }, text),
    );
  return fc
    .oneof(
      repeated(token),
      repeated(some(4)),
      nested,
      fc.tuple(whole, token, repeated(whole)).map((parts) => parts.join("")),
      changed,
      some(200),
      fc.array(anyUnit, { maxLength: 300 }).map((units) => units.join("")),
    )
    .map((text) => text.slice(0, longestHostile));
}

/** Milliseconds of processor that this thread has had: what else the computer does meanwhile does not count. */
function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Runs `read`, and fails if it takes too long, three times in a row: the first may be that of a cold engine. */
export function inTime<T>(read: () => T): T {
  const attempt = () => {
    const began = processorTime();
    const result = read();
    return { result, took: processorTime() - began };
  };
  let best = attempt();
  for (let again = 0; again < 2 && best.took > mostTime; again += 1) {
    const next = attempt();
    if (next.took < best.took) best = next;
  }
  if (best.took > mostTime) throw new Error(`It took ${Math.round(best.took)} ms, more than ${mostTime}`);
  return best.result;
}

/** The same for what ends later. */
export async function inTimeLater<T>(read: () => Promise<T>): Promise<T> {
  let least = Number.POSITIVE_INFINITY;
  for (let again = 0; again < 3; again += 1) {
    const began = processorTime();
    const result = await read();
    least = Math.min(least, processorTime() - began);
    if (least <= mostTime) return result;
  }
  throw new Error(`It took ${Math.round(least)} ms, more than ${mostTime}`);
}
