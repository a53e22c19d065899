import { summariseExactly } from "./latency-histogram";
import type { LatencySummary } from "./plan";

/** Length of a step in milliseconds. */
export const step = 100;

const stepsInASecond = 10;

/** The latencies of the last ten steps, in the order of their answers. */
export class LastSecond {
  readonly #steps: number[][] = [[]];
  #begin = 0;

  /** Milliseconds from the start of the run to the oldest step. */
  get begin(): number {
    return this.#begin;
  }

  /** Milliseconds. */
  record(latency: number): void {
    this.#steps.at(-1)?.push(latency);
  }

  /** Begins a new step and forgets the oldest. */
  advance(): void {
    this.#steps.push([]);
    if (this.#steps.length <= stepsInASecond) return;
    this.#steps.shift();
    this.#begin += step;
  }

  get count(): number {
    return this.#steps.reduce((sum, latencies) => sum + latencies.length, 0);
  }

  summary(): LatencySummary {
    const all = new Float64Array(this.count);
    let offset = 0;
    for (const latencies of this.#steps) {
      all.set(latencies, offset);
      offset += latencies.length;
    }
    return summariseExactly(all);
  }
}
