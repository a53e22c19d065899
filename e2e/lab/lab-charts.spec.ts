// @project beside
import { expect, test } from "../../testing/browser/site.ts";
import { wcagViolations } from "../../testing/browser/wcag.ts";
import { openLesson, runLoadTest, start, useLabDouble } from "../../testing/lab-double/lab-on-double.ts";

test.beforeEach(({ context }) => useLabDouble(context));

test("each chart is a picture with a name, sentences and a table; its code comes with the first run", async ({
  page,
}) => {
  const scripts: string[] = [];
  page.on("request", (request) => scripts.push(request.url()));
  const lab = await openLesson(page);
  await start(lab);
  expect(scripts.filter((url) => url.includes("run-chart"))).toEqual([]);
  await runLoadTest(lab);
  expect(scripts.filter((url) => /run-chart.*js$/.test(url))).toHaveLength(1);

  await expect(lab.getByRole("img", { name: "Requests per second over time" }).locator("canvas")).toBeVisible();
  await expect(lab.getByRole("img", { name: /Latency over time/ }).locator("canvas")).toBeVisible();

  await lab.getByText("Latency in words and as a table").click();
  await expect(lab.getByText("Production server, 95th percentile: between 300 ms and 300 ms")).toBeVisible();
  const table = lab.getByRole("table", { name: "Latency over time, median and 95th percentile, as a table" });
  await expect(table.getByRole("row").nth(1)).toHaveText(/^1\s*100.ms\s*200.ms\s*150.ms\s*300.ms$/);
});

test("charts are drawn at most ten times a second, with reduced motion once", async ({ page }) => {
  for (const [reducedMotion, most] of [
    ["no-preference", 10],
    ["reduce", 1],
  ] as const) {
    await page.emulateMedia({ reducedMotion });
    const lab = await openLesson(page);
    await start(lab);
    await lab.getByRole("button", { name: "Run load test" }).click();
    const canvas = lab.getByRole("img", { name: "Requests per second over time" }).locator("canvas");
    await canvas.waitFor();
    const drawn = await canvas.evaluate(async (element: HTMLCanvasElement) => {
      const context = element.getContext("2d");
      if (context === null) return -1;
      let clears = 0;
      const clear = context.clearRect.bind(context);
      context.clearRect = (...box) => {
        clears++;
        clear(...box);
      };
      await new Promise((resolve) => setTimeout(resolve, 1500));
      return clears / 1.5;
    });
    expect(drawn).toBeLessThanOrEqual(most * 1.4);
    await lab.getByRole("button", { name: /Run load test/ }).waitFor();
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`with a result on screen the lab meets WCAG 2.2 AA, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const lab = await openLesson(page);
    await start(lab);
    await runLoadTest(lab);
    await lab.locator("details").evaluateAll((all) => {
      for (const each of all) each.setAttribute("open", "");
    });
    await lab.getByRole("table", { name: /Latency over time/ }).waitFor();
    expect(await wcagViolations(page)).toEqual([]);
  });
}

test("on a phone there is one side at a time, the load test above it and the result below its lanes", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  // Somebody who has never been here.
  await page.addInitScript(() => localStorage.clear());
  const lab = await openLesson(page);
  const side = (name: string) => lab.getByRole("region", { name, exact: true });
  await expect(side("Development server")).toBeVisible();
  await expect(side("Production server")).toBeHidden();
  const run = lab.getByRole("button", { name: "Run load test" });
  await run.scrollIntoViewIfNeeded();
  const place = await run.boundingBox();
  await start(lab);
  // What comes with the first start moves nothing that may be pressed next.
  await expect(lab.getByRole("button", { name: "Reset" })).toBeVisible();
  expect(await run.boundingBox()).toEqual(place);
  await runLoadTest(lab);
  const table = lab.getByRole("table", { name: "Load test results" });
  await expect(table).toBeInViewport();
  const top = async (name: string) => (await side(name).boundingBox())?.y ?? 0;
  // The side that the run came to last is the one on screen.
  await expect(side("Production server")).toBeVisible();
  await expect(side("Development server")).toBeHidden();
  expect(await top("Load test")).toBeLessThan(await top("Production server"));
  const lanes = await lab.getByRole("list", { name: "Workers" }).boundingBox();
  expect((await table.boundingBox())?.y ?? 0).toBeGreaterThan((lanes?.y ?? 0) + (lanes?.height ?? 0));
  await lab.getByRole("button", { name: "Development server", exact: true }).click();
  await expect(side("Development server")).toBeVisible();
  await expect(side("Production server")).toBeHidden();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
