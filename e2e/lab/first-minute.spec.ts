// @project labs
/**
 * The first minute of a reader who has never been here: little to press, one press to the first verdict, and nothing
 * that moves.
 */
import type { Locator } from "@playwright/test";
import { nothingStored } from "../../testing/browser/everything-shown.ts";
import { LabSide } from "../../testing/browser/lab.ts";
import { expect, pages, test } from "../../testing/browser/site.ts";
import { labOf } from "../../testing/lab-double/lab-on-double.ts";

test.use({ storageState: nothingStored, contextOptions: { reducedMotion: "no-preference" } });

/** What a lab has to press, type into or choose. */
const controls = "button, input, textarea, select, summary, a[href], [tabindex='0']";

async function middle(element: Locator): Promise<number> {
  const box = await element.boundingBox();
  if (box === null) throw new Error("It is not on screen");
  return box.y + box.height / 2;
}

test("on the landing page a recorded run plays in the lanes, says what it is, can be paused, and gives way", async ({
  page,
}) => {
  await page.goto(pages.landing);
  const lab = labOf(page);
  await expect(lab.getByText("Recorded, not run here")).toBeVisible();
  await expect(lab.getByRole("list", { name: "Workers" }).getByRole("listitem")).toHaveCount(5);
  const answered = lab.locator(".lab-worker-requests").first();
  await expect(answered).not.toHaveText("0 requests");
  // It is the run of the plan that is chosen, and of no other.
  await expect(lab.getByRole("radio", { name: "A slow page" })).toBeChecked();
  await lab.getByRole("radio", { name: "A quick page" }).check();
  await expect(lab.getByText("Recorded, not run here")).toHaveCount(0);
  await expect(answered).toHaveCount(0);
  await lab.getByRole("radio", { name: "A slow page" }).check();
  await lab.getByRole("button", { name: "Pause the recorded run" }).press("Enter");
  await expect(lab.getByRole("button", { name: "Play the recorded run" })).toBeFocused();
  await lab.getByRole("button", { name: "Start both servers" }).click();
  await expect(lab.getByText("Recorded, not run here")).toHaveCount(0);
  await expect(lab.locator(".lab-worker-requests").filter({ hasNotText: /^0 requests$/ })).toHaveCount(0);
});

test("who wants little motion sees how the recorded run ended", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(pages.landing);
  const lab = labOf(page);
  await expect(lab.getByRole("button", { name: "Play the recorded run" })).toBeVisible();
  await expect(lab.locator(".lab-worker-requests").first()).toHaveText(/^[1-9]\d* requests$/);
  await expect(lab.locator(".lab-queue-count").first()).toHaveText("0 queued");
});

for (const address of [pages.lesson, pages.embed, pages.landing]) {
  test(`${address}: before the first run there are at most twelve things to press`, async ({ page }) => {
    await page.goto(address);
    const lab = labOf(page);
    await expect(lab.getByRole("button", { name: "Run load test" })).toBeVisible();
    expect(await lab.locator(controls).filter({ visible: true }).count()).toBeLessThanOrEqual(12);
    await expect(lab.getByRole("radio")).toHaveCount(3);
    await expect(lab.getByRole("textbox", { name: "Command" })).toHaveCount(2);
    await expect(lab.getByRole("tab")).toHaveCount(0);
  });
}

test("one press starts the servers and runs the plan; the verdict comes into view below the lanes, and nothing moves", async ({
  page,
}) => {
  await page.addInitScript(() => {
    let moved = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if ("hadRecentInput" in entry && !entry.hadRecentInput && "value" in entry) moved += Number(entry.value);
      }
      Reflect.set(globalThis, "moved", moved);
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(pages.lesson);
  const lab = labOf(page);
  const run = lab.getByRole("button", { name: "Run load test" });
  await run.scrollIntoViewIfNeeded();
  await lab.getByRole("button", { name: "Start both servers" }).focus();
  const isThere = () => run.evaluate((button) => button === document.activeElement);
  let stops = 0;
  for (; stops < 3 && !(await isThere()); stops += 1) await page.keyboard.press("Tab");
  expect(await isThere(), `from Start to Run in ${stops} Tab stops`).toBe(true);
  const place = await run.boundingBox();
  await run.click();
  const stop = lab.getByRole("button", { name: "Stop load test" });
  await expect(stop).toBeVisible();
  // Whoever presses twice presses the same button.
  expect((await stop.boundingBox())?.x).toBe(place?.x);
  await expect(lab.getByText("is being tested").first()).toBeVisible({ timeout: 60_000 });
  await expect(lab.getByRole("region", { name: "Load test" })).toBeInViewport();
  const sentence = lab.locator(".lab-sentence p").first();
  await expect(sentence).toBeInViewport({ timeout: 60_000 });
  await expect(lab.locator(".lab-worker-requests").filter({ hasNotText: /^[1-9][\d,]* in the run$/ })).toHaveCount(0);
  const table = lab.getByRole("table", { name: "Load test results" });
  await expect(table).toBeInViewport();
  expect(await middle(table)).toBeGreaterThan(await middle(lab.locator(".lab-workers").first()));
  expect(await middle(table)).toBeLessThan(await middle(lab.getByRole("tablist").first()));
  expect(await page.evaluate(() => Number(Reflect.get(globalThis, "moved")))).toBeLessThan(0.02);

  // What ten readers wrote into the log is one line.
  const development = new LabSide(lab.getByRole("region", { name: "Development server" }));
  await development.shows(/"GET\/HTTP\/1\.1"200-×[\d,]{3,}/);
  const terminal = development.region.getByRole("textbox", { name: "Terminal of the development server" });
  await terminal.press("Control+f");
  const field = development.region.getByRole("searchbox", { name: "Search what is shown" });
  await field.fill("HTTP/1.1");
  // One line, or a few where something else was written between.
  await expect(development.region.getByText(/^[1-9]\d* of [1-9]\d*$/)).toBeVisible();
  await field.press("Escape");
  await expect(terminal).toBeFocused();
  await development.region.getByRole("button", { name: "As written" }).press("Enter");
  await development.shows(/"GET\/HTTP\/1\.1"200-127\.0\.0\.1/);
});

test("from Start it is at most three steps of the Tab key to Run", async ({ page }) => {
  await page.goto(pages.lesson);
  const lab = labOf(page);
  await lab.getByRole("button", { name: "Start both servers" }).focus();
  const run = lab.getByRole("button", { name: "Run load test" });
  const focused = () => run.evaluate((button) => document.activeElement === button);
  let steps = 0;
  for (; steps < 3 && !(await focused()); steps += 1) await page.keyboard.press("Tab");
  expect(await focused()).toBe(true);
});

test("a part comes on screen with the text that names it, one at a time, and stays", async ({ page }) => {
  await page.goto("./lessons/09-when-things-hang/");
  const lab = page.getByRole("region", { name: /^Lab: / });
  await expect(lab.getByRole("button", { name: "Run load test" })).toBeVisible();
  await expect(lab.getByRole("button", { name: "Hang a worker" })).toHaveCount(0);
  await page.getByText("Hang a worker", { exact: true }).first().scrollIntoViewIfNeeded();
  await expect(lab.getByRole("button", { name: "Hang a worker" })).toHaveCount(2);
  await expect(lab.getByRole("tab")).toHaveCount(0);
  await page.reload();
  await expect(lab.getByRole("button", { name: "Hang a worker" })).toHaveCount(2);
});
