/** The two pictures of a run: what each shows, and what it is called. */
import type { LoadTick } from "../load/plan.ts";
import type { ChartLine } from "./chart-data.ts";
import { sideNames } from "./sides.ts";
import { labStrings } from "./strings.ts";

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
  readonly ranks?: Readonly<Record<ChartLine["rank"], string>>;
}

const words = labStrings.load;
const { ms } = labStrings.units;
const rate = (tick: LoadTick) => tick.rate;
const median = ({ latency }: LoadTick) => latency.p50;
const p95 = ({ latency }: LoadTick) => latency.p95;

/** Rate, and latency. */
export const charts: readonly ChartDefinition[] = [
  {
    label: words.rate,
    picture: words.ratePicture,
    figureAxis: words.rateAxis,
    unit: words.perSecond,
    lines: sideNames.map((side) => ({ side, rank: "main", of: rate })),
  },
  {
    label: words.latency,
    picture: words.latencyPicture,
    figureAxis: words.latencyAxis,
    unit: ms,
    lines: [
      ...sideNames.map((side): ChartLine => ({ side, rank: "main", of: median })),
      ...sideNames.map((side): ChartLine => ({ side, rank: "upper", of: p95 })),
    ],
    ranks: { main: words.medianLine, upper: words.p95Line },
  },
];
