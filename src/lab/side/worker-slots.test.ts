import { describe, expect, it } from "vitest";
import type { ProcessInfo } from "../../machine/machine.ts";
import { assignSlots, type WorkerSlot, withoutEmpty } from "./worker-slots.ts";

const worker = (pid: number): ProcessInfo => ({
  pid,
  parent: 1,
  title: "w",
  state: "waiting",
  started: 0,
  requests: 0,
});
const workers = (...pids: number[]) => pids.map(worker);
const shown = (slots: readonly WorkerSlot[]) =>
  slots.map(({ key, process, ended }) => `${key}:${process.pid}${ended === undefined ? "" : " ended"}`);

describe("assignSlots", () => {
  it("gives each worker a row and keeps it", () => {
    const first = assignSlots([], workers(52, 53), 0);
    expect(shown(first)).toEqual(["1:52", "2:53"]);
    expect(shown(assignSlots(first, workers(53, 52, 54), 1))).toEqual(["1:52", "2:53", "3:54"]);
  });

  it("puts a new worker where one ended", () => {
    const first = assignSlots([], workers(52, 53), 0);
    const second = assignSlots(first, workers(53), 7);
    expect(shown(second)).toEqual(["1:52 ended", "2:53"]);
    const third = assignSlots(second, workers(53, 60), 9);
    expect(shown(third)).toEqual(["1:60", "2:53"]);
    expect(third[0]?.before).toEqual([{ pid: 52, ended: 7 }]);
  });

  it("marks no end of a worker that has become another's parent, nor of what a worker had done by a child", () => {
    // A debugger's reloader starts the server, and that asks a program what computer it is on.
    const child = { ...worker(60), parent: 52 };
    const helper = { ...worker(61), parent: 60 };
    const reloader = assignSlots([], workers(52), 0);
    const server = assignSlots(reloader, [child], 5, new Set([52]));
    expect(shown(server)).toEqual(["2:60"]);
    const asking = assignSlots(server, [helper], 6, new Set([52, 60]));
    const again = assignSlots(asking, [child], 7, new Set([52]));
    expect(again.map(({ process, ended }) => [process.pid, ended])).toEqual([[60, undefined]]);
    expect(again[0]?.before).toEqual([]);
  });

  it("does so in one step as well", () => {
    const slots = assignSlots(assignSlots([], workers(52, 53), 0), workers(52, 60, 61), 5);
    expect(shown(slots)).toEqual(["1:52", "2:60", "3:61"]);
  });

  it("hand on what old workers did to those that came before they ended, as on SIGHUP, and to no others", () => {
    const old = assignSlots([], workers(52, 53), 0);
    const fresh = [54, 55].map((pid) => ({ ...worker(pid), started: 9000 }));
    const reloaded = withoutEmpty(
      assignSlots(assignSlots(old, [...workers(52, 53), ...fresh], 9000), fresh, 9500),
      14_000,
    );
    expect(shown(reloaded)).toEqual(["3:54", "4:55"]);
    expect(reloaded.map(({ before }) => before)).toEqual([[{ pid: 52, ended: 9500 }], [{ pid: 53, ended: 9500 }]]);
    const early = { ...worker(56), started: 1000 };
    const shrunk = assignSlots(assignSlots(old, [...workers(52, 53), early], 1000), [...workers(53), early], 9000);
    expect(withoutEmpty(shrunk, 14_000).map(({ before }) => before)).toEqual([[], []]);
  });

  it("can leave out rows that stay empty", () => {
    const slots = assignSlots(assignSlots([], workers(52, 53), 0), workers(53), 100);
    expect(shown(withoutEmpty(slots, 100))).toEqual(["1:52 ended", "2:53"]);
    expect(shown(withoutEmpty(slots, 101))).toEqual(["2:53"]);
  });
});
