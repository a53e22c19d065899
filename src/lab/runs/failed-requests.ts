/** How many requests of a run failed, and by what kinds that is told. */
import type { FailureKind, LoadReport } from "../../load/plan.ts";

/** All kinds of failure, in the order in which they are told. */
export const failureOrder = [
  "timed out",
  "gave up",
  "reset",
  "refused",
  "5xx",
  "4xx",
  "malformed",
  "contradictory",
] as const satisfies FailureKind[];

/** All failures of a report. */
export function failedRequests({ failed }: LoadReport): number {
  return failureOrder.reduce((sum, kind) => sum + (failed[kind] ?? 0), 0);
}
