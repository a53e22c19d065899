import type { PlannedRequest } from "./plan.ts";
import type { Random } from "./random.ts";

/** Picks requests by their weights. `undefined` if there is nothing to pick from. */
export function weightedMix(requests: readonly PlannedRequest[], random: Random): () => PlannedRequest | undefined {
  const weighted = requests.filter((request) => request.once === undefined && weightOf(request) > 0);
  const last = weighted.at(-1);
  const total = weighted.reduce((sum, request) => sum + weightOf(request), 0);
  return () => {
    let rest = random() * total;
    for (const request of weighted) {
      rest -= weightOf(request);
      if (rest < 0) return request;
    }
    return last;
  };
}

/** The requests that are sent just so many times, each as often as it asks. */
export function onceRequests(requests: readonly PlannedRequest[]): PlannedRequest[] {
  return requests.flatMap((request) => Array.from({ length: request.once ?? 0 }, () => request));
}

function weightOf(request: PlannedRequest): number {
  return request.weight ?? 1;
}
