import { describe, expect, it } from "vitest";
import { LastSecond } from "./last-second.ts";

/** `perStep` answers in each of so many steps, the last of them still open. */
function filled(steps: number, perStep: number, latency: (step: number) => number): LastSecond {
  const second = new LastSecond();
  for (let step = 0; step < steps; step++) {
    if (step > 0) second.advance();
    for (let answer = 0; answer < perStep; answer++) second.record(latency(step));
  }
  return second;
}

describe("LastSecond", () => {
  it("tells a percentile as soon as the answers carry it, though a second has too few of them", () => {
    // 40 answers a second: 100 of them after two and a half.
    expect(filled(24, 4, () => 80).summary().p95).toBeUndefined();
    expect(filled(25, 4, () => 80).summary()).toMatchObject({ count: 40, p50: 80, p95: 80 });
    expect(filled(600, 4, () => 80).summary().p95).toBe(80);
  });

  it("takes the latest answers that are enough, and no older ones", () => {
    const second = filled(100, 4, (step) => (step < 75 ? 1000 : 50));
    expect(second.summary()).toMatchObject({ max: 50, p50: 50, p95: 50 });
    // One step of them is still among the latest hundred: four in a hundred lie above the 95th percentile, eight do
    // not.
    expect(filled(100, 4, (step) => (step < 76 ? 1000 : 50)).summary().p95).toBe(50);
    expect(filled(100, 4, (step) => (step < 77 ? 1000 : 50)).summary().p95).toBe(1000);
  });

  it("tells those of the second itself where it has enough answers", () => {
    const second = filled(40, 20, (step) => (step < 30 ? 1000 : 50));
    expect(second.summary()).toMatchObject({ count: 200, p50: 50, p95: 50 });
  });

  it("knows nothing while no answer comes", () => {
    const second = filled(30, 20, () => 50);
    for (let step = 0; step < 10; step++) second.advance();
    expect(second.summary()).toEqual({ count: 0 });
  });

  it("counts who came and who failed in a second", () => {
    const second = new LastSecond();
    for (let step = 0; step < 15; step++) {
      if (step > 0) second.advance();
      second.arrived();
      if (step >= 13) second.failed();
    }
    expect([second.arrivals, second.failures, second.begin]).toEqual([10, 2, 500]);
  });
});
