/** What each worker did in a run: the lanes of a side as figures. */
import type { Milliseconds, Pid } from "../../machine/machine.ts";
import { type Block, workEnd } from "./request-log.ts";

/** A worker's part in a run. */
export interface WorkerWork {
  readonly pid: Pid;
  /** Different threads of it that answered. */
  readonly threads: number;
  /** Requests that it took, among them those that failed. */
  readonly taken: number;
  readonly failed: number;
  /** How long it worked on at least one request. */
  readonly busy: Milliseconds;
}

/** The work of each process on these requests, by pid. */
export function workByWorker(blocks: Iterable<Readonly<Block>>, until: Milliseconds): readonly WorkerWork[] {
  const taken = [...blocks].filter(({ pid, accepted }) => pid !== undefined && accepted !== undefined);
  return [...Map.groupBy(taken, ({ pid }) => pid)]
    .flatMap(([pid, these]) =>
      pid === undefined
        ? []
        : [
            {
              pid,
              threads: new Set(these.flatMap(({ tid }) => tid ?? [])).size,
              taken: these.length,
              failed: these.filter(({ failed }) => failed).length,
              busy: covered(these.map((block) => [block.accepted ?? 0, workEnd(block, until)])),
            },
          ],
    )
    .sort((a, b) => a.pid - b.pid);
}

/** The time that these spans cover together. */
function covered(spans: readonly (readonly [from: Milliseconds, to: Milliseconds])[]): Milliseconds {
  let sum = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const [from, to] of spans.toSorted(([a], [b]) => a - b)) {
    sum += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return sum;
}
