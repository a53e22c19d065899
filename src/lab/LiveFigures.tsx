import type { LoadTick } from "../load/plan.ts";
import { ChartInWords } from "./ChartInWords.tsx";
import type { ChartLine } from "./chart-data.ts";
import { type ChartDefinition, charts } from "./charts.ts";
import type { LabSession } from "./lab-session.ts";
import { formatLive } from "./number-format.ts";
import { RunPicture } from "./RunPicture.tsx";
import { SideMark } from "./SideMark.tsx";
import { sideNames } from "./sides.ts";
import { labStrings } from "./strings.ts";

const words = labStrings.load;

/** Rate and latency of both sides while a run goes on, and its whole course afterwards. */
export function LiveFigures({ session }: { session: LabSession }) {
  const { load } = session;
  if (sideNames.every((side) => load.ticks[side].value.length === 0)) return null;
  return (
    <div class="lab-live">
      {charts.map((chart) => (
        <figure class="lab-figure" key={chart.label}>
          <figcaption class="lab-figure-head">
            <span class="lab-figure-label">{chart.label}</span>
            {chart.ranks && <RankKey ranks={chart.ranks} />}
            <span class="lab-figure-now">
              {sideNames.map((side) => (
                <Now key={side} session={session} side={side} chart={chart} />
              ))}
            </span>
          </figcaption>
          <RunPicture session={session} chart={chart} />
          <ChartInWords session={session} chart={chart} />
        </figure>
      ))}
    </div>
  );
}

/** Which line is which, by its strength. */
function RankKey({ ranks }: { ranks: Readonly<Record<ChartLine["rank"], string>> }) {
  return (
    <span class="lab-ranks">
      <span>
        <i class="lab-rank-main" aria-hidden="true" /> {ranks.main}
      </span>
      <span>
        <i class="lab-rank-upper" aria-hidden="true" /> {ranks.upper}
      </span>
    </span>
  );
}

interface NowProps {
  readonly session: LabSession;
  readonly side: (typeof sideNames)[number];
  readonly chart: ChartDefinition;
}

/** A side's latest figures, beside its shape. */
function Now({ session, side, chart }: NowProps) {
  const { value: phase } = session.load.phase;
  const waits = phase.kind === "running" && phase.turns[side] === "waiting";
  const last: LoadTick | undefined = session.load.ticks[side].value.at(-1);
  const figures = chart.lines
    .filter((line) => line.side === side)
    .map(({ rank, of }) => ({ rank, value: last && of(last) }));
  return (
    <span class={`lab-now lab-of-${side}`}>
      <SideMark side={side} />
      <span class="lab-hidden">{session.sides[side].definition.title}</span>
      {waits ? (
        <span class="lab-now-waits">{words.waitingTurn}</span>
      ) : (
        figures.map(({ rank, value }) => (
          <span key={rank} class={`lab-now-${rank}`}>
            {chart.ranks && <span class="lab-hidden">{chart.ranks[rank]}</span>}
            <span class="lab-now-value">{formatLive(value)}</span> <span class="lab-now-unit">{chart.unit}</span>
          </span>
        ))
      )}
    </span>
  );
}
