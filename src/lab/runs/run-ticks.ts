/** What the lab knows of a run at each tenth of a second. */
import type { LoadTick } from "../../load/plan.ts";

/** A tick, and what the machine knows besides. */
export interface RunTick extends LoadTick {
  /** Requests that waited for a process. Absent where the machine reports no single requests. */
  readonly waiting?: number;
}
