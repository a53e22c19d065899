/**
 * What a reader predicts of a lab's plans, and what their first runs showed. The lesson's questions and the lab are
 * different islands of the page: this is what they share.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { isOutcome, type Outcome, type Shown } from "./run-outcome.ts";
import { forgetKept, keep, readKept } from "./visit-store.ts";

/** What is known of a plan. */
export interface Prediction {
  readonly choice?: Outcome;
  /** The first run is under way: it is too late to choose. */
  readonly running?: boolean;
  /** What the first run showed. */
  readonly shown?: Shown;
}

/** The predictions of one lab. */
export class Predictions {
  readonly #lab: string;
  readonly #plans = new Map<string, Signal<Prediction>>();

  /** @param lab its name, under which they are kept for this visit */
  constructor(lab: string) {
    this.#lab = lab;
  }

  of(plan: string): ReadonlySignal<Prediction> {
    return this.#of(plan);
  }

  /** The reader expects this. Once the run has begun nothing changes any more. */
  choose(plan: string, choice: Outcome): void {
    const prediction = this.#of(plan);
    if (prediction.peek().running || prediction.peek().shown) return;
    this.#set(plan, { choice });
  }

  /** A run of the plan begins. */
  begin(plan: string): void {
    const { choice, shown } = this.#of(plan).peek();
    if (shown === undefined) this.#set(plan, { ...(choice && { choice }), running: true });
  }

  /** The run is over. Nothing is `shown` by a run that was stopped or disturbed: the prediction waits for the next. */
  end(plan: string, shown: Shown | undefined): void {
    const before = this.#of(plan).peek();
    if (before.shown !== undefined) return;
    this.#set(plan, { ...(before.choice && { choice: before.choice }), ...(shown && { shown }) });
  }

  /** As at the beginning. */
  forget(): void {
    for (const plan of this.#plans.keys()) {
      this.#of(plan).value = {};
      forgetKept(this.#name(plan));
    }
  }

  #of(plan: string): Signal<Prediction> {
    const known = this.#plans.get(plan) ?? signal(parsePrediction(readKept(this.#name(plan))));
    this.#plans.set(plan, known);
    return known;
  }

  #set(plan: string, prediction: Prediction): void {
    this.#of(plan).value = prediction;
    const { running: _, ...kept } = prediction;
    keep(this.#name(plan), kept);
  }

  #name(plan: string): string {
    return `prediction:${this.#lab}:${plan}`;
  }
}

const labs = new Map<string, Predictions>();

/** The predictions of a lab: the same for everything in the page that asks. */
export function predictionsOf(lab: string): Predictions {
  const known = labs.get(lab) ?? new Predictions(lab);
  labs.set(lab, known);
  return known;
}

function parsePrediction(value: unknown): Prediction {
  if (typeof value !== "object" || value === null) return {};
  const { choice, shown } = { choice: undefined, shown: undefined, ...value };
  return {
    ...(isOutcome(choice) && { choice }),
    ...(isShown(shown) && { shown }),
  };
}

function isShown(value: unknown): value is Shown {
  if (typeof value !== "object" || value === null) return false;
  const { outcome, development, production } = {
    outcome: undefined,
    development: undefined,
    production: undefined,
    ...value,
  };
  return isOutcome(outcome) && typeof development === "number" && typeof production === "number";
}
