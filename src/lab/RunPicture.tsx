import { effect, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { alignLines } from "./chart-data.ts";
import type { ChartDefinition } from "./charts.ts";
import type { LabSession } from "./lab-session.ts";
import type { RunChart } from "./run-chart.ts";
import { runsOnScreen } from "./runs-on-screen.ts";
import { labStrings } from "./strings.ts";

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
        drawn = new RunChart(element, { lines, figureAxis, timeAxis: labStrings.load.timeAxis });
        stop = effect(() => {
          drawn?.show(alignLines(runsOnScreen(session), lines), session.load.laneLength.value);
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
      {failed.value && <p class="lab-pane-note">{labStrings.load.pictureFailed}</p>}
    </>
  );
}
