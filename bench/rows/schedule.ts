/**
 * How well the load generator keeps its schedule, and how much it can record: against a server that answers at once.
 */
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { build } from "esbuild";
import type { LoadReport } from "../../src/load/plan.ts";
import { runSchedule } from "../no-op-load.ts";
import { addRow, inMs } from "../row.ts";

/** The worker's code, as one classic script. */
async function workerScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("../no-op-worker.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2024",
  });
  return outputFiles[0]?.text ?? "";
}

for (const rate of [500, 5000]) {
  test(`an open schedule of ${rate} a second`, async ({ page, baseURL }) => {
    // Beside the site's pages, which start no worker but their own.
    const beside = new URL("bare.html", baseURL).href;
    await page.route(beside, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
    await page.goto(beside);
    const url = new URL("no-op-worker.js", beside).href;
    const body = await workerScript();
    await page.route(url, (route) => route.fulfill({ contentType: "text/javascript", body }));
    // In a worker, as on the Python machine.
    const here: LoadReport = await page.evaluate(
      ({ url, rate }) =>
        new Promise<LoadReport>((resolve, reject) => {
          const worker = new Worker(url);
          worker.onmessage = ({ data }: MessageEvent<LoadReport>) => resolve(data);
          worker.onerror = (event) => reject(new Error(event.message));
          worker.postMessage(rate);
        }),
      { url, rate },
    );
    const there = await runSchedule(rate);
    expect(here.end).toBe("complete");
    const [late, lateNatively] = [here.lateness.p99 ?? Number.NaN, there.lateness.p99 ?? Number.NaN];
    addRow({
      what: `Open schedule at ${rate}/s: how late requests are sent, p99`,
      page: inMs(late),
      native: inMs(lateNatively),
      ...(rate === 500 ? { target: "under 2 ms", met: late < 2 } : {}),
      note: `recorded ${here.achievedRate.toFixed(0)}/s`,
    });
  });
}
