/**
 * When a server is warm: its service time no longer falls.
 *
 * What runs in a page is compiled while it runs, in each process by itself. A worker's first answers take several times
 * as long as its later ones, and how many they are depends on the worker, the page that is asked for and the computer.
 * So it is seen from the answers themselves, and not waited for by a fixed time.
 */

/** A worker that has worked for less than this, in milliseconds, has not been asked enough to tell, */
export const leastWork = 1000;
/** unless it has given as many answers as this. */
export const manyAnswers = 400;
/** Fewer than these are never enough. */
export const fewestAnswers = 12;
/** Service time that is shorter than before by less than this share no longer falls. */
const noLongerFalls = 0.07;
/** What is compared is as many answers' as this share of them all: the last ones, and those just before. */
const compared = 1 / 3;
/** Of these, the quicker ones count: the slower ones were held up by what else this computer does. */
const quicker = 1 / 4;

/**
 * Whether a worker with these service times is warm.
 *
 * @param times how long it took for each of its answers, in milliseconds, in the order in which it gave them
 */
export function isWarm(times: readonly number[]): boolean {
  if (times.length < fewestAnswers) return false;
  if (times.length < manyAnswers && times.reduce((sum, time) => sum + time, 0) < leastWork) return false;
  const each = Math.floor(times.length * compared);
  const before = quickerOf(times.slice(-2 * each, -each));
  const last = quickerOf(times.slice(-each));
  return last >= before * (1 - noLongerFalls);
}

function quickerOf(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * quicker)] ?? 0;
}
