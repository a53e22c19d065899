import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { outcome, Waits } from "./thread-waiters.ts";

const forEver = -1;

/** Whether a promise is settled by now, and with what. */
async function now<T>(promise: Promise<T>): Promise<T | "waiting"> {
  return Promise.race([promise, Promise.resolve().then(() => "waiting" as const)]);
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a wait", () => {
  test("ends when its time is over, and not before", async () => {
    const { promise } = new Waits().begin(false, 100);
    await vi.advanceTimersByTimeAsync(99);
    expect(await now(promise)).toBe("waiting");
    await vi.advanceTimersByTimeAsync(1);
    expect(await promise).toBe(outcome.timedOut);
  });

  test("ends once: what comes first counts", async () => {
    const wait = new Waits().begin(false, 100);
    wait.end(outcome.ready);
    wait.end(outcome.interrupted);
    await vi.advanceTimersByTimeAsync(200);
    expect(await wait.promise).toBe(outcome.ready);
  });

  test("leaves no timer behind when it ends early", () => {
    const wait = new Waits().begin(false, 100);
    wait.end(outcome.ready);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a signal", () => {
  test("interrupts the main thread's wait, and no other thread's", async () => {
    const waits = new Waits();
    const main = waits.begin(true, forEver);
    const other = waits.begin(false, forEver);
    waits.signal(15);
    expect(await main.promise).toBe(outcome.interrupted);
    expect(await now(other.promise)).toBe("waiting");
  });

  test("that came while nobody waited interrupts the next wait of the main thread", async () => {
    const waits = new Waits();
    waits.signal(15);
    expect(await now(waits.begin(false, forEver).promise)).toBe("waiting");
    expect(await waits.begin(true, forEver).promise).toBe(outcome.interrupted);
  });

  test("does not interrupt a wait that is over", async () => {
    const waits = new Waits();
    const wait = waits.begin(true, forEver);
    wait.end(outcome.ready);
    waits.signal(15);
    expect(await wait.promise).toBe(outcome.ready);
  });

  test("is pending once, however often it came, in the order of the first coming", () => {
    const waits = new Waits();
    for (const signal of [15, 1, 15]) waits.signal(signal);
    expect(waits.signalsPending).toBe(true);
    expect([waits.takeSignal(), waits.takeSignal(), waits.takeSignal()]).toEqual([15, 1, 0]);
    expect(waits.signalsPending).toBe(false);
  });
});

describe("a turn in a line", () => {
  test("is not lost when it comes before its thread waits", async () => {
    const waits = new Waits();
    const token = waits.newToken();
    expect(waits.unpark(token)).toBe(true);
    expect(await waits.park(token, forEver, false)).toBe(outcome.ready);
  });

  test("wakes the thread that waits for it, and only that one", async () => {
    const waits = new Waits();
    const [one, other] = [waits.newToken(), waits.newToken()];
    const first = waits.park(one, forEver, false);
    const second = waits.park(other, forEver, false);
    waits.unpark(other);
    expect(await second).toBe(outcome.ready);
    expect(await now(first)).toBe("waiting");
  });

  test("outlives an interruption: the thread handles the signal and parks again", async () => {
    const waits = new Waits();
    const token = waits.newToken();
    const parked = waits.park(token, forEver, true);
    waits.signal(10);
    expect(await parked).toBe(outcome.interrupted);
    expect(waits.takeSignal()).toBe(10);
    const again = waits.park(token, forEver, true);
    waits.unpark(token);
    expect(await again).toBe(outcome.ready);
  });

  test("that comes together with a signal is not lost", async () => {
    const waits = new Waits();
    const token = waits.newToken();
    const parked = waits.park(token, forEver, true);
    waits.signal(10);
    waits.unpark(token);
    expect(await parked).toBe(outcome.ready);
    expect(waits.signalsPending).toBe(true);
  });

  test("is gone when the thread has given up: it cannot be handed to it any more", async () => {
    const waits = new Waits();
    const token = waits.newToken();
    const parked = waits.park(token, 50, false);
    await vi.advanceTimersByTimeAsync(50);
    expect(await parked).toBe(outcome.timedOut);
    expect(waits.unpark(token)).toBe(false);
  });

  test("of before a fork is nobody's in the child, whose own turns have other numbers", () => {
    const parent = new Waits();
    const old = parent.newToken();
    const child = new Waits();
    child.startTokensAt(parent.upcomingToken);
    expect(child.unpark(old)).toBe(false);
    expect(child.newToken()).not.toBe(old);
  });
});
