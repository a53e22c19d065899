import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LoadRun } from "../machine/machine.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";
import { PlanError } from "./check-plan.ts";
import type { Clock } from "./clock.ts";
import { reportOfTicks } from "./cut-short.ts";
import { type LoadGenerator, startLoad } from "./generator.ts";
import type { LoadModel, LoadPlan, LoadTick } from "./plan.ts";
import type { ExchangeOutcome } from "./requester.ts";
import { type Service, VirtualServer, type VirtualServerOptions } from "./testing/virtual-server.ts";

const basic: LoadPlan = {
  name: "test",
  model: { kind: "closed", users: 10 },
  requests: [{ path: "/" }],
  duration: 10_000,
  timeout: 5_000,
  seed: 1,
};

const fixed = (time: number, outcome?: ExchangeOutcome): VirtualServerOptions => ({
  serve: (): Service => ({ time, ...(outcome && { outcome }) }),
});

const failing: ExchangeOutcome = { kind: "answered", status: 500, bytes: 100 };

function start(changes: Partial<LoadPlan>, options: VirtualServerOptions) {
  const clock = new VirtualClock();
  const server = new VirtualServer(clock, options);
  const run = startLoad({ ...basic, ...changes }, { clock, requester: server });
  return { clock, server, run };
}

async function report(changes: Partial<LoadPlan>, options: VirtualServerOptions) {
  const { clock, server, run } = start(changes, options);
  return { report: await clock.runUntil(run.report), server, clock };
}

/** Both within `share` of each other. */
function within(share: number, actual: number | undefined, expected: number): void {
  expect(Math.abs((actual ?? Number.NaN) / expected - 1)).toBeLessThanOrEqual(share);
}

describe("readers who keep their cookies", () => {
  const readersOf = async (changes: Partial<LoadPlan>) => {
    const { server } = await report({ model: { kind: "closed", users: 3 }, duration: 1000, ...changes }, fixed(100));
    return new Map(server.visits.map(({ reader }) => [reader, server.visits.filter((each) => each.reader === reader)]));
  };

  it("are the same from request to request", async () => {
    const readers = await readersOf({ keepCookies: true });
    expect(Array.from(readers.values(), (visits) => visits.length)).toEqual([10, 10, 10]);
  });

  it("are nobody where the plan does not say so", async () => {
    expect([...(await readersOf({})).keys()]).toEqual([undefined]);
  });
});

describe("a plan that counts by a header", () => {
  it("tells at each tick how many answers had which value", async () => {
    const answer = (header?: string): ExchangeOutcome => ({
      kind: "answered",
      status: 200,
      bytes: 100,
      ...(header !== undefined && { header }),
    });
    const { report: result } = await report(
      { countBy: "x-version", duration: 1000 },
      {
        serve: (_, arrived) => ({
          time: 50,
          outcome: arrived < 300 ? answer("1") : arrived < 600 ? answer() : answer("2"),
        }),
      },
    );
    expect(result.series.find(({ at }) => at === 300)?.doneBy).toEqual({ "1": 60 });
    expect(result.series.at(-1)?.doneBy).toEqual({ "1": 60, "": 60, "2": 80 });
  });

  it("does not fill the page with the values of a server that sends another each time", async () => {
    let last = 0;
    const { report: result } = await report(
      { countBy: "x-version", duration: 1000 },
      { serve: () => ({ time: 50, outcome: { kind: "answered", status: 200, bytes: 1, header: `${++last}` } }) },
    );
    expect(Object.keys(result.series.at(-1)?.doneBy ?? {})).toHaveLength(21);
  });
});

