import { expect, it } from "vitest";
import { workByWorker } from "./worker-work.ts";

const block = (pid: number | undefined, accepted: number | undefined, end: number | undefined, failed = false) => ({
  id: 0,
  queued: 0,
  row: 0,
  failed,
  ...(pid !== undefined && { pid }),
  ...(accepted !== undefined && { accepted }),
  ...(end !== undefined && { end }),
});

it("counts each worker's requests, and the time in which it worked on any", () => {
  const blocks = [
    block(4, 100, 200),
    { ...block(3, 0, 50), tid: 30 },
    { ...block(3, 20, 80, true), tid: 31 },
    block(3, 100, undefined),
    block(undefined, undefined, 10, true),
  ];
  expect(workByWorker(blocks, 150)).toEqual([
    { pid: 3, threads: 2, taken: 3, failed: 1, busy: 130 },
    { pid: 4, threads: 0, taken: 1, failed: 0, busy: 100 },
  ]);
});
