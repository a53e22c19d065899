import type { LoadModel, LoadPlan, PlannedRequest } from "./plan.ts";
import { expectedArrivals } from "./schedule.ts";

/** The most a plan may ask for. The reader's computer runs the servers besides. */
export const planLimits = {
  /** Readers of the closed model. */
  users: 1000,
  /** Requests a second, at any moment. */
  rate: 5000,
  /** Readers who come at one moment. */
  burst: 5000,
  /** Steps of the model of that name. */
  steps: 100,
  /** Requests under way at once in an open model. */
  connections: 1000,
  /** Requests that a schedule brings in one run. */
  arrivals: 500_000,
  /** Requests that are sent just so many times, all together. */
  once: 1000,
  /** Different requests. */
  requests: 50,
  /** Characters of a request's path, headers and body. */
  characters: 1_000_000,
  /** Milliseconds: ten minutes. */
  duration: 600_000,
  /** Milliseconds: five minutes. */
  timeout: 300_000,
} as const;

/** Why a plan is refused. */
export interface PlanProblem {
  /** The field that asks too much or makes no sense, e.g. `model.rate` or `requests[2].weight`. */
  readonly field: string;
  /** What it asks for. */
  readonly asked: number | string;
  /** The nearest number that would be accepted, where there is one. */
  readonly limit?: number;
  /** One sentence for the reader. */
  readonly reason: string;
}

/** A plan that was to be run although `checkPlan` refuses it. */
export class PlanError extends Error {
  override readonly name = "PlanError";
  constructor(readonly problem: PlanProblem) {
    super(`${problem.field}: ${problem.reason}`);
  }
}

/** What stands against a plan: the first problem, or `null` if it can be run. */
export function checkPlan(plan: LoadPlan): PlanProblem | null {
  return (
    between("duration", plan.duration, 1, planLimits.duration, "A run lasts at most ten minutes.") ??
    between("timeout", plan.timeout, 1, planLimits.timeout, "A user waits at most five minutes.") ??
    between("warmup", plan.warmup ?? 0, 0, plan.duration - 1, "The warm-up has to end before the run does.") ??
    between("patience", plan.patience ?? 1, 1, planLimits.timeout, "A user waits at most five minutes.") ??
    whole("seed", plan.seed, 0, 2 ** 32 - 1, "The seed is a whole number of 32 bits.") ??
    checkModel(plan.model, plan.duration) ??
    checkRequests(plan.requests)
  );
}

function checkModel(model: LoadModel, duration: number): PlanProblem | null {
  if (model.kind === "closed") {
    return (
      whole("model.users", model.users, 0, planLimits.users, tooMany("users", planLimits.users)) ??
      between("model.thinkTime", model.thinkTime ?? 0, 0, planLimits.duration, "A user pauses for at most ten minutes.")
    );
  }
  const reason = tooMany("connections", planLimits.connections);
  return (
    whole("model.connections", model.connections ?? 1, 1, planLimits.connections, reason) ??
    checkOpenModel(model) ??
    between(
      "model",
      expectedArrivals(model, duration),
      0,
      planLimits.arrivals,
      tooMany("requests", planLimits.arrivals),
    )
  );
}

function checkOpenModel(model: Exclude<LoadModel, { kind: "closed" }>): PlanProblem | null {
  switch (model.kind) {
    case "constant":
    case "poisson":
      return rate("model.rate", model.rate);
    case "ramp":
      return rate("model.from", model.from) ?? rate("model.to", model.to);
    case "steps":
      return (
        whole("model.rates", model.rates.length, 1, planLimits.steps, tooMany("steps", planLimits.steps)) ??
        first(model.rates, (each, index) => rate(`model.rates[${index}]`, each))
      );
    case "burst":
      return (
        rate("model.rate", model.rate) ??
        whole("model.size", model.size, 1, planLimits.burst, tooMany("users at once", planLimits.burst)) ??
        between(
          "model.every",
          model.every,
          1,
          planLimits.duration,
          "Bursts lie between a millisecond and ten minutes apart.",
        ) ??
        between("model.first", model.first ?? 0, 0, planLimits.duration, "The first burst comes within ten minutes.")
      );
  }
}

function checkRequests(requests: readonly PlannedRequest[]): PlanProblem | null {
  const once = requests.reduce((sum, request) => sum + (request.once ?? 0), 0);
  return (
    whole("requests", requests.length, 1, planLimits.requests, "A plan has 1 to 50 different requests.") ??
    first(requests, checkRequest) ??
    whole("requests", once, 0, planLimits.once, tooMany("requests sent once", planLimits.once))
  );
}

function checkRequest(request: PlannedRequest, index: number): PlanProblem | null {
  const field = `requests[${index}]`;
  const characters =
    request.path.length +
    (request.body?.length ?? 0) +
    (request.headers ?? []).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  return (
    checkPath(`${field}.path`, request.path) ??
    between(`${field}.weight`, request.weight ?? 1, 0, 1_000_000, "A weight lies between 0 and a million.") ??
    whole(`${field}.once`, request.once ?? 0, 0, planLimits.once, tooMany("requests sent once", planLimits.once)) ??
    whole(field, characters, 0, planLimits.characters, "A request has at most a million characters.")
  );
}

function checkPath(field: string, asked: string): PlanProblem | null {
  if (/^\/[^\0-\x20\x7f]*$/.test(asked)) return null;
  return { field, asked, reason: "A path begins with / and holds neither spaces nor control characters." };
}

function rate(field: string, asked: number): PlanProblem | null {
  return between(field, asked, 0, planLimits.rate, tooMany("requests a second", planLimits.rate));
}

function whole(field: string, asked: number, least: number, most: number, reason: string): PlanProblem | null {
  if (Number.isInteger(asked) || !Number.isFinite(asked)) return between(field, asked, least, most, reason);
  return {
    field,
    asked,
    limit: Math.min(most, Math.max(least, Math.round(asked))),
    reason: "This has to be a whole number.",
  };
}

function between(field: string, asked: number, least: number, most: number, reason: string): PlanProblem | null {
  if (asked >= least && asked <= most) return null;
  if (Number.isNaN(asked)) return { field, asked, reason: "This has to be a number." };
  if (asked < least) return { field, asked, limit: least, reason: `This has to be ${least} at least.` };
  return { field, asked, limit: most, reason };
}

function first<T>(items: readonly T[], check: (item: T, index: number) => PlanProblem | null): PlanProblem | null {
  for (const [index, item] of items.entries()) {
    const problem = check(item, index);
    if (problem) return problem;
  }
  return null;
}

function tooMany(what: string, limit: number): string {
  return `More than ${limit.toLocaleString("en")} ${what} would keep this computer too busy to run the servers.`;
}