describe("time to first byte", () => {
  it("is apart from latency where an answer comes in parts, and the same where it does not", async () => {
    const changes = { model: { kind: "closed", users: 1 } as const, duration: 10_000 };
    const { report: streamed } = await report(changes, { serve: () => ({ time: 500, firstByte: 100 }) });
    within(0.02, streamed.firstByte?.p50, 100);
    within(0.02, streamed.latency.p50, 500);
    const { report: whole } = await report(changes, fixed(500));
    within(0.02, whole.firstByte?.p50, 500);
  });

  it("counts from when a request should have been sent, and only where an answer was successful", async () => {
    const { report: result } = await report(
      { model: { kind: "closed", users: 4 }, duration: 2000, timeout: 5000 },
      { workers: 1, serve: (_, at) => ({ time: 100, firstByte: 50, ...(at > 1000 && { outcome: failing }) }) },
    );
    expect(result.firstByte?.count).toBe(result.done);
    // Three others were served first.
    within(0.02, result.firstByte?.p50, 350);
  });

  it("is not known of what never began", async () => {
    const { report: result } = await report({ duration: 1000, timeout: 500 }, fixed(Number.POSITIVE_INFINITY));
    expect(result.firstByte).toEqual({ count: 0 });
  });
});

describe("a plan whose answers have to fit together", () => {
  const says = (body: string, status = 200): ExchangeOutcome => ({
    kind: "answered",
    status,
    bytes: 100,
    header: body,
  });
  /** Each answer's `header` stands for its body: what a requester would hand to the rule. */
  const told = async (changes: Partial<LoadPlan>, answers: readonly string[], status?: number) => {
    let next = 0;
    const options: VirtualServerOptions = {
      serve: () => ({ time: 100, outcome: says(answers[next++ % answers.length] ?? "", status) }),
      judged: ({ header = "" }) => header,
    };
    return (await report({ model: { kind: "closed", users: 1 }, duration: 400, ...changes }, options)).report;
  };

  it("counts an answer that contradicts what its reader has seen as a failure of its own kind", async () => {
    const result = await told({ requests: [{ path: "/", number: "never-falls" }] }, ["12", "7", "9", "12"]);
    expect(result).toMatchObject({ done: 2, failed: { contradictory: 2 }, statuses: { 200: 4 } });
    expect(result.latency.count).toBe(2);
    expect(result.failedWait.count).toBe(2);
    expect(result.series.at(-1)).toMatchObject({ done: 2, failed: 2, failedBy: { contradictory: 2 } });
  });

  it("keeps readers apart where a number must not fall", async () => {
    const requests = [{ path: "/", number: "never-falls" }] as const;
    const result = await told({ requests, model: { kind: "closed", users: 2 } }, ["12", "7"]);
    expect(result).toMatchObject({ done: 8, failed: {} });
  });

  it("compares all readers where a number must not repeat, those who ask once included", async () => {
    const requests = [
      { path: "/order", number: "never-repeats", once: 3 },
      { path: "/", weight: 1 },
    ] as const;
    const model = { kind: "closed", users: 0 } as const;
    expect(await told({ requests, model }, ["1", "2", "1"])).toMatchObject({ done: 2, failed: { contradictory: 1 } });
  });

  it("counts an error as what it is, and asks no rule where the plan has none", async () => {
    const requests = [{ path: "/", number: "never-falls" }] as const;
    expect(await told({ requests }, ["12", "7"], 500)).toMatchObject({ failed: { "5xx": 4 } });
    expect(await told({}, ["12", "7"])).toMatchObject({ done: 4, failed: {} });
  });
});

