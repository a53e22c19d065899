import { expect, it } from "vitest";
import { startLoad } from "../../load/generator.ts";
import type { LoadReport } from "../../load/plan.ts";
import { VirtualServer } from "../../load/testing/virtual-server.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { exportRun, percentileLog, seriesCsv, vegetaReport } from "./run-export.ts";

/** A real run of the generator on a virtual clock: 100 requests a second of 20 ms, the last second without answers. */
async function run(): Promise<LoadReport> {
  const clock = new VirtualClock();
  const requester = new VirtualServer(clock, {
    serve: (_, arrived) => ({ time: arrived < 9000 ? 20 : Number.POSITIVE_INFINITY }),
  });
  const plan = {
    name: "test",
    model: { kind: "constant", rate: 100 },
    requests: [{ path: "/" }],
    duration: 10_000,
    timeout: 500,
    seed: 1,
  } as const;
  return clock.runUntil(startLoad(plan, { clock, requester }).report);
}

it("writes vegeta's report: nanoseconds, a share of success, status codes with 0 for no answer", async () => {
  const report = await run();
  const vegeta = vegetaReport(report, Date.UTC(2026, 0, 1));
  expect(vegeta).toMatchObject({
    bytes_in: { total: 90_000, mean: 90 },
    bytes_out: { total: 0, mean: 0 },
    earliest: "2026-01-01T00:00:00.000Z",
    latest: "2026-01-01T00:00:10.000Z",
    duration: 10e9,
    requests: 1000,
    rate: 100,
    success: 0.9,
    status_codes: { "0": 100, "200": 900 },
    errors: ["timed out"],
  });
  for (const name of ["mean", "50th", "90th", "95th", "99th", "max", "min"]) {
    expect(Math.abs((vegeta.latencies[name] ?? 0) / 20e6 - 1)).toBeLessThan(0.01);
  }
  expect(Math.abs((vegeta.latencies["total"] ?? 0) / (900 * 20e6) - 1)).toBeLessThan(0.01);
  expect(vegeta.throughput).toBeCloseTo(900 / ((10e9 + vegeta.wait) / 1e9), 6);
});

it("leaves out what too few answers carry, and makes no figure of an empty run", async () => {
  const report = { ...(await run()), latency: { count: 0 }, latencyCounts: [], done: 0, failed: {}, statuses: {} };
  const vegeta = vegetaReport({ ...report, elapsed: 0 }, 0);
  expect(Object.keys(vegeta.latencies)).toEqual(["total"]);
  expect([vegeta.rate, vegeta.throughput, vegeta.success, vegeta.requests]).toEqual([0, 0, 0, 0]);
});

it("writes the series as CSV, a row for each tenth of a second", async () => {
  const { series } = await run();
  const text = seriesCsv(series.map((tick, index) => (index === 0 ? { ...tick, waiting: 3 } : tick)));
  const [head = "", ...rows] = text.trimEnd().split("\r\n");
  const columns = head.split(",");
  expect(columns.slice(0, 3)).toEqual(["seconds", "counted", "done"]);
  expect(rows).toHaveLength(series.length);
  const cell = (row: number, column: string) => rows[row]?.split(",")[columns.indexOf(column)];
  expect([cell(0, "waiting"), cell(1, "waiting"), cell(49, "seconds"), cell(49, "rate")]).toEqual([
    "3",
    "",
    "5",
    "100",
  ]);
  expect(rows.every((row) => row.split(",").length === columns.length)).toBe(true);
});

it("writes how many answers contradicted an earlier one, in the report and in the series", async () => {
  const report = await run();
  const [tick] = report.series;
  if (tick === undefined) throw new Error("The run had no ticks");
  const contradicted = { ...report, failed: { contradictory: 3 }, statuses: { 200: report.done + 3 } };
  expect(vegetaReport(contradicted, 0)).toMatchObject({
    errors: ["contradictory"],
    status_codes: { "200": report.done + 3 },
  });
  const [head = "", one = "", two = ""] = seriesCsv([tick, { ...tick, failedBy: { contradictory: 3 } }]).split("\r\n");
  const column = head.split(",").indexOf("contradictory");
  expect([one, two].map((row) => row.split(",")[column])).toEqual(["0", "3"]);
});

it("writes HdrHistogram's percentile log in milliseconds", async () => {
  const log = percentileLog((await run()).latencyCounts);
  const lines = log.split("\n");
  expect(lines[0]).toMatch(/^ +Value +Percentile TotalCount 1\/\(1-Percentile\)$/);
  expect(lines[2]).toMatch(/^ +20\.0\d+ 0\.000000000000 +\d+ +1\.00$/);
  expect(log).toMatch(/#\[Max += +20\.\d+, Total count += +900\]/);
});

it("names its files by what they are", async () => {
  const outcome = { title: "A", report: await run(), began: 0 };
  expect(JSON.parse(exportRun("json", outcome, []).text)).toEqual(vegetaReport(outcome.report, 0));
  expect(exportRun("hdr", outcome, []).ending).toBe("hgrm");
});
