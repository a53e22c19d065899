/** Shows a recorded run in the lab's own charts, at the pace at which it ran. */
import { effect } from "@preact/signals";
import type { PlanDefinition } from "../../lab-definition/schema.ts";
import type { Milliseconds, Unsubscribe } from "../../machine/machine.ts";
import { type BySide, bySide, sideNames } from "../basics/sides.ts";
import type { LoadTest, ShownRun } from "../runs/load-test.ts";
import type { RunTick } from "../runs/run-ticks.ts";
import { type LaneReplay, lanesOf, showLanesAt } from "./lane-replay.ts";
import { type RecordedCourse, resultOf, ticksOf } from "./recorded-run.ts";

const step: Milliseconds = 100;

/** Where the run is at a moment: sides that ran in turn are shown in turn. */
export function ticksUntil(
  ticks: BySide<readonly RunTick[]>,
  together: boolean,
  moment: Milliseconds,
): { readonly ticks: BySide<readonly RunTick[]>; readonly over: boolean } {
  let begins = 0;
  let ends = 0;
  const shown = bySide((side): readonly RunTick[] => {
    const from = begins;
    const length = ticks[side].at(-1)?.at ?? 0;
    if (!together) begins += length;
    ends = Math.max(ends, from + length);
    return ticks[side].filter(({ at }) => at <= moment - from);
  });
  return { ticks: shown, over: moment >= ends };
}

/** Plays one run, and ends when it is over, or as soon as the lab shows something else. */
export class RunPlayer {
  readonly #load: LoadTest;
  readonly #course: RecordedCourse;
  readonly #plan: PlanDefinition;
  readonly #titles: BySide<string>;
  readonly #ticks: BySide<readonly RunTick[]>;
  readonly #lanes: BySide<LaneReplay> | undefined;
  readonly #ended: () => void;
  readonly #stop: Unsubscribe;
  readonly #timer: ReturnType<typeof setInterval>;
  #shown: ShownRun | undefined;

  /**
   * @param titles of the sides, in the page's language
   * @param ended called once, when the last moment is shown or the lab shows something else
   */
  constructor(
    load: LoadTest,
    {
      course,
      plan,
      titles,
      ended,
    }: { course: RecordedCourse; plan: PlanDefinition; titles: BySide<string>; ended: () => void },
  ) {
    this.#load = load;
    this.#course = course;
    this.#plan = plan;
    this.#titles = titles;
    this.#ended = ended;
    this.#ticks = ticksOf(course);
    this.#lanes = lanesOf(course, plan);
    load.showLanes(this.#lanes);
    const began = performance.now();
    this.#show(0);
    this.#timer = setInterval(() => this.#show(performance.now() - began), step);
    this.#stop = effect(() => {
      if (load.recorded.value !== this.#shown) this.dispose();
    });
  }

  /** Shows how it ended, at once. */
  skip(): void {
    this.#show(Number.POSITIVE_INFINITY);
  }

  /** Leaves the lab as it is. */
  dispose(): void {
    clearInterval(this.#timer);
    this.#stop?.();
    const { recorded, replayed } = this.#load;
    if (recorded.value !== this.#shown && replayed.value === this.#lanes) this.#load.showLanes(undefined);
    this.#ended();
  }

  #show(moment: Milliseconds): void {
    const { ticks, over } = ticksUntil(this.#ticks, this.#course.result.together, moment);
    const lengths = sideNames.map((side) => this.#ticks[side].at(-1)?.at ?? 0);
    this.#shown = {
      plan: this.#plan,
      ticks,
      length: Math.max(this.#plan.seconds * 1000, ...lengths),
      result: over ? resultOf(this.#course, this.#plan, this.#titles) : undefined,
    };
    this.#load.show(this.#shown);
    if (this.#lanes !== undefined) showLanesAt(this.#lanes, this.#course.result.together, moment);
    if (over) this.dispose();
  }
}
