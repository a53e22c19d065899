import { describe, expect, it } from "vitest";
import type { ProcessInfo, RequestEvent } from "../../machine/machine.ts";
import { RequestLog } from "../side/request-log.ts";
import { LaneReplay, lanesEnd, showLanesAt } from "./lane-replay.ts";
import { mostRequests, recordRequests } from "./recorded-requests.ts";

const worker = (pid: number): ProcessInfo => ({
  pid,
  parent: 1,
  title: `gunicorn: worker ${pid}`,
  state: "waiting",
  started: 0,
  requests: 0,
});

/** The machine's clock says so when the run begins. */
const from = 5000;

function logOf(events: readonly RequestEvent[]): RequestLog {
  const log = new RequestLog();
  log.record(events);
  return log;
}

const run: readonly RequestEvent[] = [
  {
    id: 7,
    port: 8000,
    queued: from,
    accepted: from + 10,
    pid: 4,
    tid: 4,
    firstByte: from + 110,
    end: from + 111,
    outcome: "answered",
  },
  {
    id: 8,
    port: 8000,
    queued: from + 1,
    accepted: from + 12,
    pid: 5,
    tid: 5,
    firstByte: from + 20,
    end: from + 21,
    outcome: "error",
  },
  // Its client gave up, and its worker worked on.
  {
    id: 9,
    port: 8000,
    queued: from + 30,
    accepted: from + 40,
    pid: 5,
    tid: 5,
    end: from + 90,
    outcome: "failed",
    released: from + 150,
  },
  // No worker took it.
  { id: 10, port: 8000, queued: from + 60, end: from + 200, outcome: "failed" },
];
const pictured = (log: RequestLog, since: number) =>
  [...log.blocks()]
    .map(({ queued, accepted, end, workedUntil, pid, row, failed, held }) => ({
      queued: queued - since,
      accepted: accepted && accepted - since,
      end: end && end - since,
      workedUntil: workedUntil && workedUntil - since,
      pid,
      row,
      failed,
      held,
    }))
    .sort((a, b) => a.queued - b.queued);
const recorded = recordRequests(logOf(run).blocks(), [worker(4), worker(5), worker(6)], from);
const replay = () => new LaneReplay(recorded, { length: 300, waitsOnly: true });

describe("a recorded run's requests", () => {
  it("draw the lanes that were drawn", () => {
    const lanes = replay();
    lanes.show(1000);
    expect(pictured(lanes.requests, 0)).toEqual(pictured(logOf(run), from));
    expect(lanes.slots.value.map(({ process: { pid, requests } }) => [pid, requests])).toEqual([
      [4, 1],
      [5, 2],
    ]);
  });

  it("are shown as far as they had come at each moment, also back again", () => {
    const lanes = replay();
    const at = (moment: number) => {
      lanes.show(moment);
      return [
        lanes.requests.waitingNow(),
        [...lanes.requests.inHand().keys()].sort(),
        [...lanes.requests.blocks()].length,
      ];
    };
    expect(at(5)).toEqual([2, [], 2]);
    expect(at(15)).toEqual([0, [4, 5], 2]);
    expect(at(100)).toEqual([1, [4, 5], 4]);
    expect(at(250)).toEqual([0, [], 4]);
    expect(at(15)).toEqual([0, [4, 5], 2]);
  });

  it("play in turn where the sides ran in turn", () => {
    const lanes = { development: replay(), production: replay() };
    expect([lanesEnd(lanes, true), lanesEnd(lanes, false)]).toEqual([300, 600]);
    showLanesAt(lanes, false, 315);
    expect([lanes.development.now(), lanes.production.now()]).toEqual([300, 15]);
    showLanesAt(lanes, true, 15);
    expect([lanes.development.now(), lanes.production.now()]).toEqual([15, 15]);
  });

  it("are thinned where there are many, which is written down; figures count those left out", () => {
    const many = Array.from({ length: mostRequests * 2 + 1 }, (_, id): RequestEvent => {
      const queued = from + id;
      return {
        id,
        port: 80,
        queued,
        accepted: queued,
        pid: 4,
        tid: 4,
        firstByte: queued,
        end: queued + 1,
        outcome: "answered",
      };
    });
    const thin = recordRequests(logOf(many).blocks(), [worker(4)], from);
    expect(thin.every).toBe(3);
    const lanes = new LaneReplay(thin, { length: 4000, waitsOnly: false });
    lanes.show(lanes.end);
    expect([...lanes.requests.blocks()].map(({ queued }) => queued).slice(0, 3)).toEqual([0, 3, 6]);
    expect(lanes.slots.value[0]?.process.requests).toBe(Math.ceil(many.length / 3) * 3);
  });

  it("leave out what a proxy handed on to another server of that computer", () => {
    const local: RequestEvent = { id: 11, port: 8001, queued: from + 5, accepted: from + 6, pid: 5, local: true };
    expect(recordRequests(logOf([...run, local]).blocks(), [worker(4), worker(5)], from)).toEqual({
      ...recorded,
    });
  });
});
