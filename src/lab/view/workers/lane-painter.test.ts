import { describe, expect, it } from "vitest";
import type { Block } from "../../side/request-log.ts";
import { type LaneScale, waitingPerColumn } from "./lane-painter.ts";

const scale: LaneScale = { from: 1000, length: 100, width: 10, height: 10, now: 1100 };
const block = (queued: number, accepted?: number): Block => ({
  id: 1,
  queued,
  row: 0,
  failed: false,
  ...(accepted !== undefined && { accepted }),
});

describe("waitingPerColumn", () => {
  it("counts who waits in each pixel's time, in parts where it is a part", () => {
    const columns = waitingPerColumn(scale, [block(1000, 1020), block(1010, 1025), block(1085)]);
    expect([...columns]).toEqual([1, 2, 0.5, 0, 0, 0, 0, 0, 0.5, 1]);
  });

  it("leaves out what lies outside", () => {
    expect([...waitingPerColumn(scale, [block(900, 950), block(900, 1010), block(1200, 1300)])].slice(0, 2)).toEqual([
      1, 0,
    ]);
  });
});
