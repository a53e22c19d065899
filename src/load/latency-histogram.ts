import { constructorFromBucketSize } from "hdr-histogram-js/dist/JsHistogramFactory.js";
import type { LatencyCounts, LatencySummary } from "./plan.ts";

/*
 * This module of hdr-histogram-js, not its index: the index brings a WebAssembly variant and a compressor that nobody
 * here uses, 61 kB gzipped against 8. And this of its modules, because a named export means the same to Node and to
 * every bundler, a CommonJS default export does not.
 */
const Histogram = constructorFromBucketSize(32);

/** An hour. What took longer is counted as this. */
const longest = 3_600_000_000;

const significantDigits = 3;

/** A percentile is known only if at least this many samples lie above it. */
const samplesAbove = 5;

/** How fine a percentile log is: HdrHistogram's own default. */
const ticksPerHalfDistance = 5;

/** Whether `count` samples carry this percentile (0 to 100). */
export function carries(count: number, percentile: number): boolean {
  return count * (100 - percentile) >= samplesAbove * 100;
}

/** How often which latency was seen: microseconds with three significant digits, the mean and the maximum exact. */
export class LatencyHistogram {
  readonly #histogram = new Histogram(1, longest, significantDigits);
  #sum = 0;
  #max = 0;

  /** What `counts` told. Mean and maximum are as exact as those are: to three digits. */
  static of(counts: LatencyCounts): LatencyHistogram {
    const histogram = new LatencyHistogram();
    for (const [microseconds, count] of counts) {
      histogram.#histogram.recordValueWithCount(microseconds, count);
      histogram.#sum += (microseconds / 1000) * count;
      histogram.#max = Math.max(histogram.#max, microseconds / 1000);
    }
    return histogram;
  }

  /** One latency, in milliseconds. */
  record(latency: number): void {
    const positive = Math.max(0, latency);
    this.#histogram.recordValue(Math.min(Math.round(positive * 1000), longest));
    this.#sum += positive;
    if (positive > this.#max) this.#max = positive;
  }

  /** Adds all that another has seen. */
  add(other: LatencyHistogram): void {
    this.#histogram.add(other.#histogram);
    this.#sum += other.#sum;
    this.#max = Math.max(this.#max, other.#max);
  }

  get count(): number {
    return this.#histogram.totalCount;
  }

  /** In milliseconds. */
  summary(): LatencySummary {
    const count = this.count;
    if (count === 0) return { count };
    return summarise(count, this.#sum / count, this.#max, (percentile) =>
      Math.min(this.#histogram.getValueAtPercentile(percentile) / 1000, this.#max),
    );
  }

  /** A percentile (0 to 100) in milliseconds, if the samples carry it. */
  percentile(percentile: number): number | undefined {
    if (!carries(this.count, percentile)) return undefined;
    return Math.min(this.#histogram.getValueAtPercentile(percentile) / 1000, this.#max);
  }

  /** HdrHistogram's percentile log, in milliseconds. */
  percentileLog(): string {
    return this.#histogram.outputPercentileDistribution(ticksPerHalfDistance, 1000);
  }

  counts(): LatencyCounts {
    const pairs: [number, number][] = [];
    const values = this.#histogram.recordedValuesIterator;
    values.reset();
    while (values.hasNext()) {
      const { valueIteratedTo, countAtValueIteratedTo } = values.next();
      pairs.push([valueIteratedTo, countAtValueIteratedTo]);
    }
    return pairs;
  }
}

/** The summary of a few samples (milliseconds), exact. Sorts them in place. */
export function summariseExactly(samples: Float64Array): LatencySummary {
  const count = samples.length;
  if (count === 0) return { count };
  samples.sort();
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / count;
  return summarise(count, mean, samples[count - 1] ?? 0, (percentile) => {
    return samples[Math.max(0, Math.ceil((percentile / 100) * count - 1e-9) - 1)] ?? 0;
  });
}

function summarise(count: number, mean: number, max: number, at: (percentile: number) => number): LatencySummary {
  return {
    count,
    mean,
    max,
    ...(carries(count, 50) && { p50: at(50) }),
    ...(carries(count, 95) && { p95: at(95) }),
    ...(carries(count, 99) && { p99: at(99) }),
  };
}
