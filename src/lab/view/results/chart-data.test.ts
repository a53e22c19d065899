import { expect, it } from "vitest";
import type { LoadTick } from "../../../load/plan.ts";
import { alignLines, type ChartLine, rowsBySecond, summariseLine } from "./chart-data.ts";

const tick = (at: number, rate: number, p50?: number): LoadTick => ({
  at,
  warmingUp: false,
  done: 0,
  failed: 0,
  failedBy: {},
  dropped: 0,
  inFlight: 0,
  rate,
  offeredRate: rate,
  failureRate: 0,
  latency: { count: 0, ...(p50 !== undefined && { p50 }) },
});
const rates: readonly ChartLine[] = [
  { side: "development", rank: "main", of: ({ rate }) => rate },
  { side: "production", rank: "main", of: ({ rate }) => rate },
];
const median: ChartLine["of"] = ({ latency }) => latency.p50;

it("puts both sides on one axis of time, each at its own moments", () => {
  const ticks = { development: [tick(100, 5), tick(200, 6)], production: [tick(150, 7), tick(200, 8)] };
  expect(alignLines({ shown: ticks }, rates)).toEqual({
    seconds: [0.1, 0.15, 0.2],
    columns: [
      [5, undefined, 6],
      [undefined, 7, 8],
    ],
  });
});

it("lays another run over the one on screen", () => {
  const shown = { development: [tick(100, 5)], production: [] };
  const compared = { development: [tick(100, 50), tick(200, 60)], production: [] };
  const both: readonly ChartLine[] = [...rates, { side: "development", rank: "compared", of: ({ rate }) => rate }];
  expect(alignLines({ shown, compared }, both)).toEqual({
    seconds: [0.1, 0.2],
    columns: [
      [5, undefined],
      [undefined, undefined],
      [50, 60],
    ],
  });
  expect(rowsBySecond({ shown, compared: undefined }, both)).toEqual([]);
});

it("tells a moment without a figure from one at which a side said nothing", () => {
  const ticks = { development: [tick(100, 5, 20), tick(200, 0)], production: [tick(300, 1, 4)] };
  expect(alignLines({ shown: ticks }, [{ side: "development", rank: "main", of: median }]).columns).toEqual([
    [20, null, undefined],
  ]);
});

it("has a row for each whole second, with what was last known in it", () => {
  const ticks = {
    development: [tick(500, 5), tick(1001, 6), tick(2003, 7)],
    production: [tick(980, 9)],
  };
  expect(rowsBySecond({ shown: ticks }, rates)).toEqual([
    { second: 1, figures: [6, 9] },
    { second: 2, figures: [7, undefined] },
  ]);
});

it("sums a line up without its first second, in which it fills up", () => {
  expect(summariseLine([tick(100, 900), tick(1000, 50), tick(2000, 80), tick(3000, 60)], ({ rate }) => rate)).toEqual({
    lowest: 50,
    highest: 80,
    highestAt: 2,
    last: 60,
  });
  expect(summariseLine([tick(100, 5)], ({ rate }) => rate)).toMatchObject({ lowest: 5, last: 5 });
  expect(summariseLine([tick(100, 5)], median)).toBeUndefined();
});
