/** Minimum, mean, standard deviation, median and maximum of some numbers; all 0 if there are none. */
export interface Summary {
  readonly least: number;
  readonly mean: number;
  readonly deviation: number;
  readonly median: number;
  readonly most: number;
}

/** Sums up a list of numbers. */
export function summary(numbers: readonly number[]): Summary {
  const sorted = numbers.toSorted((a, b) => a - b);
  const count = sorted.length;
  if (count === 0) return { least: 0, mean: 0, deviation: 0, median: 0, most: 0 };
  const mean = sorted.reduce((sum, each) => sum + each, 0) / count;
  const squares = sorted.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  return {
    least: sorted[0] ?? 0,
    mean,
    deviation: count > 1 ? Math.sqrt(squares / (count - 1)) : 0,
    median: percentile(sorted, 50),
    most: sorted[count - 1] ?? 0,
  };
}

/** A percentile (0 to 100) of numbers in ascending order: the least that so many of them do not exceed. */
export function percentile(sorted: readonly number[], wanted: number): number {
  return sorted[Math.max(0, Math.ceil((wanted / 100) * sorted.length) - 1)] ?? 0;
}
