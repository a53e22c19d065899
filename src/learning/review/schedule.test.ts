import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KeptReview } from "../progress/learner-progress.ts";
import { afterAnswer, isDue } from "./schedule.ts";

const day = 24 * 3600 * 1000;
const start = new Date(2026, 10, 23, 15).getTime();
const daysUntil = ({ due = 0 }: KeptReview, now: number) => Math.round((due - now) / day);

describe("afterAnswer", () => {
  it("waits longer after each right answer, and little after a wrong one", () => {
    let review: KeptReview | undefined = { due: start };
    let now = start;
    const waits: number[] = [];
    for (let answer = 0; answer < 4; answer += 1) {
      review = afterAnswer(review, true, now);
      waits.push(daysUntil(review, now));
      now = review["due"] ?? 0;
    }
    expect(waits.every((wait, index) => wait > (waits[index - 1] ?? 0))).toBe(true);
    expect(waits.at(-1)).toBeGreaterThan(20);
    const forgotten = afterAnswer(review, false, now);
    expect(daysUntil(forgotten, now)).toBeLessThan((waits.at(-1) ?? 0) / 3);
    expect(forgotten["lapses"]).toBe(1);
  });

  it("never asks again on the same day, whatever was kept", () => {
    const figure = fc.double({ noNaN: true, noDefaultInfinity: true });
    const kept = fc.dictionary(
      fc.constantFrom("due", "stability", "difficulty", "days", "reps", "lapses", "state", "last"),
      figure,
    );
    fc.assert(
      fc.property(kept, fc.boolean(), (review, right) => {
        const next = afterAnswer(review, right, start);
        expect(Object.values(next).every(Number.isFinite)).toBe(true);
        expect(isDue(next, start)).toBe(false);
      }),
    );
  });
});

describe("isDue", () => {
  it("goes by the day, not by the hour", () => {
    const evening = new Date(2026, 10, 24, 22).getTime();
    expect(isDue({ due: evening }, new Date(2026, 10, 24, 7).getTime())).toBe(true);
    expect(isDue({ due: evening }, new Date(2026, 10, 23, 23).getTime())).toBe(false);
  });
});