describe("the closed model", () => {
  it("is a load run of the contract", () => {
    const run: LoadRun = start({}, fixed(50)).run satisfies LoadGenerator;
    run.stop();
  });

  it("counts the answers of a full queue at the server's own rate, with a warm-up too", async () => {
    const { report: result } = await report(
      { model: { kind: "closed", users: 8 }, warmup: 500, duration: 3500 },
      { ...fixed(100), workers: 1 },
    );
    expect(result.achievedRate).toBeCloseTo(10, 6);
  });

  it("ends though a timer fires early, as Node's can", async () => {
    const clock = new VirtualClock();
    const hasty: Clock = { now: () => clock.now(), after: (ms, fn) => clock.after(ms > 1 ? ms - 0.4 : ms, fn) };
    const plan: LoadPlan = { ...basic, model: { kind: "closed", users: 0 }, requests: [{ path: "/", once: 8 }] };
    const run = startLoad(plan, { clock: hasty, requester: new VirtualServer(clock, fixed(50)) });
    const result = await clock.runUntil(run.report);
    expect(result).toMatchObject({ end: "complete", done: 8 });
  });

  it("keeps each reader waiting for an answer before the next request", async () => {
    const { report: result, server } = await report({}, fixed(50));
    expect(result.end).toBe("complete");
    expect(result.done).toBe(10 * (10_000 / 50));
    expect(server.visits).toHaveLength(result.done);
    within(0.01, result.achievedRate, 200);
    within(0.01, result.offeredRate, 200);
    within(0.001, result.meanInFlight, 10);
    expect(result.bytesReceived).toBe(100 * result.done);
    expect(result.elapsed).toBeCloseTo(10_000, 6);
    expect(server.closed).toBe(true);
  });

  it.each([
    ["both", "latency" as const],
    ["from sending", "latencyFromSending" as const],
  ])("says 50 ms within 2 %% of a constant 50 ms: %s", async (_, field) => {
    const { report: result } = await report({}, fixed(50));
    for (const figure of ["mean", "max", "p50", "p95", "p99"] as const) within(0.02, result[field][figure], 50);
    for (const tick of result.series.slice(1)) within(0.02, tick.latency.p50, 50);
  });

  it("lets readers think", async () => {
    const { report: result } = await report(
      { model: { kind: "closed", users: 20, thinkTime: 950 }, duration: 60_000 },
      fixed(50),
    );
    within(0.02, result.achievedRate, 20);
  });

  it("spreads thinking readers from the start", async () => {
    const { server } = await report({ model: { kind: "closed", users: 100, thinkTime: 1000 } }, fixed(1));
    const inFirstTenth = server.visits.filter(({ arrived }) => arrived < 100).length;
    expect(inFirstTenth).toBeGreaterThan(0);
    expect(inFirstTenth).toBeLessThan(30);
  });

  it("waits after the end for requests under way", async () => {
    const { report: result } = await report({ duration: 1000 }, fixed(600));
    expect(result.done).toBe(20);
    expect(result.achievedRate).toBe(10);
    expect(result.elapsed).toBe(1200);
    expect(result.end).toBe("complete");
  });

  it("knocks at a closed door ten times a second", async () => {
    const { report: result, server } = await report(
      { duration: 1000, model: { kind: "closed", users: 1 } },
      fixed(0, { kind: "failed", failure: "refused" }),
    );
    expect(server.visits).toHaveLength(10);
    expect(result.failed).toEqual({ refused: 10 });
    expect(result.latency).toEqual({ count: 0 });
  });
});

describe("requests sent once", () => {
  const hang = (request: { path: string }): Service => ({
    time: request.path === "/hang" ? Number.POSITIVE_INFINITY : 50,
  });

  it("go out at the start, by readers of their own", async () => {
    const { report: result, server } = await report(
      { requests: [{ path: "/hang", once: 2 }, { path: "/" }], timeout: 4000 },
      { serve: hang },
    );
    expect(server.visits.filter(({ request }) => request.path === "/hang").map(({ arrived }) => arrived)).toEqual([
      0, 0,
    ]);
    expect(result.done).toBe(2000);
    expect(result.failed).toEqual({ "timed out": 2 });
    expect(result.failedWait).toEqual({ count: 2, mean: 4000, max: 4000 });
  });

  it("can be all that a plan has", async () => {
    const { report: result } = await report({ requests: [{ path: "/", once: 3 }] }, fixed(50));
    expect(result.done).toBe(3);
    expect(result.end).toBe("complete");
  });
});

describe("failures", () => {
  it.each([404, 500])("count an answer %i, and keep its latency apart", async (status) => {
    const { report: result } = await report({ duration: 1000 }, fixed(5, { kind: "answered", status, bytes: 10 }));
    expect(result.failed).toEqual({ [status < 500 ? "4xx" : "5xx"]: 2000 });
    expect(result.done).toBe(0);
    expect(result.latency.count).toBe(0);
    within(0.02, result.failedWait.p50, 5);
    expect(result.bytesReceived).toBe(20_000);
  });

  it.each(["refused", "reset", "malformed", "timed out"] as const)("count as %s", async (failure) => {
    const outcome: ExchangeOutcome = { kind: "failed", failure };
    const { report: result } = await report({ duration: 1000, model: { kind: "closed", users: 1 } }, fixed(5, outcome));
    expect(result.failed).toEqual({ [failure]: 10 });
  });

  it("time out, hang up, and end the run at the latest a time-out after its end", async () => {
    const { report: result, server, clock } = await report({ duration: 1000, timeout: 300 }, fixed(Infinity));
    expect(result.failed).toEqual({ "timed out": 40 });
    expect(server.visits.every((visit) => visit.cancelled)).toBe(true);
    expect(clock.now()).toBe(1200);
    within(0.001, result.failedWait.p50, 300);
  });

  it("let a late answer pass unnoticed", async () => {
    const { report: result } = await report({ duration: 1000, timeout: 300 }, fixed(400));
    expect(result.done).toBe(0);
    expect(result.failed).toEqual({ "timed out": 40 });
  });
});

