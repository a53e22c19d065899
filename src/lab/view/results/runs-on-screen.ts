import { bySide } from "../../basics/sides.ts";
import type { LabSession } from "../../session/lab-session.ts";
import type { ChartRuns } from "./chart-data.ts";

/** What the charts show: the run under way or the last one, and the one that is laid over it. */
export function runsOnScreen({ load }: LabSession): ChartRuns {
  return {
    shown: bySide((side) => load.ticks[side].value),
    compared: load.history.compared.value?.ticks,
  };
}
