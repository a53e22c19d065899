import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LoadReport, RunHalf } from "./plan.ts";
import { alikeWithin, judge, leastAnswers, type Verdict } from "./verdict.ts";

const seconds = 10;

/** A run of ten seconds with these answers in each half. */
function run(first: number, second: number, medians: readonly [number, number] = [10, 10]): LoadReport {
  const half = (answers: number, median: number): RunHalf => ({ answers, rate: answers / (seconds / 2), median });
  const done = first + second;
  return {
    plan: {
      name: "test",
      model: { kind: "closed", users: 1 },
      requests: [{ path: "/" }],
      duration: seconds * 1000,
      timeout: 1000,
      seed: 1,
    },
    end: "complete",
    elapsed: seconds * 1000,
    done,
    failed: {},
    statuses: {},
    dropped: 0,
    unfinished: 0,
    offeredRate: done / seconds,
    achievedRate: done / seconds,
    halves: [half(first, medians[0]), half(second, medians[1])],
    latency: { count: done, p50: (medians[0] + medians[1]) / 2 },
    latencyFromSending: { count: 0 },
    failedWait: { count: 0 },
    lateness: { count: 0 },
    meanInFlight: 1,
    bytesReceived: 0,
    series: [],
    latencyCounts: [],
    latencyFromSendingCounts: [],
  };
}

const kinds = (verdict: Verdict) => ("side" in verdict ? `${verdict.kind} ${verdict.side}` : verdict.kind);

describe("the verdict on rates", () => {
  it.each([
    ["twice as many, in both halves", run(200, 200), run(100, 100), "more 0"],
    ["twice as many on the other side", run(100, 100), run(200, 200), "more 1"],
    ["the same", run(100, 100), run(100, 100), "alike"],
    ["less apart than runs are from one another", run(104, 104), run(100, 100), "alike"],
    ["a little more, but the halves differ by more", run(160, 100), run(100, 100), "uneven"],
    ["more, and both sides get quicker together", run(100, 200), run(50, 100), "more 0"],
    ["thirty answers a side", run(30, 30), run(15, 15), "more 0"],
    ["one answer less", run(30, 30), run(15, 14), "too few"],
    ["a handful on both sides", run(12, 12), run(7, 7), "too few"],
    ["nothing against a handful", run(0, 0), run(10, 10), "too few"],
    ["nothing against many", run(0, 0), run(60, 60), "far more 1"],
    ["a handful against many", run(120, 126), run(3, 3), "far more 0"],
    ["nothing on either side", run(0, 0), run(0, 0), "too few"],
    ["a side that answered nothing for half of the run", run(0, 100), run(60, 60), "uneven"],
  ] as const)("%s", (_what, a, b, kind) => {
    expect(kinds(judge("rate", a, b))).toBe(kind);
  });

  it("has no figure to divide by where all answers came after the end", () => {
    const late = { ...run(20, 20), achievedRate: 0 };
    expect(judge("rate", late, run(100, 100))).toEqual({ kind: "far more", side: 1 });
    expect(judge("rate", late, late)).toEqual({ kind: "alike" });
  });

  it("is of the figures alone where the halves are not known", () => {
    const { halves: _, ...old } = run(200, 200);
    expect(judge("rate", old, run(100, 100))).toEqual({ kind: "more", side: 0, ratio: 2 });
    expect(judge("rate", old, old)).toEqual({ kind: "alike" });
  });
});

describe("the verdict on medians", () => {
  it.each([
    ["longer on one side", run(50, 50, [20, 22]), run(50, 50, [10, 11]), "more 0"],
    ["the same", run(50, 50), run(50, 50), "alike"],
    ["too few answers, however far apart", run(10, 10, [900, 900]), run(500, 500), "too few"],
    ["apart in one half only", run(50, 50, [40, 10]), run(50, 50), "uneven"],
  ] as const)("%s", (_what, a, b, kind) => {
    expect(kinds(judge("median", a, b))).toBe(kind);
  });
});

const answers = fc.integer({ min: 0, max: 500 });
const anyRun = fc.tuple(answers, answers).map(([first, second]) => run(first, second));

describe("any verdict", () => {
  it("is the mirror of the one with the sides exchanged", () => {
    fc.assert(
      fc.property(anyRun, anyRun, (a, b) => {
        const [one, other] = [judge("rate", a, b), judge("rate", b, a)];
        expect(one.kind).toBe(other.kind);
        if ("side" in one && "side" in other) expect(one.side).toBe(1 - other.side);
        if (one.kind === "more" && other.kind === "more") expect(one.ratio).toBeCloseTo(other.ratio, 9);
      }),
    );
  });

  it("names a side only where its ratio is larger than the halves differ by, and each side has answered enough", () => {
    fc.assert(
      fc.property(anyRun, anyRun, (a, b) => {
        const verdict = judge("rate", a, b);
        if (verdict.kind !== "more") return;
        expect(Math.min(a.done, b.done)).toBeGreaterThanOrEqual(leastAnswers);
        expect(verdict.ratio).toBeGreaterThanOrEqual(alikeWithin);
        // All that the halves leave open is still more.
        expect(verdict.range?.[0]).toBeGreaterThan(1);
        expect(verdict.range?.[1]).toBeGreaterThanOrEqual(verdict.ratio);
      }),
    );
  });

  it("never names one of two sides that did the same", () => {
    fc.assert(fc.property(anyRun, (a) => !("side" in judge("rate", a, a))));
  });

  it("never changes sides when a side answers more in both halves", () => {
    fc.assert(
      fc.property(answers, answers, anyRun, fc.integer({ min: 2, max: 9 }), (first, second, b, times) => {
        const before = judge("rate", run(first, second), b);
        const after = judge("rate", run(first * times, second * times), b);
        expect("side" in before && before.side === 0 && "side" in after && after.side === 1).toBe(false);
      }),
    );
  });
});
