import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { outcome, ThreadWaiters } from "./thread-waiters.ts";

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
    const { promise } = new ThreadWaiters().begin(false, 100);
    await vi.advanceTimersByTimeAsync(99);
    expect(await now(promise)).toBe("waiting");
    await vi.advanceTimersByTimeAsync(1);
    expect(await promise).toBe(outcome.timedOut);
  });

  test("ends once: what comes first counts", async () => {
    const wait = new ThreadWaiters().begin(false, 100);
    wait.end(outcome.ready);
    wait.end(outcome.interrupted);
    await vi.advanceTimersByTimeAsync(200);
    expect(await wait.promise).toBe(outcome.ready);
  });

  test("leaves no timer behind when it ends early", () => {
    const wait = new ThreadWaiters().begin(false, 100);
    wait.end(outcome.ready);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a signal", () => {
  test("interrupts the main thread's wait, and no other thread's", async () => {
    const waiters = new ThreadWaiters();
    const main = waiters.begin(true, forEver);
    const other = waiters.begin(false, forEver);
    waiters.signal(15);
    expect(await main.promise).toBe(outcome.interrupted);
    expect(await now(other.promise)).toBe("waiting");
  });

  test("that came while nobody waited interrupts the next wait of the main thread", async () => {
    const waiters = new ThreadWaiters();
    waiters.signal(15);
    expect(await now(waiters.begin(false, forEver).promise)).toBe("waiting");
    expect(await waiters.begin(true, forEver).promise).toBe(outcome.interrupted);
  });

  test("does not interrupt a wait that is over", async () => {
    const waiters = new ThreadWaiters();
    const wait = waiters.begin(true, forEver);
    wait.end(outcome.ready);
    waiters.signal(15);
    expect(await wait.promise).toBe(outcome.ready);
  });

  test("is pending once, however often it came, in the order of the first coming", () => {
    const waiters = new ThreadWaiters();
    for (const signal of [15, 1, 15]) waiters.signal(signal);
    expect(waiters.signalsPending).toBe(true);
    expect([waiters.takeSignal(), waiters.takeSignal(), waiters.takeSignal()]).toEqual([15, 1, 0]);
    expect(waiters.signalsPending).toBe(false);
  });
});

describe("a turn in a line", () => {
  test("is not lost when it comes before its thread waits", async () => {
    const waiters = new ThreadWaiters();
    const token = waiters.newToken();
    expect(waiters.unpark(token)).toBe(true);
    expect(await waiters.park(token, forEver, false)).toBe(outcome.ready);
  });

  test("wakes the thread that waits for it, and only that one", async () => {
    const waiters = new ThreadWaiters();
    const [one, other] = [waiters.newToken(), waiters.newToken()];
    const first = waiters.park(one, forEver, false);
    const second = waiters.park(other, forEver, false);
    waiters.unpark(other);
    expect(await second).toBe(outcome.ready);
    expect(await now(first)).toBe("waiting");
  });

  test("outlives an interruption: the thread handles the signal and parks again", async () => {
    const waiters = new ThreadWaiters();
    const token = waiters.newToken();
    const parked = waiters.park(token, forEver, true);
    waiters.signal(10);
    expect(await parked).toBe(outcome.interrupted);
    expect(waiters.takeSignal()).toBe(10);
    const again = waiters.park(token, forEver, true);
    waiters.unpark(token);
    expect(await again).toBe(outcome.ready);
  });

  test("that comes together with a signal is not lost", async () => {
    const waiters = new ThreadWaiters();
    const token = waiters.newToken();
    const parked = waiters.park(token, forEver, true);
    waiters.signal(10);
    waiters.unpark(token);
    expect(await parked).toBe(outcome.ready);
    expect(waiters.signalsPending).toBe(true);
  });

  test("is gone when the thread has given up: it cannot be handed to it any more", async () => {
    const waiters = new ThreadWaiters();
    const token = waiters.newToken();
    const parked = waiters.park(token, 50, false);
    await vi.advanceTimersByTimeAsync(50);
    expect(await parked).toBe(outcome.timedOut);
    expect(waiters.unpark(token)).toBe(false);
  });

  test("of before a fork is nobody's in the child, whose own turns have other numbers", () => {
    const parent = new ThreadWaiters();
    const old = parent.newToken();
    const child = new ThreadWaiters();
    child.startTokensAt(parent.upcomingToken);
    expect(child.unpark(old)).toBe(false);
    expect(child.newToken()).not.toBe(old);
  });
});
