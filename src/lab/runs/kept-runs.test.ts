import { describe, expect, it } from "vitest";
import { ProgressStore } from "../../learning/progress/progress-store.ts";
import type { LoadReport } from "../../load/plan.ts";
import { MapStorage } from "../../testing/map-storage.ts";
import { firstLab } from "../testing/first-lab.ts";
import { emptyReport } from "../testing/scripted-machine.ts";
import { keepRun } from "./kept-runs.ts";
import { loadPlanOf } from "./load-plan.ts";
import type { PastRun } from "./run-history.ts";
import type { LoadResult } from "./run-outcome.ts";

const root = new URL("https://host.example/course/");
const [plan] = firstLab.plans;

function run(number: number, report: Partial<LoadReport> = {}, more: Partial<LoadResult> = {}): PastRun {
  if (plan === undefined) throw new Error("The first lab has no plan");
  const side = (title: string) => ({ title, report: { ...emptyReport(loadPlanOf(plan)), ...report } });
  return {
    number,
    began: new Date(1_800_000_000_000 + number),
    commands: { development: "flask run", production: `gunicorn ${"app:app ".repeat(100)}` },
    ticks: { development: [], production: [] },
    result: {
      planName: plan.name,
      planLabel: plan.label,
      plan,
      readers: "1 user",
      waitsOnly: false,
      together: false,
      hidden: false,
      complete: true,
      sides: { development: side("a"), production: side("b") },
      ...more,
    },
  };
}

describe("keepRun", () => {
  it("keeps command lines and figures, with four digits, and no long text", () => {
    const store = new ProgressStore(
      () => [new MapStorage()],
      () => root,
    );
    const report = {
      done: 90,
      achievedRate: 12.34567,
      latency: { count: 90, p50: 81.23456 },
      failed: { reset: 2, "5xx": 1 },
    };
    keepRun("first-load", run(1, report), store);
    expect(store.memory.value.runs).toEqual({
      "first-load": [
        {
          plan: plan?.name,
          at: 1_800_000_000_001,
          development: { command: "flask run", rate: 12.35, median: 81.23, failed: 3 },
          production: { command: expect.stringMatching(/^gunicorn .{291}$/), rate: 12.35, median: 81.23, failed: 3 },
        },
      ],
    });
  });

  it("keeps the last eight of each lab, also after a reload", () => {
    const storage = new MapStorage();
    for (let number = 1; number <= 11; number++) {
      const store = new ProgressStore(
        () => [storage],
        () => root,
      );
      keepRun("first-load", run(number), store);
      if (number === 1) keepRun("debugger", run(number), store);
    }
    const { runs } = new ProgressStore(
      () => [storage],
      () => root,
    ).memory.value;
    expect(runs["first-load"]?.map(({ at }) => at - 1_800_000_000_000)).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
    expect(runs["debugger"]).toHaveLength(1);
  });

  it("keeps nothing of a run that was stopped or disturbed", () => {
    const store = new ProgressStore(
      () => [new MapStorage()],
      () => root,
    );
    keepRun("first-load", run(1, { end: "stopped" }), store);
    keepRun("first-load", run(2, {}, { hidden: true }), store);
    keepRun("first-load", run(3, {}, { otherTab: true }), store);
    keepRun("first-load", run(4, {}, { sides: {} }), store);
    expect(store.memory.value.runs).toEqual({});
  });
});
