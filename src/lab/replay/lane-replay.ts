/** Requests of a recorded run, told to a side's lanes as they came. */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { PlanDefinition } from "../../lab-definition/schema.ts";
import type { Milliseconds, RequestEvent } from "../../machine/machine.ts";
import type { BySide } from "../basics/sides.ts";
import type { ReplayedLanes } from "../runs/load-test.ts";
import { RequestLog } from "../side/request-log.ts";
import type { WorkerSlot } from "../side/worker-slots.ts";
import { type RecordedRequests, readRequests } from "./recorded-requests.ts";
import type { RecordedCourse } from "./recorded-run.ts";

/** Figures change too fast to be read otherwise. */
const betweenCounts: Milliseconds = 250;

/** The lanes of one side in a recorded run. */
export class LaneReplay implements ReplayedLanes {
  readonly #recorded: RecordedRequests;
  readonly #told: readonly (readonly [at: Milliseconds, event: RequestEvent])[];
  readonly #slots: Signal<readonly WorkerSlot[]>;
  readonly #waitsOnly: boolean;
  /** When the figures beside the lanes were counted last. */
  #counted: Milliseconds = 0;
  /** How many of them have been told. */
  #count = 0;
  #moment: Milliseconds = 0;

  readonly requests = new RequestLog();
  readonly slots: ReadonlySignal<readonly WorkerSlot[]>;
  readonly length: Milliseconds;
  readonly every: number;

  constructor(recorded: RecordedRequests, { length, waitsOnly }: { length: Milliseconds; waitsOnly: boolean }) {
    this.#recorded = recorded;
    this.#told = readRequests(recorded);
    this.#waitsOnly = waitsOnly;
    this.#slots = signal(this.#slotsNow());
    this.slots = this.#slots;
    this.length = length;
    this.every = recorded.every;
  }

  now(): Milliseconds {
    return this.#moment;
  }

  /** The last moment of which something is known, once no dot is left. */
  get end(): Milliseconds {
    return Math.max(this.length, this.#told.at(-1)?.[0] ?? 0);
  }

  /** Shows the run as it was at a moment. */
  show(moment: Milliseconds): void {
    if (moment < this.#moment) {
      this.requests.clear();
      this.#count = 0;
      this.#counted = Number.NEGATIVE_INFINITY;
    }
    this.#moment = moment;
    const before = this.#count;
    while ((this.#told[this.#count]?.[0] ?? Number.POSITIVE_INFINITY) <= moment) this.#count++;
    // As a machine tells it: of each request the last that is known.
    const told = this.#told.slice(before, this.#count).map(([, event]) => [event.id, event] as const);
    this.requests.record([...new Map(told).values()]);
    if (moment - this.#counted < betweenCounts && moment < this.end) return;
    this.#counted = moment;
    this.#slots.value = this.#slotsNow();
  }

  #slotsNow(): readonly WorkerSlot[] {
    const answered = new Map<number, number>();
    for (const { pid = 0, end } of this.requests.blocks())
      if (end !== undefined) answered.set(pid, (answered.get(pid) ?? 0) + 1);
    const busy = this.requests.inHand();
    return this.#recorded.workers.map(({ pid, title }) => ({
      key: pid,
      process: {
        pid,
        parent: 0,
        title,
        started: 0,
        state: busy.has(pid) && !this.#waitsOnly ? "running" : "waiting",
        requests: (answered.get(pid) ?? 0) * this.#recorded.every,
      },
      before: [],
    }));
  }
}

/** The lanes of a run, if its requests were recorded on both sides. */
export function lanesOf({ result, sides }: RecordedCourse, plan: PlanDefinition): BySide<LaneReplay> | undefined {
  const { development, production } = sides;
  if (development?.requests === undefined || production?.requests === undefined) return undefined;
  const { waitsOnly } = result;
  const length = plan.seconds * 1000;
  return {
    development: new LaneReplay(development.requests, { length, waitsOnly }),
    production: new LaneReplay(production.requests, { length, waitsOnly }),
  };
}

/** When nothing more happens in either. */
export function lanesEnd({ development, production }: BySide<LaneReplay>, together: boolean): Milliseconds {
  return together ? Math.max(development.end, production.end) : development.end + production.end;
}

/** Shows lanes as they were at a moment of the run; those of sides that ran in turn, in turn. */
export function showLanesAt(lanes: BySide<LaneReplay>, together: boolean, moment: Milliseconds): void {
  lanes.development.show(Math.min(moment, lanes.development.end));
  lanes.production.show(Math.max(0, Math.min(moment - (together ? 0 : lanes.development.end), lanes.production.end)));
}
