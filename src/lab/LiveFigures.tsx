import type { LoadTick } from "../load/plan.ts";
import type { LabSession } from "./lab-session.ts";
import { formatLive } from "./number-format.ts";
import { type ChartPoint, RunChart } from "./RunChart.tsx";
import { SideMark } from "./SideMark.tsx";
import { bySide, sideNames } from "./sides.ts";
import { labStrings } from "./strings.ts";

const words = labStrings.load;

interface Figure {
  readonly label: string;
  readonly picture: string;
  readonly unit: string;
  readonly of: (tick: LoadTick) => number | undefined;
}

const figures: readonly Figure[] = [
  { label: words.rate, picture: words.ratePicture, unit: words.perSecond, of: ({ rate }) => rate },
  { label: words.latency, picture: words.latencyPicture, unit: "ms", of: ({ latency }) => latency.p50 },
];

/** Rate and latency of both sides while a run goes on, and its whole course afterwards. */
export function LiveFigures({ session }: { session: LabSession }) {
  const { load } = session;
  if (sideNames.every((side) => load.ticks[side].value.length === 0)) return null;
  return (
    <div class="lab-live">
      {figures.map(({ label, picture, unit, of }) => (
        <figure class="lab-figure" key={label}>
          <figcaption class="lab-figure-head">
            <span class="lab-figure-label">{label}</span>
            {sideNames.map((side) => (
              <Now key={side} session={session} side={side} unit={unit} value={lastOf(load.ticks[side].value, of)} />
            ))}
          </figcaption>
          <RunChart
            label={picture}
            unit={unit}
            length={load.laneLength.value}
            lines={bySide((side) => points(load.ticks[side].value, of))}
          />
        </figure>
      ))}
    </div>
  );
}

interface NowProps {
  readonly session: LabSession;
  readonly side: (typeof sideNames)[number];
  readonly unit: string;
  readonly value: number | undefined;
}

function Now({ session, side, unit, value }: NowProps) {
  const { value: phase } = session.load.phase;
  const waits = phase.kind === "running" && phase.turns[side] === "waiting";
  return (
    <span class={`lab-now lab-of-${side}`}>
      <SideMark side={side} />
      <span class="lab-hidden">{session.sides[side].definition.title}</span>
      {waits ? (
        <span class="lab-now-waits">{words.waitingTurn}</span>
      ) : (
        <span>
          <span class="lab-now-value">{formatLive(value)}</span> <span class="lab-now-unit">{unit}</span>
        </span>
      )}
    </span>
  );
}

function lastOf(ticks: readonly LoadTick[], of: Figure["of"]): number | undefined {
  const last = ticks.at(-1);
  return last && of(last);
}

function points(ticks: readonly LoadTick[], of: Figure["of"]): readonly ChartPoint[] {
  return ticks.flatMap((tick) => {
    const value = of(tick);
    return value === undefined ? [] : [{ at: tick.at, value }];
  });
}
