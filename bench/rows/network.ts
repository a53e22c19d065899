/** The first lab for who comes with an empty cache over a slow line, and the second visit without any line. */
import { expect, type Page, test } from "@playwright/test";
import { OwnHost } from "../../testing/browser/own-host.ts";
import { bothAnswer, pressStart } from "../first-answers.ts";
import { addRow, inMs, median, rounds } from "../row.ts";

test.use({ serviceWorkers: "allow" });

/** Megabits a second. */
const speed = 20;
const lesson = "lessons/01-two-servers/";

/** From the address to both sides answering, in milliseconds. */
async function toFirstLab(page: Page, root: string): Promise<number> {
  await page.goto(`${root}${lesson}`, { waitUntil: "commit" });
  const lab = page.getByRole("region", { name: /^Lab:/ });
  await pressStart(lab);
  return bothAnswer(lab);
}

test("a first visit over a slow line, and a second one without any", async ({ browser }) => {
  const host = new OwnHost("bench-site");
  await host.up();
  const times: { cold: number[]; offline: number[] } = { cold: [], offline: [] };
  for (let round = 0; round < rounds; round += 1) {
    const context = await browser.newContext({ serviceWorkers: "allow" });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    const bytes = (speed * 1e6) / 8;
    await session.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 20,
      downloadThroughput: bytes,
      uploadThroughput: bytes,
    });
    times.cold.push(await toFirstLab(page, host.address));
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    // What makes the next start fast is stored after this one.
    await expect
      .poll(() => page.evaluate(() => caches.has("two-servers-python-template")), { timeout: 30_000 })
      .toBe(true);
    await page.close();
    await host.down();
    const again = await context.newPage();
    times.offline.push(await toFirstLab(again, host.address));
    await context.close();
    await host.up();
  }
  await host.down();
  const note = (values: readonly number[]) =>
    `from the address to both sides answering; best ${inMs(Math.min(...values))}`;
  addRow({
    what: `First lab from an empty cache, over ${speed} Mbit/s`,
    target: "8 000 ms",
    page: inMs(median(times.cold)),
    met: median(times.cold) <= 8000,
    note: note(times.cold),
  });
  addRow({
    what: "First lab of the second visit, without a network",
    target: "2 000 ms",
    page: inMs(median(times.offline)),
    met: median(times.offline) <= 2000,
    note: note(times.offline),
  });
});
