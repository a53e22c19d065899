// @project labs
/**
 * A program that takes all it can get freezes neither the page nor its Stop button. `bench/rows/stop.ts` measures how
 * soon that answers.
 */

import { longestPause, openLab, runAway, runaways, stop } from "../../testing/browser/runaway.ts";
import { expect, test } from "../../testing/browser/site.ts";

/** A frozen page does nothing for ever; a busy computer makes pages wait for a moment. In milliseconds. */
const moment = 1500;

// [threat: app-code-freeze]
test("endless loops, output, threads and processes: the page stays live, and Stop ends them", async ({
  page,
}, info) => {
  test.setTimeout(180_000);
  const lab = await openLab(page);
  for (const [development, production] of [
    [runaways.loop, runaways.output],
    [runaways.threads, runaways.processes],
  ] as const) {
    await runAway(lab, development, production);
    const pause = await longestPause(page);
    expect(pause).toBeLessThan(moment);
    const took = await stop(lab);
    info.annotations.push({ type: "milliseconds", description: `pause ${pause.toFixed(0)}, stop ${took.toFixed(0)}` });
    expect(took).toBeLessThan(2 * moment);
  }

  // The commands as they were: handlers that never end, asked while the others are under load.
  await lab.getByRole("button", { name: "Reset" }).click();
  await lab.getByRole("button", { name: "Start both servers" }).click();
  await expect(lab.getByText(/Running on port 8000 with 4 workers/)).toBeVisible({ timeout: 60_000 });
  await expect(lab.getByText("Running on port 5000")).toBeVisible({ timeout: 60_000 });
  await lab.getByText("One page that hangs").click();
  await lab.getByRole("button", { name: "Run load test" }).click();
  await expect(lab.getByRole("button", { name: "Stop load test" })).toBeVisible();
  expect(await longestPause(page)).toBeLessThan(moment);
  expect(await stop(lab)).toBeLessThan(2 * moment);
});
