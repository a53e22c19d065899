/** A chart of a run: uPlot in the page's colours. Its code is loaded when the first load test runs. */
import "./page-language.ts";
import uPlot from "uplot";
import uPlotStyle from "uplot/dist/uPlot.min.css?inline";
import type { SideName } from "../../../lab-definition/schema.ts";
import type { Milliseconds, Unsubscribe } from "../../../machine/machine.ts";
import { formatFigure } from "../../basics/number-format.ts";
import type { RunMark } from "../../faults/side-faults.ts";
import { addLibraryStyle } from "../ui/library-style.ts";
import { colorOf, forcesColors, onThemeChange, prefersReducedMotion } from "../ui/theme.ts";
import { niceCeiling } from "./axis-maximum.ts";
import type { ChartData, ChartLine } from "./chart-data.ts";

/** What a chart is of. */
export interface RunChartOptions {
  readonly lines: readonly ChartLine[];
  /** Name of the horizontal axis, with its unit. */
  readonly timeAxis: string;
  /** Name of the vertical axis, with its unit. */
  readonly figureAxis: string;
}

/** A moment that is marked, in the colour of its side. */
export interface ChartMark extends RunMark {
  readonly side: SideName;
}

/** A chart is drawn again at most this often. */
const redrawEvery: Milliseconds = 100;
const redrawEveryCalmly: Milliseconds = 1000;
const height = 150;
/** The highest figure stays below the upper edge. */
const headroom = 1.05;

const drawnFirst = ["upper", "compared", "offered", "main"] as const satisfies readonly ChartLine["rank"][];

/** A chart in an element of the page: both sides' lines on one scale that begins at nothing. */
export class RunChart {
  readonly #plot: uPlot;
  /** Places of the lines in the order in which they are drawn: what is tinted first, main lines last. */
  readonly #order: readonly number[];
  readonly #parent: HTMLElement;
  readonly #sizes: ResizeObserver;
  readonly #stopTheme: Unsubscribe;
  #length = 1;
  #next: ChartData | undefined;
  #marks: readonly ChartMark[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastDrawn = Number.NEGATIVE_INFINITY;

  constructor(parent: HTMLElement, options: RunChartOptions) {
    this.#parent = parent;
    addLibraryStyle(uPlotStyle);
    const places = [...options.lines.keys()];
    const depth = (place: number) => drawnFirst.indexOf(options.lines[place]?.rank ?? "main");
    this.#order = places.toSorted((a, b) => depth(a) - depth(b));
    this.#plot = new uPlot(
      this.#look({ ...options, lines: this.#order.flatMap((place) => options.lines[place] ?? []) }),
      [[], ...options.lines.map(() => [])],
      parent,
    );
    this.#sizes = new ResizeObserver(() => {
      if (parent.clientWidth > 0) this.#plot.setSize({ width: parent.clientWidth, height });
    });
    this.#sizes.observe(parent);
    this.#stopTheme = onThemeChange(() => this.#plot.redraw(false, true));
  }

  /**
   * Shows these figures, at once or as soon as the chart may be drawn again.
   *
   * @param length the time that the whole width stands for
   * @param marks moments of the run that is drawn
   */
  show(data: ChartData, length: Milliseconds, marks: readonly ChartMark[]): void {
    this.#next = data;
    this.#marks = marks;
    this.#length = length / 1000;
    const every = prefersReducedMotion() ? redrawEveryCalmly : redrawEvery;
    this.#timer ??= setTimeout(() => this.#draw(), Math.max(0, this.#lastDrawn + every - performance.now()));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#sizes.disconnect();
    this.#stopTheme();
    this.#plot.destroy();
  }

  #draw(): void {
    this.#timer = undefined;
    if (this.#next === undefined) return;
    this.#lastDrawn = performance.now();
    const { seconds, columns } = this.#next;
    this.#plot.setData([[...seconds], ...this.#order.map((place) => [...(columns[place] ?? [])])]);
  }

  /** A broken line at each marked moment, with its word at the top. Words that would cover one another are left out. */
  #drawMarks({ ctx: context, bbox, valToPos }: uPlot): void {
    let free = bbox.left;
    context.save();
    context.font = `${12 * devicePixelRatio}px ${getComputedStyle(this.#parent).fontFamily}`;
    context.lineWidth = devicePixelRatio;
    context.setLineDash([3 * devicePixelRatio, 2 * devicePixelRatio]);
    context.textAlign = "left";
    context.textBaseline = "top";
    for (const { since, word, side } of this.#marks.toSorted((a, b) => a.since - b.since)) {
      const x = valToPos(since / 1000, "x", true);
      if (x > bbox.left + bbox.width) continue;
      context.strokeStyle = this.#color(`--color-${side}`);
      context.fillStyle = this.#color(`--color-${side}`);
      context.beginPath();
      context.moveTo(x, bbox.top);
      context.lineTo(x, bbox.top + bbox.height);
      context.stroke();
      const { width } = context.measureText(word);
      const left = Math.min(x + 3 * devicePixelRatio, bbox.left + bbox.width - width);
      if (left < free) continue;
      context.fillText(word, left, bbox.top);
      free = left + width;
    }
    context.restore();
  }

  #look({ lines, timeAxis, figureAxis }: RunChartOptions): uPlot.Options {
    const ink = () => this.#color("--color-muted");
    const font = `12px ${getComputedStyle(this.#parent).fontFamily}`;
    const axis: uPlot.Axis = {
      stroke: ink,
      font,
      labelFont: font,
      labelSize: 18,
      labelGap: 0,
      ticks: { show: false },
      values: (_plot, splits) => splits.map(formatFigure),
    };
    const grid = { stroke: () => this.#color("--color-line"), width: 1 };
    return {
      width: Math.max(1, this.#parent.clientWidth),
      height,
      padding: [8, 12, 0, 0],
      hooks: { draw: [(plot) => this.#drawMarks(plot)] },
      cursor: { show: false },
      legend: { show: false },
      scales: {
        x: { time: false, range: () => [0, this.#length] },
        y: { range: (_plot, _lowest, highest) => [0, niceCeiling((highest ?? 0) * headroom)] },
      },
      axes: [
        { ...axis, label: timeAxis, size: 24, grid: { show: false } },
        { ...axis, label: figureAxis, size: 46, grid, space: 36 },
      ],
      series: [
        {},
        ...lines.map(({ side, rank }) => ({
          stroke: () => this.#color(rank === "offered" ? "--color-muted" : `--color-${side}`),
          width: rank === "main" ? 2.25 : 1,
          points: { show: false },
          ...dashOf(side, rank),
        })),
      ],
      bands: lines.flatMap(({ side, rank }, index) => {
        const main = lines.findIndex((line) => line.side === side && line.rank === "main");
        if (rank !== "upper" || main === -1) return [];
        return [{ series: [index + 1, main + 1], fill: () => this.#color(`--color-${side}-soft`) }];
      }),
    };
  }

  #color(name: string): string {
    if (!forcesColors()) return colorOf(this.#parent, name);
    return name.endsWith("-soft") ? "Canvas" : "CanvasText";
  }
}

/** A shape of its own for each side, so that colour is never alone. What both were offered is the same line. */
function dashOf(side: ChartLine["side"], rank: ChartLine["rank"]): Pick<uPlot.Series, "dash"> {
  if (rank === "offered") return { dash: [1, 3] };
  if (side === "development") return {};
  return { dash: rank === "main" ? [7, 3] : [3, 3] };
}
