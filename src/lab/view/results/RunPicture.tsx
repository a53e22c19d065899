import { effect, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { chartStrings } from "../../../strings/strings.ts";
import { sideNames } from "../../basics/sides.ts";
import type { LabSession } from "../../session/lab-session.ts";
import { alignLines, type ChartRuns } from "./chart-data.ts";
import type { ChartDefinition } from "./charts.ts";
import type { RunChart } from "./run-chart.ts";
import { runsOnScreen } from "./runs-on-screen.ts";

/** When the last tick of a run came, in milliseconds. */
function lengthOf(run: ChartRuns["compared"]): number {
  return Math.max(0, ...sideNames.map((side) => run?.[side].at(-1)?.at ?? 0));
}

/** The picture of a chart. What it shows is said in words below it. */
export function RunPicture({ session, chart }: { session: LabSession; chart: ChartDefinition }) {
  const parent = useRef<HTMLDivElement>(null);
  const failed = useSignal(false);

  useEffect(() => {
    const element = parent.current;
    if (element === null) return;
    let drawn: RunChart | undefined;
    let stop = () => {};
    let left = false;
    import("./run-chart.ts").then(
      ({ RunChart }) => {
        if (left) return;
        const { lines, figureAxis } = chart;
        drawn = new RunChart(element, { lines, figureAxis, timeAxis: chartStrings.timeAxis });
        stop = effect(() => {
          const runs = runsOnScreen(session);
          const marks = sideNames.flatMap((side) =>
            session.faults[side].runMarks.value.map((mark) => ({ ...mark, side })),
          );
          const length = Math.max(session.load.laneLength.value, lengthOf(runs.compared));
          drawn?.show(alignLines(runs, lines), length, marks);
        });
      },
      () => {
        failed.value = true;
      },
    );
    return () => {
      left = true;
      stop();
      drawn?.dispose();
    };
  }, [session, chart, failed]);

  return (
    <>
      <div class="lab-picture" role="img" aria-label={chart.picture} ref={parent} />
      {failed.value && <p class="lab-pane-note">{chartStrings.pictureFailed}</p>}
    </>
  );
}
