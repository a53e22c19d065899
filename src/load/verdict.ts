/**
 * What two sides' figures of one run allow to be said: which has more, that both are about the same, or that the run
 * does not tell.
 *
 * A run is its own measure of how far figures vary: its two halves are two shorter runs. How many times one side has
 * what the other has is worked out for each half; a difference counts if it is larger than what these two differ by.
 */
import type { LoadReport } from "./plan.ts";

/** What is compared: answers a second, or the median latency. */
export type Measure = "rate" | "median";

/** Fewer answers than this on a side are too few to say how many times. */
export const leastAnswers = 30;
/** Figures closer than this are called alike: runs differ by as much from one another. */
export const alikeWithin = 1.1;
/** A side of which this many times as many answers came is ahead, though the other's are too few to say by how much. */
const farMore = 3;

/** Between these lies how many times the first side has what the second has, as far as the run tells. */
export type RatioRange = readonly [least: number, most: number];

/** What can be said of the first side's figure and the second's. */
export type Verdict =
  /** The side with more, as its place among the two. */
  | {
      readonly kind: "more";
      readonly side: 0 | 1;
      /** How many times what the other has, 1 or more. */
      readonly ratio: number;
      /** Of the same ratio. Absent where the run's halves are not known. */
      readonly range?: RatioRange;
    }
  /** One side answered many, the other next to none: that is sure, but not how many times. */
  | { readonly kind: "far more"; readonly side: 0 | 1 }
  /** `range` is of the first side's figure by the second's. */
  | { readonly kind: "alike"; readonly range?: RatioRange }
  /** They are further apart than that, but so are the run's halves. */
  | { readonly kind: "uneven"; readonly range: RatioRange }
  | { readonly kind: "too few" };

/** Judges one measure of a run of two sides. */
export function judge(measure: Measure, first: LoadReport, second: LoadReport): Verdict {
  const few = tooFew(measure, countOf(measure, first), countOf(measure, second));
  if (few !== undefined) return few;
  const figures = [figureOf(measure, first), figureOf(measure, second)];
  const [a = 0, b = 0] = figures;
  if (a <= 0 && b <= 0) return measure === "rate" ? { kind: "alike" } : { kind: "too few" };
  // All answers came after the end of the load: those of the other side did not.
  if (a <= 0 || b <= 0) return measure === "rate" ? { kind: "far more", side: a > b ? 0 : 1 } : { kind: "too few" };
  const ratio = a / b;
  const spread = spreadOf(measure, first, second);
  if (spread === undefined) return withoutRange(ratio);
  const range: RatioRange = [ratio / spread, ratio * spread];
  const apart = Math.max(ratio, 1 / ratio);
  if (apart < alikeWithin) return { kind: "alike", range };
  if (apart <= spread) return { kind: "uneven", range };
  return ratio > 1
    ? { kind: "more", side: 0, ratio, range }
    : { kind: "more", side: 1, ratio: 1 / ratio, range: [1 / range[1], 1 / range[0]] };
}

function tooFew(measure: Measure, a: number, b: number): Verdict | undefined {
  if (Math.min(a, b) >= leastAnswers) return undefined;
  const clear = Math.max(a, b) >= leastAnswers + farMore * Math.min(a, b);
  return clear && measure === "rate" ? { kind: "far more", side: a > b ? 0 : 1 } : { kind: "too few" };
}

function withoutRange(ratio: number): Verdict {
  if (Math.max(ratio, 1 / ratio) < alikeWithin) return { kind: "alike" };
  return ratio > 1 ? { kind: "more", side: 0, ratio } : { kind: "more", side: 1, ratio: 1 / ratio };
}

function countOf(measure: Measure, { done, latency }: LoadReport): number {
  return measure === "rate" ? done : latency.count;
}

function figureOf(measure: Measure, { achievedRate, latency }: LoadReport): number {
  return measure === "rate" ? achievedRate : (latency.p50 ?? 0);
}

/** How many times the halves' ratios differ, 1 or more; infinite where a half has no figure. */
function spreadOf(measure: Measure, { halves: a }: LoadReport, { halves: b }: LoadReport): number | undefined {
  if (a === undefined || b === undefined) return undefined;
  const [first, second] = [0, 1].map((half) => {
    const [ofA, ofB] = [a[half]?.[measure] ?? 0, b[half]?.[measure] ?? 0];
    return ofA > 0 && ofB > 0 ? ofA / ofB : Number.NaN;
  });
  const times = (first ?? Number.NaN) / (second ?? Number.NaN);
  return Number.isNaN(times) ? Number.POSITIVE_INFINITY : Math.max(times, 1 / times);
}
