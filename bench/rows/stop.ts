/** How soon `Stop both servers` answers when programs take all they can get. */
import { test } from "@playwright/test";
import { openLab, runAway, runaways, stop } from "../../testing/browser/runaway.ts";
import { addRow, inMs, median, rounds } from "../row.ts";

test("Stop with runaway programs", async ({ page }) => {
  const times: number[] = [];
  const lab = await openLab(page);
  for (let round = 0; round < rounds; round += 1) {
    for (const [development, production] of [
      [runaways.loop, runaways.output],
      [runaways.threads, runaways.processes],
    ] as const) {
      await runAway(lab, development, production);
      times.push(await stop(lab));
    }
  }
  addRow({
    what: "Stop, with endless loops, output, threads and processes",
    target: "200 ms",
    page: inMs(median(times)),
    met: median(times) <= 200,
    note: `from the click to both sides stopped; best ${inMs(Math.min(...times))}, worst ${inMs(Math.max(...times))}`,
  });
});
