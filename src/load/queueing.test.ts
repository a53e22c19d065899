/**
 * The generator against queueing theory: the mean waits that it measures are those that the formulas give. A recorder
 * that lost, shifted or doubled anything would not agree with them. The utilisations are such that the mean of as many
 * arrivals strays from the formula by about one per cent (standard deviation over seeds).
 */
import { describe, expect, it } from "vitest";
import { VirtualClock } from "../testing/virtual-clock.ts";
import { startLoad } from "./generator.ts";
import type { LoadReport } from "./plan.ts";
import { exponential, randomStream } from "./random.ts";
import { VirtualServer, type VirtualServerOptions } from "./testing/virtual-server.ts";

const rate = 1000;
const arrivals = 300_000;
const slow = { timeout: 60_000 };

async function measure(seed: number, options: VirtualServerOptions): Promise<LoadReport> {
  const clock = new VirtualClock(3);
  const server = new VirtualServer(clock, options);
  const run = startLoad(
    {
      name: "queueing",
      model: { kind: "poisson", rate, connections: 1000 },
      requests: [{ path: "/" }],
      duration: (arrivals / rate) * 1000,
      timeout: 60_000,
      seed,
    },
    { clock, requester: server },
  );
  return clock.runUntil(run.report);
}

/** Mean wait before service in milliseconds, as measured. */
function meanWait({ latency }: LoadReport, service: number): number {
  return (latency.mean ?? Number.NaN) - service;
}

/** The probability that all c servers are busy at an offered load of `erlangs` (Erlang's C formula). */
function erlangC(c: number, erlangs: number): number {
  let inverseB = 1;
  for (let k = 1; k <= c; k++) inverseB = 1 + (inverseB * k) / erlangs;
  const b = 1 / inverseB;
  const busy = erlangs / c;
  return b / (1 - busy * (1 - b));
}

function within(share: number, actual: number, expected: number): void {
  expect(Math.abs(actual / expected - 1)).toBeLessThanOrEqual(share);
}

describe("a server of fixed service time (M/D/1)", slow, () => {
  it.each([0.5, 0.7])("busy for %d of its time lets readers wait as Pollaczek and Khinchine say", async (busy) => {
    const service = (busy / rate) * 1000;
    const report = await measure(11, { workers: 1, serve: () => ({ time: service }) });
    expect(report.done).toBeGreaterThan(arrivals * 0.99);
    within(0.02, meanWait(report, service), (busy * service) / (2 * (1 - busy)));
  });
});

describe("a pool of servers with exponential service times (M/M/c)", slow, () => {
  it.each([
    [1, 0.5],
    [4, 0.6],
  ])("of %d, busy for %d of its time, lets readers wait as Erlang says", async (workers, busy) => {
    const service = ((busy * workers) / rate) * 1000;
    const random = randomStream(5, "patience");
    let served = 0;
    const report = await measure(12, {
      workers,
      serve: () => {
        const time = exponential(random, service);
        served += time;
        return { time };
      },
    });
    const expected = (erlangC(workers, busy * workers) * service) / (workers * (1 - busy));
    within(0.02, meanWait(report, served / report.done), expected);
  });
});

describe("Little's law", slow, () => {
  it("holds for the report of a run", async () => {
    const report = await measure(13, { workers: 4, serve: () => ({ time: 3 }) });
    const arrivalRate = report.done / report.elapsed;
    within(0.02, report.meanInFlight, arrivalRate * (report.latencyFromSending.mean ?? 0));
  });
});
