import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { RealClock } from "./clock.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] }));
afterEach(() => void vi.useRealTimers());

describe("the real clock", () => {
  test("counts from its origin, and from 1970", () => {
    const clock = new RealClock();
    const began = clock.epoch();
    vi.advanceTimersByTime(1500);
    expect(clock.now()).toBe(1500);
    expect(clock.epoch() - began).toBe(1500);
    expect(clock.epoch()).toBe(Date.now());
  });

  test("is set with the reader's: a file that the page writes is never older than what programs wrote before", () => {
    const clock = new RealClock();
    vi.setSystemTime(Date.now() + 3_600_000);
    expect(clock.epoch()).toBe(Date.now());
    expect(clock.now()).toBe(0);
  });

  test("fires never early, and not at all when taken back", () => {
    const clock = new RealClock();
    const fired: number[] = [];
    clock.after(99.5, () => fired.push(clock.now()));
    const cancel = clock.after(50, () => fired.push(-1));
    cancel();
    cancel();
    vi.advanceTimersByTime(99);
    expect(fired).toEqual([]);
    vi.advanceTimersByTime(2);
    expect(fired).toHaveLength(1);
    expect(fired[0]).toBeGreaterThanOrEqual(99.5);
  });

  test("waits longer than setTimeout can", () => {
    const clock = new RealClock();
    let fired = false;
    clock.after(2 ** 31 + 1000, () => {
      fired = true;
    });
    vi.advanceTimersByTime(2 ** 31);
    expect(fired).toBe(false);
    vi.advanceTimersByTime(1000);
    expect(fired).toBe(true);
  });
});

describe("short delays", () => {
  beforeEach(() => void vi.useRealTimers());

  test("fire in order, later and not at once, and can be taken back", async () => {
    const clock = new RealClock();
    const fired: string[] = [];
    clock.after(0, () => fired.push("first"));
    clock.after(-1, () => fired.push("second"));
    clock.after(0, () => fired.push("never"))();
    clock.after(2, () => fired.push("third"));
    expect(fired).toEqual([]);
    await new Promise<void>((resolve) => clock.after(10, resolve));
    expect(fired).toEqual(["first", "second", "third"]);
  });

  test("are never early, one after the other", async () => {
    const clock = new RealClock();
    for (const delay of [0.2, 1, 1.5, 3]) {
      const began = clock.now();
      await new Promise<void>((resolve) => clock.after(delay, resolve));
      expect(clock.now() - began).toBeGreaterThanOrEqual(delay);
    }
  });
});
