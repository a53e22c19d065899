import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RequestEvent } from "../machine.ts";
import type { ServerRequestEvent } from "./messages.ts";
import { RequestTrace } from "./request-trace.ts";

let events: RequestEvent[];
let trace: RequestTrace;

beforeEach(() => {
  vi.useFakeTimers();
  events = [];
  trace = new RequestTrace((some) => events.push(...some));
});
afterEach(() => {
  vi.useRealTimers();
});

const accepted = (request: number, from: number, at: number): ServerRequestEvent => ({
  what: "accepted",
  request,
  port: 8000,
  from,
  path: "/",
  at,
});
const opened = { what: "opened", port: 8000, from: 5000, at: 10 } as const;
const settle = () => vi.advanceTimersByTimeAsync(1000);

describe("RequestTrace", () => {
  it("tells how long a request waited, by joining what the client and the server saw", async () => {
    trace.onClientEvents([opened]);
    trace.onServerEvents(7, [accepted(1, 5000, 14), { what: "ended", request: 1, at: 20, answered: true }]);
    trace.onClientEvents([{ what: "ended", from: 5000, at: 21 }]);
    await settle();
    expect(events).toEqual([
      { id: 1, port: 8000, queued: 10 },
      { id: 1, port: 8000, path: "/", pid: 7, queued: 10, accepted: 14 },
      { id: 1, port: 8000, path: "/", pid: 7, queued: 10, accepted: 14, end: 20, outcome: "answered" },
    ]);
  });

  it("tells when an answer that comes in parts began, also if that is heard before its request", async () => {
    const parts: readonly ServerRequestEvent[] = [
      { what: "answering", request: 1, at: 15 },
      { what: "ended", request: 1, at: 900, answered: true },
    ];
    trace.onClientEvents([opened]);
    trace.onServerEvents(7, [accepted(1, 5000, 14), ...parts]);
    trace.onServerEvents(8, [accepted(1, 5001, 14), ...parts]);
    trace.onClientEvents([{ ...opened, from: 5001 }]);
    await settle();
    for (const process of [7, 8]) {
      const told = events.filter(({ pid }) => pid === process);
      expect(told.map(({ firstByte, end }) => [firstByte, end])).toEqual([
        [undefined, undefined],
        [15, undefined],
        [15, 900],
      ]);
    }
  });

  it("waits for the client's news if the server's overtook it", async () => {
    trace.onServerEvents(7, [accepted(1, 5000, 14), { what: "ended", request: 1, at: 20, answered: true }]);
    trace.onClientEvents([opened, { what: "ended", from: 5000, at: 21 }]);
    await settle();
    expect(events.map(({ id, queued, end }) => [id, queued, end])).toEqual([
      [1, 10, undefined],
      [1, 10, 20],
    ]);
  });

  it("takes the moment of acceptance for a request whose client says nothing", async () => {
    trace.onServerEvents(7, [accepted(1, 5000, 14)]);
    await settle();
    expect(events).toEqual([{ id: 1, port: 8000, path: "/", pid: 7, queued: 14, accepted: 14 }]);
  });

  it("counts further requests of a kept connection on their own", async () => {
    trace.onClientEvents([opened]);
    trace.onServerEvents(7, [accepted(1, 5000, 14), { what: "ended", request: 1, at: 20, answered: true }]);
    trace.onServerEvents(7, [accepted(2, 5000, 30)]);
    await settle();
    expect(events.at(-1)).toEqual({ id: 2, port: 8000, path: "/", pid: 7, queued: 30, accepted: 30 });
  });

  it("says that a request failed which nobody took", async () => {
    trace.onClientEvents([opened, { what: "ended", from: 5000, at: 500 }]);
    await settle();
    expect(events.at(-1)).toEqual({ id: 1, port: 8000, queued: 10, end: 500, outcome: "failed" });
  });

  it("fails what a process was answering when it ended", async () => {
    trace.onClientEvents([opened]);
    trace.onServerEvents(7, [accepted(1, 5000, 14)]);
    trace.processEnded(7, 40);
    await settle();
    expect(events.at(-1)).toMatchObject({ id: 1, pid: 7, end: 40, outcome: "failed" });
  });

  it("lets a connection go that a parent passed on", async () => {
    trace.onClientEvents([opened]);
    trace.onServerEvents(3, [{ what: "relayed", from: 5000, at: 11 }]);
    await settle();
    expect(events.at(-1)).toMatchObject({ id: 1, pid: 3, accepted: 11, end: 11, outcome: "answered" });
  });
});
