import { chartStrings, labStrings } from "../../../strings/strings.ts";
import { formatLive } from "../../basics/number-format.ts";
import { sideNames } from "../../basics/sides.ts";
import { reportOf } from "../../runs/run-outcome.ts";
import type { RunTick } from "../../runs/run-ticks.ts";
import type { LabSession } from "../../session/lab-session.ts";
import { SideBadge } from "../ui/SideBadge.tsx";
import { ChartInWords } from "./ChartInWords.tsx";
import type { ChartLine } from "./chart-data.ts";
import { type ChartDefinition, chartsOf } from "./charts.ts";
import { RunPicture } from "./RunPicture.tsx";

const words = chartStrings;
const rankOrder = ["main", "upper", "offered", "compared"] as const satisfies readonly ChartLine["rank"][];

/**
 * Rate, latency, queue and errors of both sides while a run goes on, and their whole course afterwards. What stayed at
 * nothing is left out.
 */
export function LiveFigures({ session }: { session: LabSession }) {
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
            <span class="lab-figure-now" title={session.load.running.value ? words.lastSecond : words.wholeRun}>
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
  const { value: result } = session.load.result;
  const report = reportOf(result, side);
  // Once a side is done, what stands here is what stands in the table: of the whole run. What the table has not, is not
  // said.
  const figures = chart.lines
    .filter((line) => line.side === side && (line.rank === "main" || line.rank === "upper"))
    .filter(({ whole }) => report === undefined || whole !== undefined)
    .map(({ rank, of, whole }) => ({ rank, value: report === undefined ? last && of(last) : whole?.(report) }));
  if (!waits && figures.length === 0) return null;
  return (
    <span class={`lab-now lab-of-${side}`}>
      <SideBadge side={side} />
      <span class="lab-hidden">{session.sides[side].definition.title}</span>
      {report === undefined && last !== undefined && <span class="lab-hidden">{words.lastSecond}</span>}
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
