/** The single requests of a run of this visit. Only the last run's are still known. */
import { type BySide, sideNames } from "../basics/sides.ts";
import type { PastRun } from "../runs/run-history.ts";
import type { LabSession } from "../session/lab-session.ts";
import { type RecordedRequests, recordRequests } from "./recorded-requests.ts";

/** What the sides' lanes showed of it; sides that have been asked by hand since then are left out. */
export function requestsOf(session: LabSession, run: PastRun): Partial<BySide<RecordedRequests>> {
  if (session.load.history.runs.value.at(-1) !== run) return {};
  return Object.fromEntries(
    sideNames.flatMap((name) => {
      const { requests, slots } = session.sides[name];
      const { value: window } = session.load.windows[name];
      if (window.kind !== "run" || run.result.sides[name] === undefined) return [];
      const workers = slots.value.map(({ process }) => process);
      return [[name, recordRequests(requests.since(window.from), workers, window.from)]];
    }),
  );
}
