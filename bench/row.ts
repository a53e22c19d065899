/** What the table is made of. The measuring files append rows; `bench.ts` prints them. */
import { appendFileSync } from "node:fs";

/** Rows, one JSON object a line. */
export const rowsFile = "build/bench-rows.jsonl";

/** One line of the table. */
export interface Row {
  readonly what: string;
  /** What it should be; absent where a figure only explains others. */
  readonly target?: string;
  /** Measured in the page. */
  readonly page: string;
  /** Measured natively, in the same run. */
  readonly native?: string;
  /** Page by native. */
  readonly ratio?: number;
  /** Whether the target was met. */
  readonly met?: boolean;
  readonly note?: string;
}

/** How often each figure is taken. */
export const rounds = Number(process.env["BENCH_ROUNDS"] ?? 5);

/** Adds a line to the table. */
export function addRow(row: Row): void {
  appendFileSync(rowsFile, `${JSON.stringify(row)}\n`);
}

/** The middle one; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return (low + high) / 2;
}

/** Takes a figure several times, after one that does not count; the median. */
export async function medianOf(take: () => Promise<number>, times = rounds, warmUp = 1): Promise<number> {
  const values: number[] = [];
  for (let round = -warmUp; round < times; round += 1) {
    const value = await take();
    if (round >= 0) values.push(value);
  }
  return median(values);
}

/** Milliseconds as the table shows them. */
export function inMs(milliseconds: number): string {
  return milliseconds < 10 ? `${milliseconds.toFixed(2)} ms` : `${milliseconds.toFixed(0)} ms`;
}
