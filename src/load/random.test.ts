import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exponential, randomStream } from "./random.ts";

const draw = (seed: number, count: number, purpose: Parameters<typeof randomStream>[1] = "mix") => {
  const random = randomStream(seed, purpose);
  return Array.from({ length: count }, random);
};

describe("a stream", () => {
  it("is the same for the same seed and purpose, and another for others", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seed, other) => {
        fc.pre(seed !== other);
        expect(draw(seed, 5)).toEqual(draw(seed, 5));
        expect(draw(seed, 5)).not.toEqual(draw(other, 5));
        expect(draw(seed, 5)).not.toEqual(draw(seed, 5, "arrivals"));
      }),
    );
  });

  it.each([0, 1, 2, 2 ** 32 - 1])("is evenly distributed: seed %d", (seed) => {
    const bins = new Array<number>(100).fill(0);
    const numbers = draw(seed, 100_000);
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    for (const number of numbers) {
      const bin = Math.floor(number * 100);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    const chiSquare = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(149); // 99 degrees of freedom, 0.1 %
  });

  it("does not resemble that of the next seed or its own next number", () => {
    const [a, b] = [draw(1, 100_000), draw(2, 100_000)];
    const correlation = (x: number[], y: number[]) =>
      x.reduce((sum, value, index) => sum + (value - 0.5) * ((y[index] ?? 0) - 0.5), 0) / x.length / (1 / 12);
    expect(Math.abs(correlation(a, b))).toBeLessThan(0.015);
    expect(Math.abs(correlation(a.slice(1), a.slice(0, -1)))).toBeLessThan(0.015);
  });
});

it("exponential numbers are finite, even for the largest draw", () => {
  expect(exponential(() => 1 - 2 ** -32, 100)).toBeLessThan(2300);
  expect(exponential(() => 0, 100)).toBeCloseTo(0);
});
