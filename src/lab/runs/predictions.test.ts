import { describe, expect, it } from "vitest";
import type { LoadReport } from "../../load/plan.ts";
import { emptyReport } from "../testing/scripted-machine.ts";
import { Predictions } from "./predictions.ts";
import { compareRun } from "./run-comparison.ts";
import type { RunOutcome } from "./run-outcome.ts";

const plan = {
  name: "quick",
  model: { kind: "closed", users: 1 },
  requests: [],
  duration: 1,
  timeout: 1,
  seed: 1,
} as const;

function run(
  development: Partial<LoadReport>,
  production: Partial<LoadReport>,
  more: Partial<RunOutcome> = {},
): RunOutcome {
  const side = (title: string, report: Partial<LoadReport>) => ({ title, report: { ...emptyReport(plan), ...report } });
  return {
    sides: { development: side("a", development), production: side("b", production) },
    planLabel: "",
    readers: "1 users",
    waitsOnly: false,
    together: false,
    hidden: false,
    ...more,
  };
}
const rate = (achievedRate: number) => ({ done: 100, achievedRate });

describe("shownBy", () => {
  it("says which side has more, and calls alike what the sentence calls alike", () => {
    expect(compareRun(run(rate(80), rate(40)), "rate")).toEqual({
      outcome: "development",
      development: 80,
      production: 40,
    });
    expect(compareRun(run(rate(40), rate(80)), "rate")?.outcome).toBe("production");
    expect(compareRun(run(rate(40), rate(43)), "rate")?.outcome).toBe("alike");
    expect(compareRun(run(rate(0), rate(0)), "rate")?.outcome).toBe("alike");
    const median = (p50: number) => ({ latency: { count: 30, p50 } });
    expect(compareRun(run(median(100), median(250)), "median")?.outcome).toBe("production");
    expect(compareRun(run(rate(80), { done: 0, achievedRate: 0 }), "rate")?.outcome).toBe("development");
  });

  it("says nothing where too few were answered, or the halves of the run differ by more than its sides", () => {
    const few = (count: number, p50: number) => ({ done: count, achievedRate: count, latency: { count, p50 } });
    expect(compareRun(run(few(10, 100), few(10, 250)), "median")).toBeUndefined();
    expect(compareRun(run(few(18, 100), few(10, 250)), "rate")).toBeUndefined();
    const half = (each: number) => ({ answers: each, rate: each });
    const halves = (first: number, second: number) => [half(first), half(second)] as const;
    const uneven = { ...rate(60), halves: halves(90, 30) };
    expect(compareRun(run(uneven, { ...rate(40), halves: halves(40, 40) }), "rate")).toBeUndefined();
  });

  it("says nothing of a run that is not to be trusted, or has no figure", () => {
    expect(compareRun(run(rate(80), { ...rate(40), end: "stopped" }), "rate")).toBeUndefined();
    expect(compareRun(run(rate(80), rate(40), { hidden: true }), "rate")).toBeUndefined();
    expect(compareRun(run(rate(80), rate(40), { otherTab: true }), "rate")).toBeUndefined();
    expect(compareRun(run(rate(80), rate(40), { sides: {} }), "rate")).toBeUndefined();
    expect(compareRun(run(rate(80), rate(40)), "median")).toBeUndefined();
  });
});

describe("Predictions", () => {
  const shown = { outcome: "production", development: 1, production: 2 } as const;

  it("holds a choice until the run begins, and keeps it from then on", () => {
    const predictions = new Predictions("lab");
    predictions.choose("quick", "development");
    predictions.choose("quick", "alike");
    predictions.begin("quick");
    predictions.choose("quick", "production");
    expect(predictions.of("quick").value).toEqual({ choice: "alike", running: true });
    predictions.end("quick", shown);
    expect(predictions.of("quick").value).toEqual({ choice: "alike", shown });
    predictions.end("quick", { ...shown, outcome: "alike" });
    expect(predictions.of("quick").value.shown).toEqual(shown);
    predictions.forget();
    expect(predictions.of("quick").value).toEqual({});
  });

  it("waits for the next run after one that showed nothing", () => {
    const predictions = new Predictions("lab");
    predictions.choose("quick", "development");
    predictions.begin("quick");
    predictions.end("quick", undefined);
    expect(predictions.of("quick").value).toEqual({ choice: "development" });
  });

  it("keeps what a run shows only of plans that the page asks about, or of which the reader has said something", () => {
    const predictions = new Predictions("elsewhere");
    predictions.begin("quick");
    predictions.end("quick", shown);
    expect(predictions.of("quick").value).toEqual({});
    predictions.ask("quick");
    predictions.end("quick", shown);
    expect(predictions.of("quick").value).toEqual({ shown });
  });
});
