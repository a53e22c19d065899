/**
 * What a reader predicts of a lab's plans, and what their first runs showed. The lesson's questions and the lab are
 * different islands of the page: this is what they share.
 */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { without } from "../../learning/progress/learner-progress.ts";
import { learnerStore, type ProgressStore } from "../../learning/progress/progress-store.ts";
import type { RunComparison, RunWinner } from "./run-comparison.ts";

/** What is known of a plan. */
export interface Prediction {
  readonly choice?: RunWinner;
  /** The first run is under way: it is too late to choose. */
  readonly running?: boolean;
  /** What the first run showed. */
  readonly shown?: RunComparison;
}

/** The predictions of one lab. */
export class Predictions {
  readonly #lab: string;
  readonly #store: ProgressStore;
  readonly #plans = new Map<string, ReadonlySignal<Prediction>>();
  readonly #running: Signal<ReadonlySet<string>> = signal(new Set());
  readonly #asked = new Set<string>();

  /**
   * @param lab its name
   * @param store where they are kept, on the reader's device
   */
  constructor(lab: string, store: ProgressStore = learnerStore()) {
    this.#lab = lab;
    this.#store = store;
  }

  of(plan: string): ReadonlySignal<Prediction> {
    const known =
      this.#plans.get(plan) ??
      computed(() => {
        const kept = this.#store.memory.value.predictions[this.#lab]?.[plan] ?? {};
        return this.#running.value.has(plan) ? { ...kept, running: true } : kept;
      });
    this.#plans.set(plan, known);
    return known;
  }

  /** The page asks what the reader expects of the plan. */
  ask(plan: string): void {
    this.#asked.add(plan);
  }

  /** The reader expects this. Once the run has begun nothing changes any more. */
  choose(plan: string, choice: RunWinner): void {
    const prediction = this.of(plan).peek();
    if (prediction.running || prediction.shown) return;
    this.#keep(plan, { choice });
  }

  /** A run of the plan begins. */
  begin(plan: string): void {
    if (this.of(plan).peek().shown === undefined) this.#running.value = new Set([...this.#running.peek(), plan]);
  }

  /**
   * The run is over. Nothing is `shown` by a run that was stopped or disturbed: the prediction waits for the next. Nor
   * does a run answer what neither this page has asked nor the reader has said: the lesson will ask.
   */
  end(plan: string, shown: RunComparison | undefined): void {
    this.#running.value = new Set([...this.#running.peek()].filter((name) => name !== plan));
    const { choice, shown: before } = this.of(plan).peek();
    const said = choice !== undefined || this.#asked.has(plan);
    if (before === undefined && shown !== undefined && said) this.#keep(plan, { ...(choice && { choice }), shown });
  }

  /** As at the beginning. */
  forget(): void {
    this.#running.value = new Set();
    if (this.#store.memory.peek().predictions[this.#lab] === undefined) return;
    this.#store.update((memory) => ({ ...memory, predictions: without(memory.predictions, this.#lab) }));
  }

  #keep(plan: string, prediction: Prediction): void {
    this.#store.update((memory) => ({
      ...memory,
      predictions: {
        ...memory.predictions,
        [this.#lab]: { ...memory.predictions[this.#lab], [plan]: prediction },
      },
    }));
  }
}

const labs = new Map<string, Predictions>();

/** The predictions of a lab: the same for everything in the page that asks. */
export function predictionsOf(lab: string): Predictions {
  const known = labs.get(lab) ?? new Predictions(lab);
  labs.set(lab, known);
  return known;
}
