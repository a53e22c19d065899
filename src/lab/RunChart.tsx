import type { Milliseconds } from "../machine/machine.ts";
import { roundUp } from "./chart-scale.ts";
import { formatFigure } from "./number-format.ts";
import { type BySide, sideNames } from "./sides.ts";
import { labStrings } from "./strings.ts";

/** A value at a moment of a run. */
export interface ChartPoint {
  readonly at: Milliseconds;
  readonly value: number;
}

interface RunChartProps {
  /** What the picture is of. */
  readonly label: string;
  readonly unit: string;
  /** The time that the whole width stands for. */
  readonly length: Milliseconds;
  readonly lines: BySide<readonly ChartPoint[]>;
}

const width = 100;
const height = 40;

/** Both sides' course of one figure over a run, on one scale that begins at nothing. */
export function RunChart({ label, unit, length, lines }: RunChartProps) {
  const highest = Math.max(0, ...sideNames.flatMap((side) => lines[side].map(({ value }) => value)));
  const top = roundUp(highest);
  const x = ({ at }: ChartPoint) => (at / length) * width;
  const y = ({ value }: ChartPoint) => height - (value / top) * height;
  return (
    <div class="lab-chart">
      <span class="lab-chart-top">
        {formatFigure(top)} {unit}
      </span>
      <svg class="lab-chart-picture" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img">
        <title>{label}</title>
        {[0, 0.5, 1].map((part) => (
          <line key={part} class="lab-chart-grid" x1="0" x2={width} y1={part * height} y2={part * height} />
        ))}
        {sideNames.map((side) => (
          <polyline
            key={side}
            class={`lab-chart-line lab-of-${side}`}
            points={lines[side]
              .filter(({ at }) => at <= length)
              .map((point) => `${x(point).toFixed(2)},${y(point).toFixed(2)}`)
              .join(" ")}
          />
        ))}
      </svg>
      <span class="lab-chart-time">
        <span>{labStrings.workers.seconds("0")}</span>
        <span>{labStrings.workers.seconds(formatFigure(length / 1000))}</span>
      </span>
    </div>
  );
}
