import { describe, expect, it } from "vitest";
import { requestsPerDot, stopOf } from "./request-flow.ts";

const block = { id: 1, queued: 1000, row: 0, failed: false };

describe("a request's dot", () => {
  it("goes to the queue and stays there until a worker takes it", () => {
    expect(stopOf(block, 999)).toBeUndefined();
    expect(stopOf(block, 1110)).toEqual({ at: "to queue", part: 0.5 });
    expect(stopOf(block, 9000)).toEqual({ at: "queue" });
    const taken = { ...block, accepted: 5000 };
    expect(stopOf(taken, 4999)).toEqual({ at: "queue" });
    expect(stopOf(taken, 5090)).toEqual({ at: "to worker", part: 0.5 });
    expect(stopOf(taken, 9000)).toEqual({ at: "worker" });
  });

  it("takes every step of a request that was over in a moment, and leaves", () => {
    const quick = { ...block, accepted: 1001, end: 1002 };
    const seen = [1100, 1300, 1500, 1900].map((now) => stopOf(quick, now)?.at);
    expect(seen).toEqual(["to queue", "to worker", "away", undefined]);
  });

  it("leaves the queue when its reader gave up", () => {
    const gaveUp = { ...block, end: 5000, failed: true };
    expect(stopOf(gaveUp, 4999)).toEqual({ at: "queue" });
    expect(stopOf(gaveUp, 5150)).toEqual({ at: "away", part: 0.5 });
  });

  it("stands for more requests the more come in a second, and for one while they can be told apart", () => {
    expect([10, 48, 49, 1000, 5000].map(requestsPerDot)).toEqual([1, 1, 2, 32, 128]);
  });
});
