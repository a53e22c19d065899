import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fewestAnswers, isWarm, leastWork, manyAnswers } from "./warm-rule.ts";

/** So many answers, each of which takes what `time` says of its place. */
function answers(count: number, time: (place: number) => number): readonly number[] {
  return Array.from({ length: count }, (_, place) => time(place));
}

/** Falls to a tenth, by half in every `half` answers. */
const falling = (half: number) => (place: number) => Math.max(1, 10 * 0.5 ** (place / half));

/** After how many answers a worker is warm, looked at after each. */
function warmAfter(time: (place: number) => number): number {
  const all = answers(20_000, time);
  return all.findIndex((_, place) => isWarm(all.slice(0, place + 1))) + 1;
}

describe("a worker", () => {
  it.each([
    ["that has answered nothing", [], false],
    ["that has answered too few to tell", answers(fewestAnswers - 1, () => 100), false],
    ["that has worked too shortly to tell", answers(100, () => 1), false],
    ["whose service time stays", answers(400, () => 1), true],
    ["that waits for 100 ms in each, and is a little quicker each time", answers(14, (place) => 106 - place / 4), true],
    ["whose service time still falls", answers(100, (place) => 100 * 0.95 ** place), false],
    [
      "whose service time falls in steps, the last one just now",
      [...answers(40, () => 30), ...answers(15, () => 10)],
      false,
    ],
    ["whose service time fell long ago", [...answers(40, () => 30), ...answers(120, () => 10)], true],
    ["that gets slower", answers(100, (place) => 10 + place), true],
  ] as const)("%s", (_what, times, warm) => {
    expect(isWarm(times)).toBe(warm);
  });

  it("is asked until it is nearly as quick as it will be", () => {
    for (const half of [20, 50, 100, 200]) {
      const count = warmAfter(falling(half));
      expect(falling(half)(count), `half of it in ${half} answers`).toBeLessThan(1.6);
      expect(count, `half of it in ${half} answers`).toBeLessThan(12 * half + 700);
    }
  });

  it("is not taken for cold because the computer is busy now and then", () => {
    const held = (place: number) => (place % 3 === 0 ? 25 : 2);
    expect(warmAfter(held)).toBeLessThan(2 * (leastWork / 9));
  });

  it("is warm if it never gets quicker, as soon as it has answered enough", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 500, noNaN: true }), (time) => {
        const enough = Math.min(manyAnswers, Math.max(fewestAnswers, Math.ceil(leastWork / time) + 1));
        return isWarm(answers(enough, () => time));
      }),
    );
  });

  it("is judged the same on a computer that is so many times as slow, once it has worked enough", () => {
    const times = fc.array(fc.double({ min: 10, max: 100, noNaN: true }), { minLength: 60, maxLength: 90 });
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 8 }), (each, slower) => {
        return isWarm(each) === isWarm(each.map((time) => time * 2 ** slower));
      }),
    );
  });
});
