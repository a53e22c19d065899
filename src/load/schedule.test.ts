import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OpenModel } from "./plan.ts";
import { randomStream } from "./random.ts";
import { arrivals, expectedArrivals } from "./schedule.ts";

const times = (model: OpenModel, duration: number, seed = 1) => [
  ...arrivals(model, duration, randomStream(seed, "arrivals")),
];

const rate = fc.double({ min: 0, max: 500, noNaN: true });
const even: fc.Arbitrary<OpenModel> = fc.oneof(
  fc.record({ kind: fc.constant("constant" as const), rate }),
  fc.record({ kind: fc.constant("ramp" as const), from: rate, to: rate }),
  fc.record({ kind: fc.constant("steps" as const), rates: fc.array(rate, { minLength: 1, maxLength: 6 }) }),
  fc.record({
    kind: fc.constant("burst" as const),
    rate,
    size: fc.integer({ min: 1, max: 50 }),
    every: fc.integer({ min: 50, max: 3000 }),
  }),
);
const poisson: fc.Arbitrary<OpenModel> = fc.record({ kind: fc.constant("poisson" as const), rate });
const duration = fc.integer({ min: 1, max: 10_000 });

describe("any schedule", () => {
  it("is the same for the same seed, ascending, and within the run", () => {
    fc.assert(
      fc.property(fc.oneof(even, poisson), duration, fc.nat(), (model, length, seed) => {
        const all = times(model, length, seed);
        expect(all).toEqual(times(model, length, seed));
        expect(all).toEqual(all.toSorted((a, b) => a - b));
        expect(all.every((at) => at >= 0 && at <= length)).toBe(true);
      }),
    );
  });

  it("brings as many readers as its rates add up to", () => {
    fc.assert(
      fc.property(even, duration, (model, length) => {
        const expected = expectedArrivals(model, length);
        expect(Math.abs(times(model, length).length - expected)).toBeLessThanOrEqual(1.001);
      }),
    );
  });
});

describe("each model", () => {
  it("constant: evenly spaced from the start", () => {
    expect(times({ kind: "constant", rate: 4 }, 1000)).toEqual([0, 250, 500, 750]);
    expect(times({ kind: "constant", rate: 0 }, 1000)).toEqual([]);
    expect(times({ kind: "constant", rate: 333 }, 60_000)).toHaveLength(333 * 60);
  });

  it("ramp: the middle of the run has seen a quarter of a rise from nothing", () => {
    const rise = times({ kind: "ramp", from: 0, to: 100 }, 10_000);
    expect(rise).toHaveLength(500);
    expect(rise.filter((at) => at < 5000)).toHaveLength(125);
    const fall = times({ kind: "ramp", from: 100, to: 0 }, 10_000);
    expect(fall.filter((at) => at <= 5000.001)).toHaveLength(376);
    expect(times({ kind: "ramp", from: 50, to: 50 }, 1000)).toEqual(times({ kind: "constant", rate: 50 }, 1000));
  });

  it("steps: each part of the run has its rate", () => {
    const all = times({ kind: "steps", rates: [10, 0, 30] }, 3000);
    const inSecond = (second: number) => all.filter((at) => Math.floor(at / 1000) === second).length;
    expect([0, 1, 2].map(inSecond)).toEqual([10, 0, 30]);
  });

  it("burst: many at one moment, and again", () => {
    const all = times({ kind: "burst", rate: 2, size: 5, every: 1000 }, 2500);
    expect(all).toEqual([0, 500, 1000, ...Array(5).fill(1000), 1500, 2000, ...Array(5).fill(2000)]);
  });

  it("burst: the first one when the plan says, the next ones as far apart as it says", () => {
    const model = { kind: "burst", rate: 0, size: 2, first: 500, every: 1000 } as const;
    expect(times(model, 2500)).toEqual([500, 500, 1500, 1500]);
    expect(times({ ...model, first: 0 }, 500)).toEqual([0, 0]);
    expect(times({ ...model, first: 700 }, 600)).toEqual([]);
    for (const first of [0, 500, 700, 3000])
      expect(expectedArrivals({ ...model, first }, 2500)).toBe(times({ ...model, first }, 2500).length);
  });

  it("poisson: exponential gaps with the mean that the rate says", () => {
    const all = times({ kind: "poisson", rate: 1000 }, 200_000);
    const gaps = all.map((at, index) => at - (all[index - 1] ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
    expect(mean).toBeCloseTo(1, 2);
    expect(Math.sqrt(variance)).toBeCloseTo(1, 1);
    expect(gaps.filter((gap) => gap > 3).length / gaps.length).toBeCloseTo(Math.exp(-3), 2);
  });
});
