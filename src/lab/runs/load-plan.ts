/** A plan as a teacher wrote it, for the generator: in its words and units. */
import { versionHeader } from "../../lab-definition/app-version.ts";
import type { ArrivalsDefinition, PlanDefinition } from "../../lab-definition/schema.ts";
import type { LoadModel, LoadPlan, OpenModel, PlannedRequest } from "../../load/plan.ts";

type RequestDefinition = PlanDefinition["requests"][number];

/** The same for everybody, so that two readers of a lesson see the same schedule. */
const usualSeed = 1;

/** What the generator runs. */
export function loadPlanOf(plan: PlanDefinition): LoadPlan {
  const { name, requests, seconds, warmup, timeout, patience, keepAlive, keepCookies, seed } = plan;
  return {
    name,
    model: modelOf(plan),
    requests: requests.map(plannedRequest),
    duration: milliseconds(seconds),
    timeout: milliseconds(timeout),
    seed: seed ?? usualSeed,
    countBy: versionHeader,
    ...(keepAlive !== undefined && { keepAlive }),
    ...(keepCookies !== undefined && { keepCookies }),
    ...(warmup !== undefined && { warmup: milliseconds(warmup) }),
    ...(patience !== undefined && { patience: milliseconds(patience) }),
  };
}

/** Whether the sides run at the same time. */
export function runsTogether({ together, waitsOnly }: PlanDefinition): boolean {
  return together ?? waitsOnly;
}

/** The most readers who can wait at once as far as the plan says, for the scale of a queue. */
export function mostWaiting({ users, arrivals }: PlanDefinition): number {
  if (users !== undefined) return users;
  return arrivals?.kind === "burst" ? arrivals.size : 50;
}

function plannedRequest({ path, method, headers, body, weight, once, number }: RequestDefinition): PlannedRequest {
  return {
    path,
    ...(method !== undefined && { method }),
    ...(headers && { headers: Object.entries(headers) }),
    ...(body !== undefined && { body }),
    ...(weight !== undefined && { weight }),
    ...(once !== undefined && { once }),
    ...(number !== undefined && { number }),
  };
}

function modelOf({ users = 0, thinkTime, arrivals }: PlanDefinition): LoadModel {
  if (arrivals !== undefined) return openModel(arrivals);
  return { kind: "closed", users, ...(thinkTime !== undefined && { thinkTime: milliseconds(thinkTime) }) };
}

function openModel({ connections, ...arrivals }: ArrivalsDefinition): OpenModel {
  const open = connections === undefined ? {} : { connections };
  if (arrivals.kind === "burst") {
    const { first, ...burst } = arrivals;
    return {
      ...burst,
      ...open,
      every: milliseconds(arrivals.every),
      ...(first !== undefined && { first: milliseconds(first) }),
    };
  }
  return { ...arrivals, ...open };
}

function milliseconds(seconds: number): number {
  return seconds * 1000;
}
