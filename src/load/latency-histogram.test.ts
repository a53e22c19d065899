import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { carries, LatencyHistogram, summariseExactly } from "./latency-histogram.ts";

const latency = fc.double({ min: 0, max: 600_000, noNaN: true });
const latencies = fc.array(latency, { minLength: 1, maxLength: 700 });

function histogram(samples: readonly number[]): LatencyHistogram {
  const made = new LatencyHistogram();
  for (const sample of samples) made.record(sample);
  return made;
}

/** The sample at that percentile, by definition. */
function exact(samples: readonly number[], percentile: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percentile * samples.length) / 100) - 1)] ?? 0;
}

describe("percentiles", () => {
  it("are there from five samples above them on", () => {
    expect([9, 10].map((count) => carries(count, 50))).toEqual([false, true]);
    expect([99, 100].map((count) => carries(count, 95))).toEqual([false, true]);
    expect([499, 500].map((count) => carries(count, 99))).toEqual([false, true]);
  });

  it.each([
    [0, []],
    [1, ["mean", "max"]],
    [9, ["mean", "max"]],
    [10, ["mean", "max", "p50"]],
    [99, ["mean", "max", "p50"]],
    [100, ["mean", "max", "p50", "p95"]],
    [499, ["mean", "max", "p50", "p95"]],
    [500, ["mean", "max", "p50", "p95", "p99"]],
  ])("of %d samples are %j", (count, figures) => {
    const samples = Array.from({ length: count }, (_, index) => index);
    expect(Object.keys(histogram(samples).summary())).toEqual(["count", ...figures]);
    expect(Object.keys(summariseExactly(Float64Array.from(samples)))).toEqual(["count", ...figures]);
  });

  it("lie within a thousandth of the sample itself", () => {
    fc.assert(
      fc.property(latencies, (samples) => {
        const summary = histogram(samples).summary();
        for (const [figure, percentile] of [
          ["p50", 50],
          ["p95", 95],
          ["p99", 99],
        ] as const) {
          const value = summary[figure];
          if (value === undefined) continue;
          const expected = exact(samples, percentile);
          expect(Math.abs(value - expected)).toBeLessThanOrEqual(0.001 + expected / 1000);
        }
        expect(summary.max).toBe(Math.max(...samples));
      }),
    );
  });

  it("of a few samples are those samples", () => {
    fc.assert(
      fc.property(latencies, (samples) => {
        const summary = summariseExactly(Float64Array.from(samples));
        if (summary.p50 !== undefined) expect(summary.p50).toBe(exact(samples, 50));
        if (summary.p95 !== undefined) expect(summary.p95).toBe(exact(samples, 95));
        if (summary.p99 !== undefined) expect(summary.p99).toBe(exact(samples, 99));
        expect(summary.max).toBe(Math.max(...samples));
      }),
    );
  });
});

describe("a histogram", () => {
  it("merged of two is that of all their samples", () => {
    fc.assert(
      fc.property(fc.array(latency), fc.array(latency), (some, more) => {
        const merged = histogram(some);
        merged.add(histogram(more));
        const whole = histogram([...some, ...more]);
        expect(merged.counts()).toEqual(whole.counts());
        const { mean: mergedMean = 0, ...figures } = merged.summary();
        const { mean = 0, ...expected } = whole.summary();
        expect(figures).toEqual(expected);
        expect(mergedMean).toBeCloseTo(mean, 6);
      }),
    );
  });

  it("merges in any order", () => {
    fc.assert(
      fc.property(fc.array(latency), fc.array(latency), fc.array(latency), (a, b, c) => {
        const left = histogram(a);
        left.add(histogram(b));
        left.add(histogram(c));
        const right = histogram(c);
        right.add(histogram(a));
        right.add(histogram(b));
        expect(left.counts()).toEqual(right.counts());
        expect(left.summary().p50).toEqual(right.summary().p50);
      }),
    );
  });

  it("counts each sample once, ascending", () => {
    fc.assert(
      fc.property(fc.array(latency), (samples) => {
        const counts = histogram(samples).counts();
        expect(counts.reduce((sum, [, count]) => sum + count, 0)).toBe(samples.length);
        expect(counts).toEqual(counts.toSorted(([a], [b]) => a - b));
      }),
    );
  });

  it("takes what lies outside its range as its ends", () => {
    const odd = histogram([-1, 1e9]);
    expect(odd.count).toBe(2);
    expect(odd.summary().max).toBe(1e9);
    expect(odd.counts()[0]).toEqual([0, 1]);
  });
});
