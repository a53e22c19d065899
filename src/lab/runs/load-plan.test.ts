import { describe, expect, it } from "vitest";
import { generalPlans, withGeneralPlans } from "../../lab-definition/general-plans.ts";
import { planSchema } from "../../lab-definition/plan-schema.ts";
import { checkPlan } from "../../load/check-plan.ts";
import { loadPlanOf } from "./load-plan.ts";

/** A plan as a lab.yaml has it. */
const planOf = (written: object) => planSchema.parse({ name: "p", label: "P", seconds: 8, ...written });
const home = [{ path: "/" }];

describe("loadPlan", () => {
  it("takes seconds for milliseconds, and every field to its place", () => {
    const written = {
      arrivals: { kind: "burst", rate: 5, size: 40, every: 4, connections: 20 },
      warmup: 1,
      timeout: 4,
      patience: 0.5,
      keepAlive: true,
      seed: 7,
      requests: [{ path: "/form", method: "POST", headers: { "X-A": "b" }, body: "c", weight: 2 }],
    };
    expect(loadPlanOf(planOf(written))).toMatchObject({
      name: "p",
      model: { kind: "burst", rate: 5, size: 40, every: 4000, connections: 20 },
      requests: [{ path: "/form", method: "POST", headers: [["X-A", "b"]], body: "c", weight: 2 }],
      duration: 8000,
      warmup: 1000,
      timeout: 4000,
      patience: 500,
      keepAlive: true,
      seed: 7,
    });
    const numbers = [{ path: "/", number: "never-falls" }] as const;
    expect(loadPlanOf(planOf({ users: 3, requests: numbers })).requests).toEqual(numbers);
    expect(loadPlanOf(planOf({ users: 3, thinkTime: 0.2, requests: home })).model).toEqual({
      kind: "closed",
      users: 3,
      thinkTime: 200,
    });
  });

  it.each(Object.keys(generalPlans))("makes a plan that can be run of %s", (use) => {
    const input = withGeneralPlans({ plans: [{ use }] });
    const plans = typeof input === "object" && input !== null && "plans" in input ? input.plans : undefined;
    const [written] = Array.isArray(plans) ? plans : [];
    expect(checkPlan(loadPlanOf(planSchema.parse(written)))).toBeNull();
  });
});
