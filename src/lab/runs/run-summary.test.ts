import { describe, expect, it } from "vitest";
import type { LoadReport } from "../../load/plan.ts";
import type { WorkSeen } from "../side/request-log.ts";
import type { RunOutcome, SideOutcome } from "./run-outcome.ts";
import { explain } from "./run-summary.ts";

const report = (rest: Partial<LoadReport>): LoadReport => ({
  plan: { name: "p", model: { kind: "closed", users: 10 }, requests: [], duration: 6000, timeout: 10_000, seed: 1 },
  end: "complete",
  elapsed: 6000,
  done: 100,
  failed: {},
  statuses: {},
  dropped: 0,
  unfinished: 0,
  offeredRate: 78,
  achievedRate: 78,
  latency: { count: 100 },
  latencyFromSending: { count: 100 },
  failedWait: { count: 0 },
  lateness: { count: 0 },
  meanInFlight: 10,
  bytesReceived: 0,
  series: [],
  latencyCounts: [],
  latencyFromSendingCounts: [],
  ...rest,
});
const work = (rest: Partial<WorkSeen>): WorkSeen => ({
  taken: 100,
  processes: 1,
  threads: 1,
  atOnce: 1,
  atOnceInOneProcess: 1,
  waiting: 0,
  ...rest,
});
const development = (rest: Partial<LoadReport>, seen?: WorkSeen): SideOutcome => ({
  title: "Development server",
  report: report(rest),
  ...(seen && { work: seen }),
});
const production = (rest: Partial<LoadReport>, seen?: WorkSeen): SideOutcome => ({
  title: "Production server",
  report: report(rest),
  ...(seen && { work: seen }),
});
const run = (sides: RunOutcome["sides"], rest: Partial<RunOutcome> = {}): RunOutcome => ({
  sides,
  planLabel: "A quick page",
  readers: "10 users",
  waitsOnly: false,
  together: false,
  hidden: false,
  ...rest,
});

