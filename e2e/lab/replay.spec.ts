// @project beside
/** Readers whose browser or device cannot run a lab: recorded runs in the same charts, marked as recorded. */
import AxeBuilder from "@axe-core/playwright";
import { expect, pages, test } from "../../testing/browser/site.ts";
import { labOf } from "../../testing/lab-double/lab-on-double.ts";

test("without JSPI a lab says so before a click, and shows a recorded run in its own charts", async ({ page }) => {
  await page.addInitScript(() => {
    for (const name of ["Suspending", "promising"]) Reflect.deleteProperty(WebAssembly, name);
  });
  const machine: string[] = [];
  page.on("request", (request) => {
    if (/\/machine\/|\.wasm/.test(request.url())) machine.push(request.url());
  });
  await page.goto(pages.lesson);
  const lab = labOf(page);
  const recorded = lab.getByRole("region", { name: "Recorded run" });
  await expect(recorded).toContainText("This browser cannot run the lab");
  await lab.getByRole("radio", { name: /A slow page/ }).check();
  await recorded.getByRole("button", { name: "Play “A slow page” as it was recorded" }).click();
  await expect(recorded).toContainText("Recorded, not run here");
  await expect(recorded).toContainText(/this lab ran on .* in Chromium .*cores/);
  await expect(recorded).toContainText("gunicorn -w 4 -b 0.0.0.0:8000 app:app");
  const chart = lab.getByRole("img").first();
  await expect(chart.locator("canvas")).toBeVisible();
  const table = lab.getByRole("table", { name: "Load test results" });
  await expect(table).toHaveCount(0);
  await recorded.getByRole("button", { name: "Show the end" }).click();
  await expect(table).toBeVisible();
  await expect(lab.locator(".lab-results")).toContainText("Recorded, not run here");
  await expect(lab.locator(".lab-sentence")).not.toBeEmpty();
  await expect(
    table
      .getByRole("row", { name: /Requests per second/ })
      .getByRole("cell")
      .first(),
  ).toHaveText(/^\d/);
  expect(machine).toEqual([]);
  const { violations } = await new AxeBuilder({ page }).include(".lab-root").analyze();
  expect(violations).toEqual([]);
  // What was asked for afterwards takes its place.
  await lab.getByRole("button", { name: "Reset" }).click();
  await expect(table).toHaveCount(0);
});

test("on a phone a lab that does not fit says so before a download, one that fits does not, and both can be tried", async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({
    ...(baseURL !== undefined && { baseURL }),
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  await page.addInitScript(() => Object.defineProperty(navigator, "deviceMemory", { value: 2 }));
  await page.goto(pages.embed);
  const lab = labOf(page);
  await expect(lab.getByText(/starts about 6 processes .* This device says that it has 2 GB/)).toBeVisible();
  await expect(lab.getByRole("button", { name: "Start both servers" })).toBeEnabled();
  await page.goto("./embed/a-request/");
  const small = page.getByRole("region", { name: "Lab: A request on its way" });
  await expect(small.getByRole("button", { name: "Start both servers" })).toBeVisible();
  await page.waitForLoadState("networkidle");
  await expect(small.getByRole("region", { name: "Recorded run" })).toHaveCount(0);
  await context.close();
});