describe("the end of a run", () => {
  it("comes at once when it is stopped", async () => {
    const { clock, server, run } = start({}, fixed(70));
    await clock.pass(1000);
    run.stop();
    const result = await run.report;
    expect(result.end).toBe("stopped");
    expect(result.done).toBe(140);
    expect(result.unfinished).toBe(10);
    expect(result.elapsed).toBe(1000);
    expect(server.visits).toHaveLength(150);
    expect(server.visits.filter((visit) => visit.cancelled)).toHaveLength(10);
    expect(server.closed).toBe(true);
    await clock.pass(5000);
    expect(server.visits).toHaveLength(150);
  });

  it("keeps what was seen of a machine that died", async () => {
    const { clock, run } = start({}, fixed(50));
    await clock.pass(1025);
    run.machineDied();
    run.stop();
    const result = await run.report;
    expect(result.end).toBe("machine died");
    expect(result.done).toBe(200);
    expect(result.unfinished).toBe(10);
  });

  it("can come from a listener", async () => {
    const { clock, run } = start({}, fixed(50));
    const ticks: LoadTick[] = [];
    run.onTick((tick) => {
      ticks.push(tick);
      run.stop();
    });
    const result = await clock.runUntil(run.report);
    expect(clock.now()).toBeCloseTo(100, 2);
    expect(ticks).toEqual(result.series);
  });
});

describe("ticks", () => {
  it("come ten times a second, with the last second's rate and latency, and are the report's series", async () => {
    const { clock, run } = start({}, { serve: (_, arrived) => ({ time: arrived < 5000 ? 50 : 100 }) });
    const ticks: LoadTick[] = [];
    run.onTick((tick) => {
      ticks.push(tick);
      expect(clock.now()).toBeCloseTo(tick.at, 2);
    });
    const result = await clock.runUntil(run.report);
    expect(ticks).toEqual(result.series);
    expect(ticks.map(({ at }) => at)).toEqual(Array.from({ length: 100 }, (_, index) => (index + 1) * 100));
    within(0.02, ticks[48]?.rate, 200);
    within(0.02, ticks[48]?.latency.p95, 50);
    within(0.02, ticks[90]?.rate, 100);
    within(0.02, ticks[90]?.latency.p50, 100);
    expect(ticks[90]?.inFlight).toBe(10);
    expect(ticks.at(-1)?.done).toBe(result.done);
  });

  it("tell what was offered and what failed in the last second", async () => {
    const { report: result } = await report(
      { model: { kind: "steps", rates: [50, 100] }, timeout: 200 },
      { serve: (_, arrived) => ({ time: arrived < 7000 ? 10 : Infinity }) },
    );
    const tickAt = (at: number) => result.series.find((tick) => tick.at === at);
    within(0.03, tickAt(4000)?.offeredRate, 50);
    within(0.03, tickAt(6500)?.offeredRate, 100);
    expect(tickAt(7000)?.failureRate).toBe(0);
    within(0.03, tickAt(9000)?.failureRate, 100);
    expect(tickAt(9000)?.failedBy).toEqual({ "timed out": tickAt(9000)?.failed });
    expect(result.statuses).toEqual({ 200: result.done });
  });

  it("are what is left of a run whose generator is gone", async () => {
    const { clock, run } = start(
      { model: { kind: "constant", rate: 100, connections: 20 }, warmup: 500, timeout: 300 },
      { serve: (_, arrived) => ({ time: arrived < 1500 ? 10 : Infinity }) },
    );
    const ticks: LoadTick[] = [];
    run.onTick((tick) => ticks.push(tick));
    await clock.pass(3000.5);
    const heard = [...ticks];
    run.machineDied();
    const whole = await run.report;
    const left = reportOfTicks(whole.plan, heard, "machine died");
    expect(whole.dropped).toBeGreaterThan(0);
    for (const key of ["end", "done", "failed", "dropped"] as const) expect(left[key]).toEqual(whole[key]);
    within(0.01, left.achievedRate, whole.achievedRate);
    within(0.01, left.elapsed, whole.elapsed);
  });

  it("say the right rate when the last step is short", async () => {
    const { report: result } = await report({ model: { kind: "constant", rate: 1000 }, duration: 5000 }, fixed(3));
    expect(result.series.at(-1)?.at).toBeCloseTo(5002, 1);
    within(0.01, result.series.at(-1)?.rate, 1000);
    within(0.02, result.series[2]?.rate, 1000);
  });

  it("catch up after a freeze", async () => {
    const { clock, run } = start({ duration: 2000 }, fixed(50));
    clock.after(500, () => clock.freeze(1000));
    const result = await clock.runUntil(run.report);
    expect(result.series.map(({ at }) => at)).toEqual(Array.from({ length: 20 }, (_, index) => (index + 1) * 100));
  });

  it("stop for who has unsubscribed", async () => {
    const { clock, run } = start({ duration: 1000 }, fixed(50));
    let ticks = 0;
    const unsubscribe = run.onTick(() => ticks++);
    await clock.pass(550);
    unsubscribe();
    unsubscribe();
    await clock.runUntil(run.report);
    expect(ticks).toBe(5);
  });
});

