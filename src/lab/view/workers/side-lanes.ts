/**
 * The lanes of a side: one clock for all its canvases. They are drawn again when something happens, and move only
 * while a request is under way; with reduced motion once a second at most, and seldom while servers start, which need
 * the cores themselves.
 */
import type { Milliseconds, Unsubscribe } from "../../../machine/machine.ts";
import type { Mark } from "../../faults/side-faults.ts";
import type { LaneWindow } from "../../runs/load-test.ts";
import type { Block, RequestLog } from "../../side/request-log.ts";
import { colorOf, forcesColors, onThemeChange, prefersReducedMotion } from "../ui/theme.ts";
import type { LaneScale, LaneTheme } from "./lane-painter.ts";

/** What a canvas is drawn from. */
export interface LaneFrame {
  readonly scale: LaneScale;
  readonly ink: LaneTheme;
  readonly blocks: readonly Readonly<Block>[];
  readonly marks: readonly Mark[];
  /** The machine's clock, which goes on when nothing happens. */
  readonly clock: Milliseconds;
}

/** Draws a canvas, which is empty. */
export type PaintFrame = (context: CanvasRenderingContext2D, frame: LaneFrame) => void;

/** Where a side's lanes get what they show. */
export interface LaneSource {
  readonly requests: RequestLog;
  window(): LaneWindow;
  length(): Milliseconds;
  /** What the reader did to the server, and when. */
  marks(): readonly Mark[];
  /** The machine's clock; `undefined` when it is closed. */
  now(): Milliseconds | undefined;
  /** A server is starting. */
  starting(): boolean;
  /** Blocks have round corners. */
  readonly rounded: boolean;
}

interface Lane {
  readonly canvas: HTMLCanvasElement;
  readonly paint: PaintFrame;
  width: number;
  height: number;
}

/** So long after the end of its request a dot (`request-flow.ts`) has left the picture, which moves until then. */
export const dotsLinger: Milliseconds = 1000;
const reducedMotionStep: Milliseconds = 1000;
/** To draw every frame takes as much of a core as a process that boots. */
const stepWhileStarting: Milliseconds = 250;

/** The canvases of one side. */
export class SideLanes {
  readonly #source: LaneSource;
  readonly #lanes = new Map<Element, Lane>();
  readonly #subscriptions: Unsubscribe[];
  readonly #sizes: ResizeObserver;
  #ink: LaneTheme | undefined;
  #scheduled: { readonly cancel: () => void } | undefined;
  #lastDrawn = 0;

  constructor(source: LaneSource) {
    this.#source = source;
    this.#sizes = new ResizeObserver((entries) => this.#resized(entries));
    this.#subscriptions = [
      source.requests.onChange(() => this.wake()),
      onThemeChange(() => {
        this.#ink = undefined;
        this.wake();
      }),
    ];
  }

  /** Draws `canvas` from now on. */
  add(canvas: HTMLCanvasElement, paint: PaintFrame): Unsubscribe {
    this.#lanes.set(canvas, { canvas, paint, width: 0, height: 0 });
    this.#sizes.observe(canvas);
    return () => {
      this.#lanes.delete(canvas);
      this.#sizes.unobserve(canvas);
    };
  }

  /** Something has changed: draws at the next opportunity. */
  wake(): void {
    if (this.#scheduled !== undefined || this.#lanes.size === 0) return;
    const step = prefersReducedMotion() ? reducedMotionStep : this.#source.starting() ? stepWhileStarting : 0;
    const wait = Math.max(0, this.#lastDrawn + step - performance.now());
    if (wait > 0) {
      const timer = setTimeout(() => this.#draw(), wait);
      this.#scheduled = { cancel: () => clearTimeout(timer) };
    } else {
      const frame = requestAnimationFrame(() => this.#draw());
      this.#scheduled = { cancel: () => cancelAnimationFrame(frame) };
    }
  }

  dispose(): void {
    this.#scheduled?.cancel();
    this.#sizes.disconnect();
    this.#lanes.clear();
    for (const unsubscribe of this.#subscriptions) unsubscribe();
  }

  #resized(entries: readonly ResizeObserverEntry[]): void {
    for (const { target, contentRect } of entries) {
      const lane = this.#lanes.get(target);
      if (lane === undefined) continue;
      lane.width = contentRect.width;
      lane.height = contentRect.height;
      lane.canvas.width = Math.round(lane.width * devicePixelRatio);
      lane.canvas.height = Math.round(lane.height * devicePixelRatio);
    }
    this.wake();
  }

  #draw(): void {
    this.#scheduled = undefined;
    this.#lastDrawn = performance.now();
    const blocks = [...this.#source.requests.blocks()];
    const marks = this.#source.marks();
    const time = this.#time();
    const clock = this.#source.now() ?? time.now;
    for (const lane of this.#lanes.values()) {
      if (lane.width === 0) continue;
      const context = lane.canvas.getContext("2d");
      if (context === null) continue;
      this.#ink ??= this.#readInk(lane.canvas);
      context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
      context.clearRect(0, 0, lane.width, lane.height);
      lane.paint(context, {
        blocks,
        marks,
        ink: this.#ink,
        clock,
        scale: { ...time, width: lane.width, height: lane.height },
      });
    }
    const lingers = !prefersReducedMotion() && clock - (this.#source.requests.lastMoment() ?? clock) < dotsLinger;
    if ((this.#source.requests.active() || lingers) && this.#source.now() !== undefined) this.wake();
  }

  /** Time stands still unless a request is under way. */
  #time(): Pick<LaneScale, "from" | "length" | "now"> {
    const { requests } = this.#source;
    const window = this.#source.window();
    const length = this.#source.length();
    const last = requests.lastMoment() ?? 0;
    const now = requests.active() ? Math.max(last, this.#source.now() ?? last) : last;
    return { from: window.kind === "run" ? window.from : now - length, length, now };
  }

  #readInk(canvas: HTMLCanvasElement): LaneTheme {
    const { rounded } = this.#source;
    const font = `12px ${getComputedStyle(canvas).fontFamily}`;
    if (forcesColors()) {
      return {
        block: "CanvasText",
        failed: "CanvasText",
        ground: "Canvas",
        gap: "Canvas",
        mark: "CanvasText",
        font,
        rounded,
      };
    }
    return {
      gap: colorOf(canvas, "--color-surface"),
      mark: colorOf(canvas, "--color-text"),
      font,
      block: colorOf(canvas, "--side"),
      failed: colorOf(canvas, "--color-failed"),
      ground: colorOf(canvas, "--color-sunken"),
      rounded,
    };
  }
}
