import { carries, summariseExactly } from "./latency-histogram.ts";
import type { LatencySummary } from "./plan.ts";

/** Length of a step in milliseconds. */
export const step = 100;

const stepsInASecond = 10;

/** The highest percentile that a step tells. */
const highestPercentile = 95;

/** What happened in a step. */
interface Step {
  /** Milliseconds, in the order of the answers. */
  readonly latencies: number[];
  arrived: number;
  failed: number;
}

/**
 * What happened in the last ten steps. Of the steps before, it knows as many latencies as a percentile needs that a
 * second does not carry.
 */
export class LastSecond {
  readonly #steps: Step[] = [emptyStep()];
  /** Latencies of earlier steps, oldest first. */
  readonly #earlier: number[][] = [];
  #begin = 0;

  /** Milliseconds from the start of the run to the oldest step. */
  get begin(): number {
    return this.#begin;
  }

  /** A successful answer; milliseconds. */
  record(latency: number): void {
    this.#steps.at(-1)?.latencies.push(latency);
  }

  /** Somebody wants to ask. */
  arrived(): void {
    const last = this.#steps.at(-1);
    if (last) last.arrived++;
  }

  /** A request came to nothing. */
  failed(): void {
    const last = this.#steps.at(-1);
    if (last) last.failed++;
  }

  /** Begins a new step and lets go of the oldest. */
  advance(): void {
    this.#steps.push(emptyStep());
    if (this.#steps.length <= stepsInASecond) return;
    const oldest = this.#steps.shift();
    this.#begin += step;
    if (oldest) this.#earlier.push(oldest.latencies);
  }

  /** Successful answers. */
  get count(): number {
    return this.#sum(({ latencies }) => latencies.length);
  }

  /** Requests that somebody wanted to send. */
  get arrivals(): number {
    return this.#sum(({ arrived }) => arrived);
  }

  get failures(): number {
    return this.#sum(({ failed }) => failed);
  }

  /**
   * Of the answers of the last second. A percentile that these are too few for is that of the latest answers that are
   * enough for it; nothing is known while no answer comes.
   */
  summary(): LatencySummary {
    const latencies = this.#steps.map((each) => each.latencies);
    const second = summariseExactly(joined(latencies));
    this.#forget();
    if (second.count === 0 || second.p95 !== undefined) return second;
    const { p50, p95 } = summariseExactly(joined([...this.#earlier, ...latencies]));
    const median = second.p50 ?? p50;
    return { ...second, ...(median !== undefined && { p50: median }), ...(p95 !== undefined && { p95 }) };
  }

  /** Lets go of the steps without which the answers are still enough for every percentile. */
  #forget(): void {
    let known = this.count + this.#earlier.reduce((sum, latencies) => sum + latencies.length, 0);
    for (let oldest = this.#earlier[0]; oldest !== undefined; oldest = this.#earlier[0]) {
      known -= oldest.length;
      if (oldest.length > 0 && !carries(known, highestPercentile)) return;
      this.#earlier.shift();
    }
  }

  #sum(of: (step: Step) => number): number {
    return this.#steps.reduce((sum, each) => sum + of(each), 0);
  }
}

function emptyStep(): Step {
  return { latencies: [], arrived: 0, failed: 0 };
}

function joined(parts: readonly (readonly number[])[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
