import { describe, expect, it } from "vitest";
import { checkPlan, PlanError, planLimits } from "./check-plan.ts";
import type { LoadModel, LoadPlan, PlannedRequest } from "./plan.ts";

const plan = (changes: Partial<LoadPlan>): LoadPlan => ({
  name: "test",
  model: { kind: "closed", users: 10 },
  requests: [{ path: "/" }],
  duration: 6000,
  timeout: 10_000,
  seed: 1,
  ...changes,
});
const model = (asked: LoadModel, duration = 6000) => checkPlan(plan({ model: asked, duration }));
const requests = (...asked: PlannedRequest[]) => checkPlan(plan({ requests: asked }));

describe("a plan in order", () => {
  it.each<LoadModel>([
    { kind: "closed", users: 1000, thinkTime: 5000 },
    { kind: "closed", users: 0 },
    { kind: "constant", rate: 5000, connections: 1000 },
    { kind: "poisson", rate: 0.1 },
    { kind: "ramp", from: 0, to: 500 },
    { kind: "steps", rates: [1, 0, 3] },
    { kind: "burst", rate: 0, size: 100, every: 1000 },
  ])("has no problem: $kind", (asked) => {
    expect(model(asked)).toBeNull();
  });
});

describe("a plan that asks for too much", () => {
  it("is refused with field, limit and reason", () => {
    expect(model({ kind: "constant", rate: 9000 })).toEqual({
      field: "model.rate",
      asked: 9000,
      limit: 5000,
      reason: "More than 5,000 requests a second would keep this computer too busy to run the servers.",
    });
  });

  it.each<[string, number, LoadModel]>([
    ["model.users", 1000, { kind: "closed", users: 1001 }],
    ["model.users", 2, { kind: "closed", users: 1.5 }],
    ["model.users", 0, { kind: "closed", users: -1 }],
    ["model.thinkTime", 600_000, { kind: "closed", users: 1, thinkTime: 1e9 }],
    ["model.rate", 5000, { kind: "poisson", rate: Number.POSITIVE_INFINITY }],
    ["model.connections", 1000, { kind: "poisson", rate: 1, connections: 1001 }],
    ["model.connections", 1, { kind: "poisson", rate: 1, connections: 0 }],
    ["model.from", 0, { kind: "ramp", from: -1, to: 1 }],
    ["model.to", 5000, { kind: "ramp", from: 1, to: 5001 }],
    ["model.rates", 1, { kind: "steps", rates: [] }],
    ["model.rates[1]", 5000, { kind: "steps", rates: [1, 1e6] }],
    ["model.size", 5000, { kind: "burst", rate: 1, size: 5001, every: 1000 }],
    ["model.every", 1, { kind: "burst", rate: 1, size: 1, every: 0 }],
    ["model", planLimits.arrivals, { kind: "burst", rate: 1, size: 5000, every: 1 }],
  ])("is refused: %s, at most or least %d", (field, limit, asked) => {
    expect(model(asked)).toMatchObject({ field, limit });
  });

  it("is refused for all its requests together", () => {
    expect(model({ kind: "constant", rate: 5000 }, 200_000)).toMatchObject({ field: "model", asked: 1_000_000 });
  });

  it.each<[string, Partial<LoadPlan>]>([
    ["duration", { duration: 600_001 }],
    ["duration", { duration: 0 }],
    ["duration", { duration: Number.NaN }],
    ["timeout", { timeout: 1e6 }],
    ["warmup", { warmup: 6000 }],
    ["patience", { patience: 0 }],
    ["seed", { seed: -1 }],
    ["seed", { seed: 0.5 }],
    ["requests", { requests: [] }],
  ])("is refused: %s", (field, changes) => {
    expect(checkPlan(plan(changes))?.field).toBe(field);
  });

  it("is refused for one of its requests", () => {
    expect(requests({ path: "/" }, { path: "/", weight: -1 })?.field).toBe("requests[1].weight");
    expect(requests({ path: "/", once: 1.5 })?.field).toBe("requests[0].once");
    expect(requests({ path: "/", once: 600 }, { path: "/", once: 600 })).toMatchObject({
      field: "requests",
      asked: 1200,
    });
    expect(requests({ path: "/", body: "x".repeat(1_000_000) })?.field).toBe("requests[0]");
    expect(requests({ path: "/", headers: [["A", "x".repeat(1_000_000)]] })?.field).toBe("requests[0]");
    expect(requests({ path: "no slash" })).toMatchObject({ field: "requests[0].path", asked: "no slash" });
    expect(requests({ path: "/a b" })?.field).toBe("requests[0].path");
  });
});

it("an error says what the problem is", () => {
  const problem = { field: "duration", asked: 0, limit: 1, reason: "This has to be 1 at least." };
  expect(new PlanError(problem).message).toBe("duration: This has to be 1 at least.");
});
