/** The pictures of a run: what each shows, and what it is called. */

import { chartStrings, labStrings } from "../../../strings/strings.ts";
import { sideNames } from "../../basics/sides.ts";
import type { RunTick } from "../../runs/run-ticks.ts";
import type { ChartLine } from "./chart-data.ts";

/** A picture of a run. */
export interface ChartDefinition {
  readonly label: string;
  /** What the picture is called for those who don't see it. */
  readonly picture: string;
  readonly figureAxis: string;
  /** The unit of every figure in it. */
  readonly unit: string;
  readonly lines: readonly ChartLine[];
  /** What the ranks of its lines mean, where there are several. */
  readonly ranks?: Readonly<Partial<Record<ChartLine["rank"], string>>>;
  /** What a reader must know besides, in a sentence. */
  readonly note?: string;
}

const words = chartStrings;
const { ms } = labStrings.units;

/** A line of each side in the run on screen, and one in the run that is laid over it. */
function linesOf(of: ChartLine["of"], whole?: ChartLine["whole"]): readonly ChartLine[] {
  return [
    ...sideNames.map((side): ChartLine => ({ side, rank: "main", of, ...(whole && { whole }) })),
    ...sideNames.map((side): ChartLine => ({ side, rank: "compared", of })),
  ];
}

const rate: ChartDefinition = {
  label: words.rate,
  picture: words.ratePicture,
  figureAxis: words.rateAxis,
  unit: labStrings.load.perSecond,
  lines: linesOf(
    (tick) => tick.rate,
    ({ done, achievedRate }) => (done === 0 ? 0 : achievedRate),
  ),
};

const offered = ({ offeredRate }: RunTick) => offeredRate;

const rateAndOffered: ChartDefinition = {
  ...rate,
  lines: [...rate.lines, ...sideNames.map((side): ChartLine => ({ side, rank: "offered", of: offered }))],
  ranks: { main: words.answeredLine, offered: words.offeredLine },
};

const p95 = ({ latency }: Pick<RunTick, "latency">) => latency.p95;

const latency: ChartDefinition = {
  label: words.latency,
  picture: words.latencyPicture,
  figureAxis: words.latencyAxis,
  unit: ms,
  lines: [
    ...linesOf(
      ({ latency }) => latency.p50,
      ({ latency }) => latency.p50,
    ),
    ...sideNames.map((side): ChartLine => ({ side, rank: "upper", of: p95, whole: p95 })),
  ],
  ranks: { main: words.medianLine, upper: words.p95Line },
  note: words.latencyNote,
};

const queue: ChartDefinition = {
  label: words.queue,
  picture: words.queuePicture,
  figureAxis: words.queueAxis,
  unit: words.requests,
  lines: linesOf(({ waiting }) => waiting),
};

const errors: ChartDefinition = {
  label: words.errors,
  picture: words.errorsPicture,
  figureAxis: words.errorsAxis,
  unit: labStrings.load.perSecond,
  lines: linesOf(({ failureRate }) => failureRate),
};

/** What is known of a run, for choosing its pictures. */
export interface Picturable {
  /** Readers come by a schedule: what they asked for and what they got are two lines. */
  readonly open: boolean;
  /** The machine reports single requests, and some waited. */
  readonly queue: boolean;
  /** Something failed. */
  readonly errors: boolean;
}

/** Rate, latency, queue and errors, as far as they are known. */
export function chartsOf({ open, queue: waited, errors: failed }: Picturable): readonly ChartDefinition[] {
  return [open ? rateAndOffered : rate, latency, ...(waited ? [queue] : []), ...(failed ? [errors] : [])];
}