describe("explain", () => {
  it("says when production is faster", () => {
    const said = explain(
      run({
        development: development({ achievedRate: 121.3 }, work({ processes: 1 })),
        production: production({ achievedRate: 412.4 }, work({ processes: 4, atOnce: 4 })),
      }),
    );
    expect(said).toBe(
      "With 10 users on “A quick page”, the production server answered 3.4 times as many requests per second as the development server (412 against 121). " +
        "The production server worked in 4 processes at once, the development server in 1. " +
        "The sides ran one after the other, because they share this computer's cores.",
    );
    const withThreads = explain(
      run({
        development: development({ achievedRate: 121.3 }, work({ processes: 1 })),
        production: production({ achievedRate: 412.4 }, work({ processes: 4, atOnce: 9, atOnceInOneProcess: 3 })),
      }),
    );
    expect(withThreads).toContain(
      "The production server worked in 4 processes at once, on up to 3 requests in each, the development server in 1.",
    );
  });

  it("says when development is faster, and why, as far as it was seen", () => {
    const said = explain(
      run(
        {
          development: development({ achievedRate: 78 }, work({ threads: 100, atOnce: 10, atOnceInOneProcess: 10 })),
          production: production({ achievedRate: 39 }, work({ processes: 4, threads: 4, atOnce: 4 })),
        },
        { planLabel: "A slow page", waitsOnly: true, together: true },
      ),
    );
    expect(said).toBe(
      "With 10 users on “A slow page”, the development server answered twice as many requests per second as the production server (78 against 39). " +
        "The development server opens a thread for each request, so up to 10 requests waited at the same time; the production server took 4 at a time, one for each of its 4 processes. " +
        "Both sides ran at the same time, because their handlers only wait.",
    );
  });

  it("says how many answers contradicted an earlier one, and on which side", () => {
    const said = explain(
      run({ development: development({}), production: production({ done: 90, failed: { contradictory: 10 } }) }),
    );
    expect(said).toContain("On the production server 10 responses contradicted an earlier one.");
  });

  it("gives no reason for sides that ran at the same time, where their handlers do not only wait", () => {
    const said = explain(run({ development: development({}), production: production({}) }, { together: true }));
    expect(said).toMatch(/Both sides ran at the same time\.$/);
  });

  it("says what an open model offered where a server fell short of it, and how long readers waited in vain", () => {
    const plan = { ...report({}).plan, model: { kind: "constant", rate: 50 } } as const;
    const wait = { count: 120, mean: 900, max: 3630 };
    const said = explain(
      run(
        {
          development: development({ plan, offeredRate: 50, achievedRate: 49 }),
          production: production({
            plan,
            offeredRate: 50,
            achievedRate: 30,
            dropped: 3,
            failed: { "gave up": 90 },
            failedWait: wait,
          }),
        },
        { readers: "50 users a second" },
      ),
    );
    expect(said).toContain("With 50 users a second on “A quick page”, the development server answered 1.6 times");
    expect(said).toContain(
      "Of 50 requests per second that were offered, the production server answered 30 in time; 3 of all were never sent.",
    );
    expect(said).not.toContain("that were offered, the development server");
    expect(said).toContain("On the production server 90 users gave up waiting, the longest wait was 3.63\u00a0s.");
  });

  it("counts the waits of a server that never answered", () => {
    const silent = { achievedRate: 0, done: 0, latency: { count: 0 }, failed: { "timed out": 20 } };
    const failedWait = { count: 20, mean: 10_000, max: 10_002 };
    const said = explain(run({ development: development({}), production: production({ ...silent, failedWait }) }));
    expect(said).toContain("The production server answered no request.");
    expect(said).toContain(
      "On the production server 20 requests had no answer in time, the longest wait was 10\u00a0s.",
    );
  });

  it("claims no cause that was not seen", () => {
    const said = explain(
      run(
        { development: development({ achievedRate: 78 }), production: production({ achievedRate: 39 }) },
        { waitsOnly: true },
      ),
    );
    expect(said).not.toMatch(/thread|process/);
  });

  it("claims no cause that does not account for the figures", () => {
    const said = explain(
      run(
        {
          development: development({ achievedRate: 45 }, work({ threads: 100, atOnce: 10, atOnceInOneProcess: 10 })),
          production: production({ achievedRate: 39 }, work({ processes: 4, atOnce: 4 })),
        },
        { waitsOnly: true },
      ),
    );
    expect(said).not.toContain("thread");
  });

  it("does not explain a difference by what both had alike", () => {
    const seen = work({ threads: 100, atOnce: 10, atOnceInOneProcess: 10 });
    const said = explain(
      run(
        { development: development({ achievedRate: 60 }, seen), production: production({ achievedRate: 77 }, seen) },
        { waitsOnly: true },
      ),
    );
    expect(said).not.toMatch(/thread|at the same time;/);
  });

  it("does not call a fixed number of threads a thread for each request", () => {
    const said = explain(
      run(
        {
          development: development({ achievedRate: 40 }, work({ threads: 4, atOnce: 4, atOnceInOneProcess: 4 })),
          production: production({ achievedRate: 10 }, work({ atOnce: 1 })),
        },
        { waitsOnly: true },
      ),
    );
    expect(said).toContain("The development server works with threads, so up to 4 requests waited at the same time");
    expect(said).toContain("the production server took at most 1 at a time.");
  });

  it("calls close rates alike and speaks of the slowest answers instead", () => {
    const said = explain(
      run({
        development: development({ achievedRate: 100, latency: { count: 100, p95: 240 } }),
        production: production({ achievedRate: 104, latency: { count: 100, p95: 40 } }),
      }),
    );
    expect(said).toContain("answered about as many requests per second (100 and 104)");
    expect(said).toContain(
      "One answer in twenty took 240\u00a0ms or more on the development server, 40\u00a0ms or more",
    );
  });

  it("names failures by kind, once when both sides have the same", () => {
    const hung: LoadReport["failed"] = { "timed out": 1 };
    expect(
      explain(run({ development: development({ failed: hung }), production: production({ failed: hung }) })),
    ).toContain("On each side 1 request had no answer in time.");
    expect(
      explain(run({ development: development({ failed: hung }), production: production({ failed: { reset: 3 } }) })),
    ).toContain(
      "On the development server 1 request had no answer in time. On the production server 3 connections broke.",
    );
  });

  it("says when a side answered nothing", () => {
    const said = explain(
      run({
        development: development({ done: 0, achievedRate: 0, failed: { refused: 20 } }),
        production: production({ achievedRate: 412 }),
      }),
    );
    expect(said).toContain(
      "The development server answered no request. The production server answered 412 requests per second. On the development server 20 connections were refused.",
    );
    expect(said).not.toContain("times");
  });

  it("does not compare rates where most requests failed", () => {
    const said = explain(
      run({
        development: development({ done: 7, achievedRate: 1.2, failed: { reset: 10, refused: 1560 } }),
        production: production({ achievedRate: 35 }),
      }),
    );
    expect(said).toContain(
      "The development server failed 1,570 of 1,577 requests. The production server answered 35 requests per second. On the development server 10 connections broke and 1560 connections were refused.",
    );
    expect(said).not.toContain("times as many");
  });

  it("says of a server that contradicts itself that, and not that it is slow or fails", () => {
    const said = explain(
      run({
        development: development({ done: 108, achievedRate: 27 }),
        production: production({ done: 39, achievedRate: 9.75, failed: { contradictory: 73 } }),
      }),
    );
    expect(said).toContain("Of 112 responses of the production server, 73 contradicted an earlier one.");
    expect(said).not.toMatch(/per second|failed|73 responses/);
    const everyThird = explain(
      run({
        development: development({ done: 108, achievedRate: 27 }),
        production: production({ done: 80, achievedRate: 20, failed: { contradictory: 40 } }),
      }),
    );
    expect(everyThird).toContain("Of 120 responses of the production server, 40 contradicted an earlier one.");
    expect(everyThird).not.toContain("per second");
    const mixed = explain(
      run({
        development: development({ done: 108, achievedRate: 27 }),
        production: production({ done: 39, achievedRate: 9.75, failed: { contradictory: 73, reset: 1 } }),
      }),
    );
    expect(mixed).toContain("The production server failed 74 of 113 requests.");
    const alone = explain(
      run({ production: production({ done: 39, achievedRate: 9.75, failed: { contradictory: 73 } }) }),
    );
    expect(alone).toContain("Of 112 responses of the production server, 73 contradicted an earlier one.");
  });

  const half = (each: number, median?: number) => ({ answers: each, rate: each, ...(median && { median }) });

  it("gives no verdict on a handful of answers", () => {
    const said = explain(
      run({
        development: development({ done: 24, achievedRate: 3 }),
        production: production({ done: 14, achievedRate: 1.8 }),
      }),
    );
    expect(said).toContain(
      "the development server answered 24 requests and the production server 14: too few to tell. It takes 30 on each side.",
    );
    expect(said).not.toContain("times");
  });

  it("says that one side is far ahead without saying by how much", () => {
    const said = explain(
      run({
        development: development({ done: 6, achievedRate: 1 }),
        production: production({ done: 246, achievedRate: 41 }),
      }),
    );
    expect(said).toContain(
      "the production server answered 246 requests and the development server only 6: too few to tell how many times as many.",
    );
  });

  it("does not take the unrest of a run for a difference", () => {
    const said = explain(
      run({
        development: development({ achievedRate: 60, halves: [half(80), half(40)] }),
        production: production({ achievedRate: 45, halves: [half(45), half(45)] }),
      }),
    );
    expect(said).toContain(
      "answered 60 requests per second and the production server 45, but the halves of this run differ by more than the two servers do (anything between 0.67 and 2.7 times as much is possible): run it again to tell.",
    );
  });

  it("never divides by a side whose answers all came after the end of the load", () => {
    const said = explain(
      run({
        development: development({ achievedRate: 37.5 }),
        production: production({ done: 12, achievedRate: 0, failed: { "timed out": 4 } }),
      }),
    );
    expect(said).toContain(
      "The production server answered no request while the load went on; its 12 answers came after the end. The development server answered 37.5 requests per second.",
    );
    expect(said).not.toMatch(/—|Infinity|NaN|times as/);
  });

  it("speaks first of how long answers took where the plan is about that", () => {
    const side = (p50: number, achievedRate = 2.5) => ({ achievedRate, latency: { count: 40, p50 } });
    const said = (a: number, b: number) =>
      explain(run({ development: development(side(a)), production: production(side(b)) }, { measure: "median" }));
    expect(said(1270, 709)).toMatch(
      /^With 10 users on “A quick page”, half of the answers took 1\.27\ss or more on the development server, 1\.8 times as long as on the production server \(709\sms\)\./,
    );
    expect(said(700, 709)).toContain("half of the answers took about as long on both sides");
  });

  it("names no processes of a side that has fewer of them and wins all the same", () => {
    const said = explain(
      run({
        development: development({ achievedRate: 100 }, work({ processes: 1 })),
        production: production({ achievedRate: 50 }, work({ processes: 2 })),
      }),
    );
    expect(said).not.toContain("process");
  });

  it("says that a run is a part of one", () => {
    const said = explain(run({ development: development({ end: "stopped", elapsed: 2134 }) }, { hidden: true }));
    expect(said).toContain("The other side was not tested.");
    expect(said).toContain("The run was stopped after 2.13\u00a0s: the figures cover only that part.");
    expect(said).toContain("The page was hidden");
    expect(explain(run({ development: development({ end: "machine died" }) }))).toContain("The machine ended while");
    expect(explain(run({}))).toBe("");
  });
});
