import type { ChartRuns } from "./chart-data.ts";
import type { LabSession } from "./lab-session.ts";
import { bySide } from "./sides.ts";

/** What the charts show: the run under way or the last one, and the one that is laid over it. */
export function runsOnScreen({ load }: LabSession): ChartRuns {
  return {
    shown: bySide((side) => load.ticks[side].value),
    compared: load.kept.compared.value?.ticks,
  };
}
