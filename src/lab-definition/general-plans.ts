/** Plans that any lab can use by their names. What a lab writes beside `use` takes the place of what stands here. */

/** The plans by name, as they would stand in a lab.yaml. */
export const generalPlans = {
  "ten-readers": {
    label: "Ten users",
    requests: [{ path: "/" }],
    users: 10,
    thinkTime: 0.5,
    seconds: 8,
  },
  "rush-hour": {
    label: "Rush hour",
    requests: [{ path: "/" }],
    arrivals: { kind: "ramp", from: 5, to: 60 },
    seconds: 12,
  },
  "one-slow-page": {
    label: "One slow page",
    requests: [
      { path: "/", weight: 4 },
      { path: "/io", weight: 1 },
    ],
    arrivals: { kind: "poisson", rate: 30 },
    seconds: 10,
  },
  "a-burst": {
    label: "A burst",
    requests: [{ path: "/" }],
    arrivals: { kind: "burst", rate: 5, size: 40, every: 4 },
    seconds: 10,
  },
  "impatient-readers": {
    label: "Impatient users",
    requests: [{ path: "/" }],
    arrivals: { kind: "poisson", rate: 50 },
    patience: 1,
    seconds: 10,
  },
} as const;

/** The names of the general plans. */
export const generalPlanNames = Object.keys(generalPlans);

/**
 * Puts in place of each plan that says `use` what it uses.
 *
 * @param input what a lab.yaml says, parsed and not yet checked
 */
export function withGeneralPlans(input: unknown): unknown {
  if (!isBlock(input)) return input;
  const { plans, node } = input;
  return {
    ...input,
    ...(Array.isArray(plans) && { plans: plans.map(withGeneralPlan) }),
    ...(isBlock(node) && { node: withGeneralPlans(node) }),
  };
}

function withGeneralPlan(plan: unknown): unknown {
  if (!isBlock(plan) || typeof plan["use"] !== "string") return plan;
  // Whose name is not known is told that, and not also that all else is missing.
  const [, used] = Object.entries(generalPlans).find(([name]) => name === plan["use"]) ?? [];
  const { users, thinkTime, arrivals, ...rest }: Record<string, unknown> = { ...(used ?? generalPlans["ten-readers"]) };
  const ownReaders = "users" in plan || "arrivals" in plan;
  const readers = ownReaders ? {} : { users, thinkTime, arrivals };
  return { name: plan["use"], ...rest, ...readers, ...plan };
}

function isBlock(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
