/** What a reader waits for and downloads, in the lab of the first lesson. */
import { gzipSync } from "node:zlib";
import { type Browser, type BrowserContext, type Page, test } from "@playwright/test";
import { rendererMemory } from "../../testing/browser/memory.ts";
import { pages } from "../../testing/browser/site.ts";
import { bothAnswer, pressStart } from "../first-answers.ts";
import { addRow, inMs, median, rounds } from "../row.ts";

/**
 * How long both sides take from the click on, until each has answered and until all workers have booted, in
 * milliseconds.
 */
interface Start {
  readonly answering: number;
  readonly complete: number;
}

/** Opens the lesson and starts both servers. */
async function startBoth(page: Page): Promise<Start> {
  await page.goto(pages.lesson);
  const lab = page.getByRole("region", { name: /^Lab:/ });
  await lab.getByRole("button", { name: "Start both servers", disabled: false }).waitFor();
  await page.waitForLoadState("networkidle");
  const pressed = await pressStart(lab);
  const answering = (await bothAnswer(lab)) - pressed;
  await lab
    .getByText(/Running on port 8000 with 4 workers/)
    .first()
    .waitFor({ timeout: 60_000 });
  const complete = (await page.evaluate(() => performance.now())) - pressed;
  return { answering, complete };
}

async function fresh(browser: Browser, baseURL: string | undefined): Promise<BrowserContext> {
  return browser.newContext(baseURL === undefined ? {} : { baseURL });
}

test("click to both sides answering", async ({ browser, baseURL }) => {
  const first: Start[] = [];
  const again: Start[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const context = await fresh(browser, baseURL);
    const page = await context.newPage();
    first.push(await startBoth(page));
    // What is kept for the next visit is stored after the servers have started.
    await page.waitForTimeout(2000);
    again.push(await startBoth(page));
    await context.close();
  }
  const times = {
    first: median(first.map(({ answering }) => answering)),
    again: median(again.map(({ answering }) => answering)),
  };
  const note = (starts: readonly Start[]) =>
    `all four workers have booted after ${inMs(median(starts.map(({ complete }) => complete)))}`;
  addRow({
    what: "Click to both sides answering, cached",
    target: "1 500 ms",
    page: inMs(times.again),
    met: times.again <= 1500,
    note: note(again),
  });
  addRow({
    what: "Click to both sides answering, the very first visit",
    target: "5 000 ms",
    page: inMs(times.first),
    met: times.first <= 5000,
    note: note(first),
  });
});

test("memory", async ({ browser, baseURL }) => {
  const context = await fresh(browser, baseURL);
  const page = await context.newPage();
  await startBoth(page);
  await page.waitForTimeout(3000);
  const megabytes = (await rendererMemory(browser)) / 1e6;
  await context.close();
  addRow({
    what: "Memory of a development server and a master with four workers",
    target: "under 600 MB",
    page: `${megabytes.toFixed(0)} MB`,
    met: megabytes < 600,
    note: "proportional set size of the browser's renderer processes, page included",
  });
});

test("downloads", async ({ browser, baseURL }) => {
  const context = await fresh(browser, baseURL);
  const page = await context.newPage();
  const sizes = { beforeClick: 0, lab: 0 };
  let clicked = false;
  const pending: Promise<void>[] = [];
  page.on("response", (response) => {
    // The frame's workers read their scripts from what the page has fetched.
    if (!response.url().startsWith("http")) return;
    const count = async () => {
      const type = response.headers()["content-type"] ?? "";
      const body = await response.body().catch(() => Buffer.alloc(0));
      // Hosts compress text; the machine's parts are compressed as they are.
      const bytes = /javascript|css|html|json|svg/.test(type) ? gzipSync(body).length : body.length;
      if (clicked) sizes.lab += bytes;
      else if (/javascript|css|font/.test(type)) sizes.beforeClick += bytes;
    };
    pending.push(count());
  });
  await page.goto(pages.lesson);
  await page.waitForLoadState("networkidle");
  await Promise.all(pending);
  clicked = true;
  await page.getByRole("button", { name: "Start both servers" }).click();
  await page
    .getByText(/Running on port 8000 with 4 workers/)
    .first()
    .waitFor({ timeout: 60_000 });
  await Promise.all(pending);
  await context.close();
  addRow({
    what: "Lesson before the click: JavaScript, CSS and fonts, gzipped",
    target: "150 kB",
    page: `${(sizes.beforeClick / 1000).toFixed(0)} kB`,
    met: sizes.beforeClick <= 150_000,
  });
  addRow({
    what: "The first lab's download",
    target: "8 MB",
    page: `${(sizes.lab / 1e6).toFixed(2)} MB`,
    met: sizes.lab <= 8e6,
  });
});
