import { describe, expect, it } from "vitest";
import type { ExitStatus } from "../../machine/machine.ts";
import { neverStarted, next, type ServerEvent, type ServerState } from "./server-phase.ts";

const killed: ExitStatus = { kind: "killed", signal: "SIGKILL" };
const left: ExitStatus = { kind: "exited", code: 0 };
const nobody = { mains: [], workers: [] };
const after = (...events: readonly ServerEvent[]): ServerState => events.reduce(next, neverStarted);

const start = (expectedWorkers?: number): ServerEvent => ({ kind: "start", expectedWorkers });
const spawned: ServerEvent = { kind: "spawned", pid: 40 };
const seen = (workers: number, booted: number, listening = true): ServerEvent => ({
  kind: "seen",
  listening,
  workers,
  booted,
});
const single = [start(), spawned, seen(1, 1)];
const prefork = [start(2), spawned, seen(2, 2)];
const takenOver: readonly ServerEvent[] = [
  ...prefork,
  { kind: "exited", status: left, holders: { mains: [51], workers: [] } },
];

const rows: readonly (readonly [name: string, events: readonly ServerEvent[], phase: ServerState["phase"]])[] = [
  ["is idle at first", [], { kind: "idle" }],
  [
    "is starting while its machine opens",
    [{ kind: "prepare" }],
    { kind: "starting", expectedWorkers: undefined, slow: false },
  ],
  ["is idle again when the machine does not open", [{ kind: "prepare" }, { kind: "giveUp" }], { kind: "idle" }],
  ["goes on running while a machine is prepared", [...single, { kind: "prepare" }], { kind: "running" }],
  ["goes on running when a machine is given up", [...single, { kind: "giveUp" }], { kind: "running" }],
  ["knows how many workers it waits for", [start(4)], { kind: "starting", expectedWorkers: 4, slow: false }],
  [
    "is not up before its process is there",
    [start(), seen(1, 1)],
    { kind: "starting", expectedWorkers: undefined, slow: false },
  ],
  [
    "is not up before it listens",
    [start(), spawned, seen(1, 1, false)],
    { kind: "starting", expectedWorkers: undefined, slow: false },
  ],
  [
    "is not up before each worker has booted",
    [start(2), spawned, seen(2, 1)],
    { kind: "starting", expectedWorkers: 2, slow: false },
  ],
  [
    "is not up before all workers are there",
    [start(2), spawned, seen(1, 1)],
    { kind: "starting", expectedWorkers: 2, slow: false },
  ],
  ["is up once it listens with all its workers", prefork, { kind: "running" }],
  ["is up with one process where nothing says how many", single, { kind: "running" }],
  [
    "is called running when it forks for too long",
    [start(2), spawned, seen(2, 1), { kind: "bootTimeout", listening: true }],
    { kind: "running" },
  ],
  [
    "is not called running if it no longer listens",
    [start(2), spawned, seen(2, 1), { kind: "bootTimeout", listening: false }],
    { kind: "starting", expectedWorkers: 2, slow: false },
  ],
  ["says when it is slow", [start(2), spawned, { kind: "slow" }], { kind: "starting", expectedWorkers: 2, slow: true }],
  ["is not slow once it runs", [...single, { kind: "slow" }], { kind: "running" }],
  [
    "could not be started",
    [start(), { kind: "failed", message: "no such host" }],
    { kind: "failed", message: "no such host" },
  ],
  [
    "ended before it answered",
    [start(), spawned, { kind: "exited", status: left, holders: { mains: [51], workers: [52] } }],
    { kind: "exited", status: left, wasRunning: false },
  ],
  [
    "ended after it ran",
    [...single, { kind: "exited", status: killed, holders: nobody }],
    { kind: "exited", status: killed, wasRunning: true },
  ],
  [
    "ended in order: what its children still hold is no successor",
    [...single, { kind: "exited", status: left, holders: { mains: [], workers: [52] } }],
    { kind: "exited", status: left, wasRunning: true },
  ],
  [
    "was killed and has left its port to a child",
    [...single, { kind: "exited", status: killed, holders: { mains: [], workers: [52] } }],
    { kind: "running", successor: 52 },
  ],
  ["has left its port to a second master", takenOver, { kind: "running", successor: 51 }],
  [
    "was a master that was killed: its workers are no successors",
    [...prefork, { kind: "exited", status: killed, holders: { mains: [], workers: [52] } }],
    { kind: "exited", status: killed, wasRunning: true },
  ],
  [
    "lost its successor, too",
    [...takenOver, { kind: "successorExited", holders: nobody }],
    { kind: "successorExited", successor: 51 },
  ],
  [
    "has a third master",
    [...takenOver, { kind: "successorExited", holders: { mains: [60], workers: [] } }],
    { kind: "running", successor: 60 },
  ],
  ["has no successor that could exit", [...single, { kind: "successorExited", holders: nobody }], { kind: "running" }],
  ["stops", [...single, { kind: "abandon" }, { kind: "stopping" }], { kind: "stopping" }],
  ["has nothing to stop", [{ kind: "abandon" }, { kind: "stopping" }], { kind: "idle" }],
  ["stopped", [...single, { kind: "abandon" }, { kind: "stopping" }, { kind: "stopped" }], { kind: "stopped" }],
  ["stopped with its machine", [...single, { kind: "abandon" }, { kind: "detached" }], { kind: "stopped" }],
  [
    "ended before its machine did, and still says how",
    [...single, { kind: "exited", status: killed, holders: nobody }, { kind: "detached" }],
    { kind: "exited", status: killed, wasRunning: true },
  ],
  ["is forgotten", [...single, { kind: "abandon" }, { kind: "forget" }], { kind: "idle" }],
];

describe("the phase of a server that", () => {
  it.each(rows)("%s", (_, events, phase) => {
    expect(after(...events).phase).toEqual(phase);
  });
});

describe("a life", () => {
  it.each<[string, readonly ServerEvent[]]>([
    ["a start", [start()]],
    ["an end", [{ kind: "exited", status: killed, holders: nobody }]],
    ["an end with a successor", [{ kind: "exited", status: left, holders: { mains: [51], workers: [] } }]],
    ["a stop", [{ kind: "abandon" }]],
  ])("is over with %s: what belongs to it comes too late", (_, events) => {
    const before = after(...prefork);
    const { life, started, listened } = events.reduce(next, before);
    expect(life).toBe(before.life + 1);
    expect(started).toBeUndefined();
    expect(listened).toBe(false);
  });

  it("goes on while a successor leaves the port to another", () => {
    const before = after(...takenOver);
    expect(next(before, { kind: "successorExited", holders: { mains: [60], workers: [] } }).life).toBe(before.life);
  });

  it("remembers that it has listened, so that the time for booting begins once", () => {
    const booting = after(start(2), spawned, seen(2, 1));
    expect(booting.listened).toBe(true);
    expect(next(booting, seen(2, 1)).listened).toBe(true);
  });
});

describe("the main process", () => {
  it("is the started one where a program leaves its work to children, and then its successor", () => {
    expect(after(...prefork).mainPid).toBe(40);
    expect(after(...takenOver).mainPid).toBe(51);
  });

  it("is unknown where a program answers itself, and once it is gone", () => {
    expect(after(...single).mainPid).toBeUndefined();
    expect(after(...prefork, { kind: "exited", status: killed, holders: nobody }).mainPid).toBeUndefined();
  });
});
