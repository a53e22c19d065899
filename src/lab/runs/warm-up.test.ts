import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { PlanDefinition } from "../../lab-definition/schema.ts";
import type { LoadPlan } from "../../load/plan.ts";
import { manyAnswers } from "../../load/warm-rule.ts";
import type { Capabilities, ProcessInfo } from "../../machine/machine.ts";
import { RequestLog } from "../side/request-log.ts";
import { emptyReport, ScriptedHost, ScriptedMachine } from "../testing/scripted-machine.ts";
import { Warmth, warmUpRequests } from "./warm-up.ts";

const plan = (change: Partial<PlanDefinition> = {}): PlanDefinition => ({
  name: "quick",
  label: "A quick page",
  requests: [{ path: "/" }],
  users: 10,
  seconds: 6,
  timeout: 10,
  waitsOnly: false,
  ...change,
});

const worker = (pid: number, started = 0): ProcessInfo => ({
  pid,
  parent: 1,
  title: "worker",
  state: "waiting",
  started,
  requests: 0,
});

/** How long a worker takes for the answer that it gives as its n-th. */
type Pace = (pid: number, place: number) => number;

/**
 * A side whose workers answer at this pace, each as often as the others, a fixed number of times in each part of a
 * warm-up.
 */
function side(workers: readonly ProcessInfo[], pace: Pace, answersInPart = 50) {
  const host = new ScriptedHost("production", new ScriptedMachine({}));
  const workforce = signal({ mains: [] as readonly ProcessInfo[], workers });
  const asked: LoadPlan[] = [];
  const answered = new Map<number, number>();
  let id = 0;
  host.makeRun = (_port, warmUpPlan) => {
    asked.push(warmUpPlan);
    const report = async () => {
      const pids = workforce.value.workers.map(({ pid }) => pid);
      for (const pid of pids) {
        for (let answer = 0; answer < answersInPart; answer += 1) {
          const place = answered.get(pid) ?? 0;
          answered.set(pid, place + 1);
          id += 1;
          const firstByte = 100 + pace(pid, place);
          host.emit([
            { id, port: 8000, pid, queued: 0, accepted: 100, firstByte, end: firstByte, outcome: "answered" },
          ]);
        }
      }
      return { ...emptyReport(warmUpPlan), statuses: { 200: answersInPart * pids.length } };
    };
    return { onTick: () => () => {}, stop: () => {}, report: report() };
  };
  return { host, workforce, asked, answered, requests: new RequestLog(), target: () => ({ host, port: 8000 }) };
}

const capabilities: Capabilities = {
  signals: true,
  connect: true,
  requestEvents: true,
  parallelCores: true,
  preemption: true,
  warms: true,
};

const context = (of: ReturnType<typeof side>, change: Partial<PlanDefinition> = {}) => ({
  side: of,
  plan: plan(change),
  path: "/",
  machine: { capabilities },
  over: (): "skipped" | "stopped" | undefined => undefined,
  running: () => {},
});

describe("what a warm-up asks", () => {
  it.each([
    [
      "the plan's own pages, in its own mix",
      plan({ requests: [{ path: "/", weight: 3 }, { path: "/b" }] }),
      ["/", "/b"],
    ],
    [
      "nothing that is asked once, as pages that hang are",
      plan({ requests: [{ path: "/hang", once: 1 }, { path: "/" }] }),
      ["/"],
    ],
    ["nothing that changes anything", plan({ requests: [{ path: "/order", method: "POST" }, { path: "/" }] }), ["/"]],
    ["nothing at all, where a plan does nothing else", plan({ requests: [{ path: "/order", method: "POST" }] }), []],
    ["a quick page instead of one that waits", plan({ requests: [{ path: "/io" }], waitsOnly: true }), ["/warm"]],
  ] as const)("%s", (_what, of, paths) => {
    expect(warmUpRequests(of, "/warm").map(({ path }) => path)).toEqual(paths);
  });

  it("compares no answers: what is said in it contradicts nothing later", () => {
    const [request] = warmUpRequests(plan({ requests: [{ path: "/count", number: "never-falls" }] }), "/warm");
    expect(request).toEqual({ path: "/count" });
  });
});

describe("warming up", () => {
  it("asks until each worker is warm, also the one that takes longest for it", async () => {
    // 41 is warm from the first, 42 gets quicker for long.
    const pace: Pace = (pid, place) => (pid === 41 ? 1 : Math.max(1, 20 * 0.99 ** place));
    const of = side([worker(41), worker(42)], pace);
    const warmUp = await new Warmth().warm(context(of));
    expect(warmUp).toMatchObject({ end: "warm", answers: 100 * of.asked.length });
    expect(pace(42, of.answered.get(42) ?? 0)).toBeLessThan(1.5);
    expect(of.asked[0]).toMatchObject({ model: { kind: "closed", users: 4 }, requests: [{ path: "/" }] });
  });

  it("is done once for a process, and again for one that has taken its place or was started anew", async () => {
    const of = side([worker(41), worker(42)], () => 5, manyAnswers);
    const warmth = new Warmth();
    expect(await warmth.warm(context(of))).toMatchObject({ end: "warm" });
    expect(warmth.warm(context(of))).toBeUndefined();
    of.workforce.value = { mains: [], workers: [worker(41), worker(43)] };
    expect(await warmth.warm(context(of))).toMatchObject({ end: "warm" });
    of.workforce.value = { mains: [], workers: [worker(41, 9000), worker(43)] };
    expect(await warmth.warm(context(of))).toMatchObject({ end: "warm" });
    expect(warmth.warm(context(of))).toBeUndefined();
    // Another page is other code.
    expect(await warmth.warm(context(of, { requests: [{ path: "/cpu" }] }))).toMatchObject({ end: "warm" });
  });

  it("does not wait for a worker that a request holds, nor for one that answers nothing", async () => {
    const of = side([worker(41)], () => 5, manyAnswers);
    of.requests.record([{ id: 1, port: 8000, pid: 41, queued: 0, accepted: 1 }]);
    expect(new Warmth().warm(context(of))).toBeUndefined();
    const silent = side([worker(41)], () => 5, 0);
    expect(await new Warmth().warm(context(silent))).toMatchObject({ end: "limit", answers: 0 });
    expect(silent.asked).toHaveLength(1);
  });

  it("ends when the reader does not want to wait", async () => {
    const of = side([worker(41)], (_pid, place) => 100 * 0.97 ** place, 20);
    const over = () => (of.asked.length >= 3 ? ("skipped" as const) : undefined);
    expect(await new Warmth().warm({ ...context(of), over })).toMatchObject({ end: "skipped", answers: 60 });
  });

  it("asks nothing of a machine whose programs do not get quicker", () => {
    const of = side([worker(41)], () => 5);
    const { warms: _, ...steady } = capabilities;
    expect(new Warmth().warm({ ...context(of), machine: { capabilities: steady } })).toBeUndefined();
  });
});
