import { useSignal } from "@preact/signals";
import { labStrings } from "../../../strings/strings.ts";
import { formatLive } from "../../basics/number-format.ts";
import { sideNames } from "../../basics/sides.ts";
import type { RunTick } from "../../runs/run-ticks.ts";
import type { LabSession } from "../../session/lab-session.ts";
import { SideBadge } from "../ui/SideBadge.tsx";
import { ChartInWords } from "./ChartInWords.tsx";
import type { ChartLine } from "./chart-data.ts";
import { type ChartDefinition, chartsOf } from "./charts.ts";
import { RunPicture } from "./RunPicture.tsx";

const words = labStrings.load;
const rankOrder = ["main", "upper", "offered", "compared"] as const satisfies readonly ChartLine["rank"][];

/** From this width on there is room for charts beside everything else. */
const wide = "(min-width: 80rem)";

/** Charts of the run: open on a wide screen, elsewhere behind a click. */
export function Charts({ session }: { session: LabSession }) {
  const { load, parts } = session;
  const open = useSignal(parts.everything.peek() || matchMedia(wide).matches);
  const seen = sideNames.some((side) => load.ticks[side].value.length > 0);
  // Their place is there from the first moment of a run on.
  if (!seen && !load.running.value && !session.gettingReady.value) return null;
  return (
    <details
      class="lab-charts"
      open={open.value}
      onToggle={({ currentTarget }) => {
        open.value = currentTarget.open;
      }}
    >
      <summary>{words.charts}</summary>
      {open.value && (seen ? <LiveFigures session={session} /> : <div class="lab-live-room" />)}
    </details>
  );
}

/** Rate, latency, queue and errors of both sides while a run goes on, and their whole course afterwards. What stayed at nothing is left out. */
function LiveFigures({ session }: { session: LabSession }) {
  const { load, parts } = session;
  const some = (figure: (tick: RunTick) => number | undefined) =>
    sideNames.some((side) => load.ticks[side].value.some((tick) => (figure(tick) ?? 0) > 0));
  const { value: everything } = parts.everything;
  const { value: compared } = load.history.compared;
  const charts = chartsOf({
    open: load.shownPlan.value?.arrivals !== undefined,
    queue: everything ? knowsQueue(session) : some(({ waiting }) => waiting),
    errors: everything || some(({ failureRate }) => failureRate),
  });
  return (
    <div class="lab-live">
      {charts.map((chart) => (
        <figure class="lab-figure" key={chart.label}>
          <figcaption class="lab-figure-head">
            <span class="lab-figure-label">{chart.label}</span>
            <RankKey
              ranks={{ ...chart.ranks, ...(compared && { compared: labStrings.runs.number(compared.number) }) }}
            />
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

/** Whether the machine says how many wait. */
function knowsQueue({ load }: LabSession): boolean {
  return sideNames.some((side) => load.ticks[side].value.some(({ waiting }) => waiting !== undefined));
}

/** Which line is which, by how it is drawn. */
function RankKey({ ranks }: { ranks: NonNullable<ChartDefinition["ranks"]> }) {
  return (
    <span class="lab-ranks">
      {rankOrder.map((rank) =>
        ranks[rank] === undefined ? null : (
          <span key={rank}>
            <i class={`lab-rank-${rank}`} aria-hidden="true" /> {ranks[rank]}
          </span>
        ),
      )}
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
  const last = session.load.ticks[side].value.at(-1);
  const figures = chart.lines
    .filter((line) => line.side === side && (line.rank === "main" || line.rank === "upper"))
    .map(({ rank, of }) => ({ rank, value: last && of(last) }));
  return (
    <span class={`lab-now lab-of-${side}`}>
      <SideBadge side={side} />
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
