import { describe, expect, it } from "vitest";
import type { PlanDefinition } from "../../lab-definition/schema.ts";
import { loadPlanOf } from "../runs/load-plan.ts";
import { seriesCsv } from "../runs/run-export.ts";
import type { RunTick } from "../runs/run-ticks.ts";
import { firstLab } from "../testing/first-lab.ts";
import { emptyReport } from "../testing/scripted-machine.ts";
import { isTooSmall, needOf } from "./device-fit.ts";
import { readSeries, resultOf } from "./recorded-run.ts";
import { ticksUntil } from "./run-player.ts";

const tick = (at: number, more: Partial<RunTick> = {}): RunTick => ({
  at,
  warmingUp: false,
  done: at / 10,
  failed: 1,
  failedBy: {},
  dropped: 0,
  inFlight: 10,
  rate: 99.5,
  offeredRate: 101.25,
  failureRate: 0.5,
  latency: { count: 0, p50: 100.125, max: 400 },
  ...more,
});

describe("a recorded series", () => {
  it("comes back from its file as it went, figures that are unknown among it", () => {
    const ticks = [tick(100, { warmingUp: true }), tick(200, { waiting: 3, latency: { count: 0 } })];
    expect(readSeries(seriesCsv(ticks))).toEqual(ticks);
    expect(readSeries("")).toEqual([]);
  });

  it("is shown as far as it has come, sides that ran in turn one after the other", () => {
    const ticks = { development: [tick(100), tick(200)], production: [tick(100), tick(200)] };
    const shown = (together: boolean, moment: number) => {
      const { ticks: at, over } = ticksUntil(ticks, together, moment);
      return [at.development.length, at.production.length, over];
    };
    expect([0, 100, 199, 200].map((moment) => shown(true, moment))).toEqual([
      [0, 0, false],
      [1, 1, false],
      [1, 1, false],
      [2, 2, true],
    ]);
    expect([0, 200, 300, 400].map((moment) => shown(false, moment))).toEqual([
      [0, 0, false],
      [2, 0, false],
      [2, 1, false],
      [2, 2, true],
    ]);
  });
});

const [quick] = firstLab.plans;
function planWith(more: Partial<PlanDefinition>): PlanDefinition {
  if (quick === undefined) throw new Error("The first lab has no plan");
  return { ...quick, ...more };
}

describe("a recorded result", () => {
  it("is told in the page's own words", () => {
    const plan = planWith({ name: "slow", label: "Una página lenta", users: 3 });
    const report = emptyReport(loadPlanOf(plan));
    const recorded = {
      result: {
        ...{ planName: "slow", planLabel: "A slow page", readers: "10 users", waitsOnly: true, together: true },
        ...{ hidden: false, complete: true },
      },
      sides: { production: { outcome: { title: "Production server", report }, series: "" } },
    };
    const titles = { development: "Servidor de desarrollo", production: "Servidor de producción" };
    const told = resultOf(recorded, plan, titles);
    expect([told.planLabel, told.readers, told.sides.production?.title, told.sides.development]).toEqual([
      "Una página lenta",
      "3 users",
      "Servidor de producción",
      undefined,
    ]);
  });
});

describe("what fits a device", () => {
  const first = needOf(["flask --app app run", "gunicorn -w 4 -b 0.0.0.0:8000 app:app"]);
  const small = needOf(["python tiny_server.py", "gunicorn -w 1 app:app"]);

  it("counts servers and their workers", () => {
    expect(first.processes).toBe(6);
    expect(small.processes).toBe(3);
  });

  it("is decided by the memory that the device tells, or by its being a phone", () => {
    expect(isTooSmall({ gigabytes: 8, phone: true }, first)).toBe(false);
    expect(isTooSmall({ gigabytes: 2, phone: true }, first)).toBe(true);
    expect(isTooSmall({ gigabytes: undefined, phone: true }, first)).toBe(true);
    expect(isTooSmall({ gigabytes: undefined, phone: true }, small)).toBe(false);
    expect(isTooSmall({ gigabytes: undefined, phone: false }, first)).toBe(false);
  });
});
