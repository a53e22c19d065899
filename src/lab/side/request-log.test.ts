import { describe, expect, it } from "vitest";
import type { RequestEvent } from "../../machine/machine.ts";
import { RequestLog } from "./request-log.ts";
import { workByWorker } from "./worker-work.ts";

const event = (id: number, rest: Partial<RequestEvent>): RequestEvent => ({ id, port: 8000, queued: 0, ...rest });
const rows = (log: RequestLog) => [...log.blocks()].map(({ id, row }) => [id, row]);

describe("RequestLog", () => {
  it("adds up what it is told of one request", () => {
    const log = new RequestLog();
    log.record([event(1, { queued: 5 })]);
    expect(log.waitingNow()).toBe(1);
    log.record([event(1, { queued: 5, pid: 52, tid: 52, accepted: 7 })]);
    expect(log.waitingNow()).toBe(0);
    expect(log.active()).toBe(true);
    log.record([event(1, { queued: 5, pid: 52, tid: 52, accepted: 7, firstByte: 8, end: 9, outcome: "answered" })]);
    expect(log.active()).toBe(false);
    expect([...log.blocks()]).toEqual([
      { id: 1, queued: 5, accepted: 7, pid: 52, tid: 52, row: 0, answering: 8, end: 9, failed: false },
    ]);
  });

  it("counts what each process has answered since a moment, without what came before and what failed", () => {
    const log = new RequestLog();
    const answered = { pid: 9, accepted: 1, end: 12, outcome: "answered" } as const;
    log.record([event(1, { ...answered, queued: 4 })]);
    log.countFrom(5);
    log.record([
      event(2, { ...answered, queued: 4 }),
      event(3, { ...answered, queued: 5 }),
      event(4, { ...answered, queued: 6 }),
      event(5, { ...answered, queued: 6, outcome: "error" }),
      event(6, { ...answered, queued: 6, pid: 10 }),
    ]);
    expect([...log.answered()]).toEqual([
      [9, 2],
      [10, 1],
    ]);
    log.countFrom(20);
    expect(log.answered().size).toBe(0);
  });

  it("gives a process a row for each request it works on at once, and uses free rows again", () => {
    const log = new RequestLog();
    log.record([event(1, { pid: 9, accepted: 0 }), event(2, { pid: 9, accepted: 1 })]);
    expect(log.rowsOf(9)).toBe(2);
    log.record([event(1, { end: 4 }), event(3, { pid: 9, accepted: 5 })]);
    expect(log.rowsOf(9)).toBe(2);
    expect(rows(log)).toEqual([
      [1, 0],
      [2, 1],
      [3, 0],
    ]);
  });

  it("shows a worker at work as long as it holds what its client gave up", () => {
    const log = new RequestLog();
    const given = { pid: 9, tid: 12, accepted: 0, end: 40, outcome: "failed" } as const;
    log.record([event(1, { ...given, held: true })]);
    expect(log.active()).toBe(true);
    expect([...log.inHand()]).toEqual([[9, 1]]);
    expect(log.waitingNow()).toBe(0);
    // Its row is not free, a new run does not make it forgotten, and it counts as at work until now.
    log.record([event(2, { pid: 9, tid: 13, queued: 50, accepted: 50, end: 60, outcome: "answered" })]);
    log.forgetBefore(55);
    expect([...log.blocks()].map(({ id, held = false }) => [id, held])).toEqual([
      [1, true],
      [2, false],
    ]);
    expect(rows(log)[1]).toEqual([2, 1]);
    expect(workByWorker(log.blocks(), 100)).toMatchObject([{ pid: 9, failed: 1, busy: 100 }]);
    log.record([event(1, { ...given, released: 90 })]);
    expect(log.active()).toBe(false);
    expect(log.inHand().size).toBe(0);
    expect(workByWorker(log.blocks(), 100)).toMatchObject([{ busy: 90 }]);
  });

  it("takes an answer that says error for a failure, as the table does", () => {
    const log = new RequestLog();
    log.record([event(1, { pid: 9, accepted: 0, end: 4, outcome: "error" })]);
    expect([...log.blocks()].map(({ failed }) => failed)).toEqual([true]);
  });

  it("shows what a proxy hands on at the process behind it, and counts it once", () => {
    const log = new RequestLog();
    log.record([
      event(1, { pid: 9, tid: 9, accepted: 1 }),
      event(2, { port: 8001, pid: 12, tid: 12, queued: 2, accepted: 2, local: true }),
      // A shell's, for the proxy itself.
      event(3, { pid: 9, tid: 9, queued: 3, accepted: 3, local: true }),
    ]);
    expect([...log.behindProxyOn(8000)]).toEqual([12]);
    expect([...log.inHand()]).toEqual([
      [9, 2],
      [12, 1],
    ]);
    expect(log.workSeen(0)).toMatchObject({ taken: 1, processes: 1, atOnce: 1 });
  });

  it("keeps a thread in its row", () => {
    const log = new RequestLog();
    log.record([
      event(1, { pid: 9, tid: 10, accepted: 0, end: 3 }),
      event(2, { pid: 9, tid: 11, accepted: 1, end: 2 }),
    ]);
    log.record([event(3, { pid: 9, tid: 11, accepted: 4, end: 5 })]);
    expect(rows(log)).toEqual([
      [1, 0],
      [2, 1],
      [3, 1],
    ]);
  });

  it("keeps a worker of one thread in one row, though it goes on before its reader has read", () => {
    const log = new RequestLog();
    log.record([event(1, { pid: 9, accepted: 0 })]);
    log.record([
      event(2, { queued: 1, pid: 9, accepted: 8 }),
      event(1, { pid: 9, tid: 9, accepted: 0, firstByte: 7, end: 10, outcome: "answered" }),
    ]);
    log.record([
      event(3, { queued: 2, pid: 9, tid: 9, accepted: 16, firstByte: 20, end: 21, outcome: "answered" }),
      event(2, { queued: 1, pid: 9, tid: 9, accepted: 8, firstByte: 15, end: 17, outcome: "answered" }),
    ]);
    expect(log.rowsOf(9)).toBe(1);
    expect(log.workSeen(0)).toMatchObject({ taken: 3, atOnce: 1, atOnceInOneProcess: 1, waiting: 2 });
  });

  it("tells that a worker goes on for a client that has left, and that it did", () => {
    const log = new RequestLog();
    log.record([event(1, { pid: 9, tid: 9, accepted: 0 })]);
    expect(log.leftBehind()).toBe(false);
    log.record([event(1, { pid: 9, tid: 9, accepted: 0, end: 4000, outcome: "failed", held: true })]);
    expect(log.leftBehind()).toBe(true);
  });

  it("gives each stream of an event loop a row of its own, until its last byte", () => {
    const log = new RequestLog();
    // Both were taken before either was answered: one thread works on both.
    log.record([event(1, { pid: 9, accepted: 0 }), event(2, { pid: 9, accepted: 1 })]);
    log.record([
      event(1, { pid: 9, tid: 9, accepted: 0, firstByte: 5 }),
      event(2, { pid: 9, tid: 9, accepted: 1, firstByte: 6 }),
    ]);
    log.record([event(3, { pid: 9, accepted: 10 })]);
    expect([...log.blocks()].map(({ row }) => row)).toEqual([0, 1, 2]);
    expect(log.openStreams(100)).toEqual(new Map());
    expect(log.openStreams(206)).toEqual(new Map([[9, 2]]));
    log.record([event(1, { pid: 9, tid: 9, accepted: 0, firstByte: 5, end: 210, outcome: "answered" })]);
    expect(log.openStreams(300)).toEqual(new Map([[9, 1]]));
  });

  it("lets a request wait again when its process died before it began", () => {
    const log = new RequestLog();
    log.record([event(1, { pid: 9, accepted: 2 })]);
    log.record([event(1, {})]);
    expect(log.waitingNow()).toBe(1);
    log.record([event(1, { pid: 8, accepted: 4 }), event(2, { pid: 9, accepted: 3 })]);
    expect([...log.blocks()]).toMatchObject([
      { pid: 8, accepted: 4, row: 0 },
      { pid: 9, row: 0 },
    ]);
  });

  it("says how much was done at once", () => {
    const log = new RequestLog();
    log.record([
      event(1, { queued: 0, pid: 9, tid: 1, accepted: 0, end: 10 }),
      event(2, { queued: 0, pid: 9, tid: 2, accepted: 5, end: 15 }),
      event(3, { queued: 0, pid: 8, tid: 3, accepted: 9, end: 20 }),
      event(4, { queued: 0, pid: 8, tid: 3, accepted: 20, end: 30 }),
      event(5, { queued: 3 }),
    ]);
    expect(log.workSeen(0)).toEqual({
      taken: 4,
      processes: 2,
      threads: 3,
      atOnce: 3,
      atOnceInOneProcess: 2,
      waiting: 4,
    });
    const replaced = new RequestLog();
    replaced.record([
      event(1, { pid: 8, accepted: 0, end: 5, outcome: "failed" }),
      event(2, { pid: 9, accepted: 7, end: 12 }),
    ]);
    expect(replaced.workSeen(0).processes).toBe(1);
    expect(log.workSeen(3)).toMatchObject({ taken: 0, waiting: 1, processes: 0 });
  });

  it("forgets what ended, not what is under way", () => {
    const log = new RequestLog();
    log.record([event(1, { pid: 9, accepted: 0, end: 5 }), event(2, { pid: 9, accepted: 1 }), event(3, { end: 20 })]);
    log.forgetBefore(10);
    expect(rows(log)).toEqual([
      [3, 0],
      [2, 0],
    ]);
  });

  it("tells its listeners until they leave", () => {
    const log = new RequestLog();
    let calls = 0;
    const leave = log.onChange(() => calls++);
    log.record([event(1, {})]);
    leave();
    log.clear();
    expect(calls).toBe(1);
  });
});
