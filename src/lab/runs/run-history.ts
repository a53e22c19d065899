/** The last runs of a visit, to be compared with the one on screen. */

import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { BySide, CommandLines } from "../basics/sides.ts";
import type { LoadResult } from "./run-outcome.ts";
import type { RunTick } from "./run-ticks.ts";

/** A run that is over, with all that came of it. */
export interface PastRun {
  /** Counts the runs of a visit, from 1. */
  readonly number: number;
  /** When it began, by the reader's clock. */
  readonly began: Date;
  readonly result: LoadResult;
  readonly ticks: BySide<readonly RunTick[]>;
  /** The command lines that ran. */
  readonly commands: CommandLines;
}

/** More runs of a lab than this are not kept: the oldest are forgotten. */
export const mostRuns = 8;

/** The runs that are kept, and which of them is laid over the last. */
export class RunHistory {
  readonly #runs: Signal<readonly PastRun[]> = signal([]);
  readonly #compared: Signal<number | undefined> = signal(undefined);
  #count = 0;

  /** Oldest first; the last one is the one on screen, unless a run is under way. */
  readonly runs: ReadonlySignal<readonly PastRun[]> = this.#runs;
  /** The run that is laid over the last. */
  readonly compared: ReadonlySignal<PastRun | undefined> = computed(() =>
    this.#runs.value.find(({ number }) => number === this.#compared.value),
  );

  add(run: Omit<PastRun, "number">): void {
    this.#count++;
    this.#runs.value = [...this.#runs.value, { ...run, number: this.#count }].slice(-mostRuns);
  }

  /** Lays a run over the last one, or none. */
  compare(number: number | undefined): void {
    this.#compared.value = number;
  }

  forget(): void {
    this.#runs.value = [];
    this.#compared.value = undefined;
  }
}