describe("the mix", () => {
  it("follows the weights", async () => {
    const requests = [
      { path: "/a", weight: 6 },
      { path: "/b", weight: 3 },
      { path: "/c" },
      { path: "/never", weight: 0 },
    ];
    const { report: result, server } = await report({ requests }, fixed(1));
    const share = (path: string) => server.visits.filter(({ request }) => request.path === path).length / result.done;
    within(0.02, share("/a"), 0.6);
    within(0.02, share("/b"), 0.3);
    within(0.03, share("/c"), 0.1);
    expect(share("/never")).toBe(0);
  });

  it("is the same for the same seed, whatever the server", async () => {
    const requests = [{ path: "/a" }, { path: "/b" }];
    const asked = async (seed: number, time: number) =>
      (await report({ requests, seed }, fixed(time))).server.visits.slice(0, 500).map(({ request }) => request.path);
    expect(await asked(7, 50)).toEqual(await asked(7, 80));
    expect(await asked(7, 50)).not.toEqual(await asked(8, 50));
  });
});

describe("open models", () => {
  const constant: LoadModel = { kind: "constant", rate: 100 };

  it("send by the schedule, whatever the server does", async () => {
    const { report: result, server } = await report({ model: constant }, fixed(3000));
    expect(server.visits).toHaveLength(1000);
    server.visits.forEach(({ arrived }, index) => void expect(arrived).toBeCloseTo(index * 10, 2));
    expect(result.offeredRate).toBeCloseTo(100, 6);
    within(0.01, result.achievedRate, 70);
    expect(result.done).toBe(1000);
    within(0.02, result.latency.p99, 3000);
    expect(result.lateness.max).toBeLessThan(0.01);
  });

  it("show a stall of two seconds in the corrected p99 and not in the raw one", async () => {
    const stall = (arrived: number) => (arrived >= 5000 && arrived < 7000 ? 7000 - arrived + 5 : 5);
    const { report: result } = await report(
      { model: { ...constant, connections: 1 }, duration: 30_000 },
      { serve: (_, arrived) => ({ time: stall(arrived) }) },
    );
    expect(result.latency.p99).toBeGreaterThan(1500);
    within(0.03, result.latency.max, 2005);
    within(0.02, result.latencyFromSending.p99, 5);
    expect(result.done).toBe(3000);
  });

  it("show a generator that froze, as lateness", async () => {
    const { clock, run } = start({ model: constant }, fixed(5));
    clock.after(5000, () => clock.freeze(2000));
    const result = await clock.runUntil(run.report);
    expect(result.latency.p99).toBeGreaterThan(1500);
    expect(result.lateness.p99).toBeGreaterThan(1500);
    within(0.02, result.latencyFromSending.p99, 5);
  });

  it("drop who finds no place before the time-out", async () => {
    const {
      report: result,
      server,
      clock,
    } = await report(
      { model: { ...constant, connections: 10 }, duration: 5000, timeout: 1000 },
      fixed(Number.POSITIVE_INFINITY),
    );
    const timedOut = result.failed["timed out"] ?? 0;
    expect(timedOut + result.dropped).toBe(500);
    expect(result.dropped).toBeGreaterThan(0);
    expect(server.visits).toHaveLength(timedOut);
    expect(clock.now()).toBeLessThanOrEqual(6000.01);
    expect(result.series.at(-1)?.dropped).toBe(result.dropped);
    expect(result.failedWait.max).toBeLessThan(2000.1);
  });

  it("count who waits for a place as unfinished when the run is stopped", async () => {
    const { clock, run } = start({ model: { ...constant, connections: 5 } }, fixed(10_000));
    await clock.pass(1005);
    run.stop();
    const result = await run.report;
    expect(result.unfinished).toBe(101);
  });

  it.each<LoadModel>([
    { kind: "poisson", rate: 80 },
    { kind: "ramp", from: 0, to: 100 },
    { kind: "steps", rates: [10, 0, 50] },
    { kind: "burst", rate: 5, size: 100, every: 3000 },
  ])("run to their end: $kind", async (model) => {
    const { report: result, server } = await report({ model }, { workers: 4, ...fixed(20) });
    expect(result.end).toBe("complete");
    expect(result.done).toBe(server.visits.length);
    expect(result.done).toBeGreaterThan(150);
  });
});

