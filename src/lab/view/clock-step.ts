import type { Milliseconds } from "../../machine/machine.ts";

/** More steps are not waited for. */
const mostSteps = 5;
/** Nor longer than this. */
const longest: Milliseconds = 20;

/**
 * The smallest step of the browser's clock that is seen within a few: browsers coarsen it, pages without isolation
 * more than others. `undefined` if it does not move.
 */
export function clockStep(): Milliseconds | undefined {
  const began = performance.now();
  let smallest: Milliseconds | undefined;
  let before = began;
  for (let steps = 0; steps < mostSteps && before - began < longest; ) {
    const now = performance.now();
    if (now <= before) continue;
    smallest = Math.min(smallest ?? Number.POSITIVE_INFINITY, now - before);
    before = now;
    steps++;
  }
  return smallest;
}
