/** What the page is told of a host's requests, from what the agent tells of its connections. */
import { beforeEach, expect, it } from "vitest";
import type { RequestEvent } from "../machine.ts";
import { GuestHost } from "./guest-host.ts";
import type { GuestProcess } from "./messages.ts";

const process = (pid: number): GuestProcess => [pid, 1, "gunicorn: worker", "waiting", 0];

let host: GuestHost;
let told: RequestEvent[];
beforeEach(() => {
  host = new GuestHost(
    "production",
    2,
    () => 9000,
    (seconds) => seconds * 1000,
  );
  told = [];
  host.requestEvents.add((events) => told.push(...events));
  host.onEvent({ news: "host", host: "production", processes: [process(7), process(8)], ports: [8000] });
});

it("a proxy's connection is a request of the process that accepted it, until that closes it", () => {
  host.onEvent({ news: "accepted", host: "production", accepted: [[7, "127.0.0.1", 41000, 8000, 1.5]], closed: [] });
  const begun = { id: 1, port: 8000, pid: 7, tid: 7, queued: 1500, accepted: 1500, local: true };
  expect(told).toEqual([begun]);
  // A child that inherited it.
  host.onEvent({ news: "accepted", host: "production", accepted: [], closed: [[8, 41000, 1.6]] });
  host.onEvent({ news: "accepted", host: "production", accepted: [], closed: [[7, 41000, 1.75]] });
  expect(told.slice(1)).toEqual([{ ...begun, end: 1750, outcome: "answered" }]);
  expect(host.processes.get().map(({ requests }) => requests)).toEqual([1, 0]);
});

it("it fails with the process that had it", () => {
  host.onEvent({ news: "accepted", host: "production", accepted: [[7, "127.0.0.1", 41000, 8000, 1.5]], closed: [] });
  host.onEvent({ news: "host", host: "production", processes: [process(8)], ports: [8000] });
  expect(told.at(-1)).toMatchObject({ id: 1, end: 9000, outcome: "failed" });
  expect(told).toHaveLength(2);
});

it("stays with a process that no list has shown yet", () => {
  host.onEvent({ news: "accepted", host: "production", accepted: [[9, "127.0.0.1", 41000, 8000, 1.5]], closed: [] });
  host.onEvent({ news: "host", host: "production", processes: [process(7), process(8), process(9)], ports: [8000] });
  expect(told.at(-1)?.end).toBeUndefined();
});

it("a connection whose end nobody tells is counted, and no more: the agent's to the page would be under way for ever", () => {
  host.onEvent({ news: "accepted", host: "production", accepted: [[7, "192.168.86.100", 40000, 9, 1.5]], closed: [] });
  expect(told).toEqual([]);
  expect(host.processes.get().map(({ requests }) => requests)).toEqual([1, 0]);
});

it("a host that was stopped has no processes and no ports until the agent has looked again", () => {
  host.onEvent({ news: "accepted", host: "production", accepted: [[7, "127.0.0.1", 41000, 8000, 1.5]], closed: [] });
  host.stopped();
  expect(host.processes.get()).toEqual([]);
  expect(host.ports.get()).toEqual([]);
  expect(told.at(-1)).toMatchObject({ pid: 7, outcome: "failed" });
  host.onEvent({ news: "host", host: "production", processes: [process(9)], ports: [8000] });
  expect(host.processes.get().map(({ pid }) => pid)).toEqual([9]);
  expect(host.ports.get()).toEqual([8000]);
});