describe("the warm-up", () => {
  it("is not counted", async () => {
    const { report: result, server } = await report(
      { warmup: 2000, model: { kind: "constant", rate: 100 } },
      { serve: (_, arrived) => ({ time: arrived < 1500 ? 500 : 20 }) },
    );
    expect(server.visits).toHaveLength(1000);
    expect(result.done).toBe(800);
    expect(result.latency.max).toBeCloseTo(20, 2);
    within(0.01, result.achievedRate, 100);
    expect(result.offeredRate).toBe(100);
    expect(result.elapsed).toBeCloseTo(8010, 1);
    expect(result.series.filter((tick) => tick.warmingUp)).toHaveLength(20);
    expect(result.series[19]).toMatchObject({ done: 0, at: 2000 });
    within(0.05, result.series[29]?.rate, 100);
  });
});

describe("the halves of a run", () => {
  it("are those of the time that counts, each with its own answers and median", async () => {
    const { report: result } = await report(
      { warmup: 2000, model: { kind: "constant", rate: 100 } },
      { serve: (_, arrived) => ({ time: arrived < 2000 ? 500 : arrived < 6000 ? 20 : 40 }) },
    );
    const [first, second] = result.halves ?? [];
    // Those that were asked for in the warm-up and come in the first half are answers of a stretch of time, too.
    expect((first?.answers ?? 0) + (second?.answers ?? 0)).toBe(Math.round(result.achievedRate * 8));
    within(0.15, first?.rate, 100);
    within(0.05, second?.rate, 100);
    within(0.01, first?.median, 20);
    within(0.01, second?.median, 40);
  });

  it("have no median where too few were answered, and are not known of a run that was cut short", async () => {
    const few = await report({ model: { kind: "constant", rate: 1 } }, fixed(20));
    expect(few.report.halves).toEqual([
      { answers: 5, rate: 1 },
      { answers: 5, rate: 1 },
    ]);
    const { clock, run } = start({}, fixed(20));
    await clock.pass(3000);
    run.stop();
    expect((await run.report).halves).toBeUndefined();
  });
});

describe("readers who give up", () => {
  it("hang up after a time of their own, exponential with the mean that the plan names", async () => {
    const { report: result, server } = await report(
      { model: { kind: "poisson", rate: 100 }, patience: 500, timeout: 100_000, duration: 60_000 },
      fixed(Number.POSITIVE_INFINITY),
    );
    expect(result.failed).toEqual({ "gave up": server.visits.length });
    within(0.05, result.failedWait.mean, 500);
    within(0.06, result.failedWait.p50, 500 * Math.LN2);
    expect(server.visits.every((visit) => visit.cancelled)).toBe(true);
  });

  it("are as many as the service time explains", async () => {
    const { report: result } = await report(
      { model: { kind: "poisson", rate: 100 }, patience: 500, duration: 60_000 },
      fixed(200),
    );
    within(0.05, (result.failed["gave up"] ?? 0) / (result.done + (result.failed["gave up"] ?? 0)), 1 - Math.exp(-0.4));
  });
});

describe("any run", () => {
  const models: fc.Arbitrary<LoadModel> = fc.oneof(
    fc.record({
      kind: fc.constant("closed" as const),
      users: fc.integer({ min: 1, max: 30 }),
      thinkTime: fc.integer({ min: 0, max: 300 }),
    }),
    fc.record({
      kind: fc.constant("constant" as const),
      rate: fc.integer({ min: 1, max: 200 }),
      connections: fc.integer({ min: 1, max: 50 }),
    }),
    fc.record({
      kind: fc.constant("poisson" as const),
      rate: fc.integer({ min: 1, max: 200 }),
      connections: fc.integer({ min: 1, max: 50 }),
    }),
    fc.record({
      kind: fc.constant("ramp" as const),
      from: fc.integer({ min: 0, max: 100 }),
      to: fc.integer({ min: 0, max: 100 }),
    }),
    fc.record({
      kind: fc.constant("burst" as const),
      rate: fc.integer({ min: 0, max: 50 }),
      size: fc.integer({ min: 1, max: 80 }),
      every: fc.integer({ min: 100, max: 2000 }),
    }),
  );
  const runs = fc.record({
    model: models,
    timeout: fc.integer({ min: 20, max: 2000 }),
    patience: fc.option(fc.integer({ min: 10, max: 2000 }), { nil: undefined }),
    workers: fc.integer({ min: 1, max: 8 }),
    seed: fc.nat(),
    stopAt: fc.option(fc.integer({ min: 0, max: 4000 }), { nil: undefined }),
  });

  it("counts every request once, ends in time, and obeys Little's law", async () => {
    await fc.assert(
      fc.asyncProperty(runs, async ({ model, timeout, patience, workers, seed, stopAt }) => {
        const plan = { model, timeout, seed, duration: 3000, ...(patience !== undefined && { patience }) };
        const { clock, server, run } = start(plan, {
          workers,
          serve: (_, arrived) => ({
            time: 5 + (arrived % 40),
            ...(Math.floor(arrived) % 5 === 0 && { outcome: { kind: "answered", status: 500, bytes: 1 } }),
          }),
        });
        if (stopAt !== undefined) clock.after(stopAt, () => run.stop());
        const result = await clock.runUntil(run.report);
        const failed = Object.values(result.failed).reduce((sum, count) => sum + count, 0);

        const stays = server.visits.map(({ arrived, left }) => (left ?? Number.NaN) - arrived);
        const finished = result.done + failed + result.unfinished;
        if (stopAt === undefined) expect(finished).toBe(server.visits.length);
        else expect(finished).toBeGreaterThanOrEqual(server.visits.length);
        expect(result.latency.count).toBe(result.done);
        expect(result.latencyFromSending.count).toBe(result.done);
        expect(result.failedWait.count).toBe(failed);
        expect(result.latencyCounts.reduce((sum, [, count]) => sum + count, 0)).toBe(result.done);
        expect(clock.now()).toBeLessThanOrEqual(3000 + timeout + 0.01);

        const arrivalRate = stays.length / result.elapsed;
        const meanStay = stays.reduce((sum, stay) => sum + stay, 0) / stays.length;
        if (stays.length > 0 && meanStay > 0) within(0.02, result.meanInFlight, arrivalRate * meanStay);
      }),
      { numRuns: 150 },
    );
  });
});

it("refuses a plan that asks for too much", () => {
  expect(() => start({ model: { kind: "constant", rate: 1e6 } }, fixed(1))).toThrow(PlanError);
});
