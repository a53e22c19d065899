// @project beside
/** What a reader does around a load test: other plans, settings, earlier runs, files, and how far to trust it all. */
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../../testing/browser/site.ts";
import { openLesson, runLoadTest, start, useLabDouble } from "../../testing/lab-double/lab-on-double.ts";

test.beforeEach(({ context }) => useLabDouble(context));

async function choose(lab: Locator, plan: string): Promise<void> {
  const radio = lab.getByRole("radio", { name: plan });
  if (!(await radio.isVisible())) await lab.getByText("More plans").click();
  await radio.check();
}

/** The text of what a button saves. */
async function saved(page: Page, button: Locator): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

test("the general plans stand behind a disclosure, say what they do, and show what was offered", async ({ page }) => {
  const lab = await openLesson(page);
  const plans = lab.getByRole("radiogroup", { name: "Plan" }).getByRole("radio");
  await expect(plans.filter({ visible: true })).toHaveCount(3);
  await lab.getByText("More plans").click();
  await expect(plans.filter({ visible: true })).toHaveCount(8);
  await expect(lab.getByRole("radio", { name: "Rush hour" })).toHaveAccessibleDescription(
    "5 to 60 users a second, 12\u00a0s: /io",
  );
  await start(lab);
  await choose(lab, "Rush hour");
  await runLoadTest(lab);
  await expect(lab.locator(".lab-sentence")).toContainText("With 5 to 60 users a second on “Rush hour”");
  await lab.getByText("Requests per second in words and as a table").click();
  await expect(lab.getByText("Production server, offered: between 40")).toBeVisible();
  for (const picture of ["Requests waiting in the queue over time", "Errors per second over time"]) {
    await expect(lab.getByRole("img", { name: picture }).locator("canvas")).toBeVisible();
  }
  const trust = lab.locator(".lab-trust");
  await trust.getByText("How far to trust these figures").click();
  for (const fact of ["Open: 5 to 60 users a second", "80\u00a0/s offered", "500 answers", "steps of", "In view"]) {
    await expect(trust).toContainText(fact);
  }
});

test("settings edit the command line and restart what runs; only those that its program knows are there", async ({
  page,
}) => {
  const lab = await openLesson(page);
  const side = (name: string) => lab.getByRole("region", { name, exact: true });
  const [development, production] = [side("Development server"), side("Production server")];
  const command = (of: Locator) => of.getByRole("textbox", { name: "Command" });
  await expect(development.getByRole("spinbutton")).toHaveCount(0);
  await development.getByRole("checkbox", { name: "A thread for each request" }).uncheck();
  await expect(command(development)).toHaveValue("flask --app app run --without-threads");
  await start(lab);
  await production.getByRole("spinbutton", { name: "Threads" }).fill("4");
  await production.getByRole("spinbutton", { name: "Threads" }).press("Enter");
  await expect(command(production)).toHaveValue("gunicorn --threads 4 -w 4 -b 0.0.0.0:8000 app:app");
  const terminal = (of: Locator) => of.getByRole("tabpanel", { name: "Terminal", exact: true });
  // A terminal draws what is in view.
  await terminal(production).scrollIntoViewIfNeeded();
  await expect(terminal(production)).toContainText("$ gunicorn --threads 4", { timeout: 15_000 });
  await expect(terminal(development)).toContainText("--without-threads");
  await production.getByRole("spinbutton", { name: "Workers" }).fill("99");
  await production.getByRole("spinbutton", { name: "Workers" }).press("Enter");
  await expect(command(production)).toHaveValue(/-w 16 /);
  await expect(production.getByText("99 was taken for 16.")).toBeVisible();
  await command(production).fill("python -m http.server 8000");
  await expect(production.getByRole("spinbutton")).toHaveCount(0);
});

test("a machine that dies in the middle of a run leaves what was seen of it, marked", async ({ page }) => {
  const lab = await openLesson(page);
  await start(lab);
  await lab.getByRole("button", { name: "Run load test" }).click();
  await expect(lab.getByRole("img", { name: "Requests per second over time" }).locator("canvas")).toBeVisible();
  await page.evaluate(() => Reflect.get(globalThis, "crash the machine")());
  const table = lab.getByRole("table", { name: "Load test results" });
  await expect(table.getByRole("columnheader", { name: /^Development server/ })).toContainText("(incomplete)");
  await expect(table.getByRole("row", { name: "Requests per second" }).getByRole("cell").first()).toHaveText(
    /^80\s\/s/,
  );
  await expect(lab.locator(".lab-sentence")).toContainText(
    "The machine ended while the development server was being asked",
  );
  await expect(lab.getByRole("alert")).toContainText("The machine stopped working");
});

test("runs are kept, laid over the last one, and saved as files that other tools read", async ({ page }) => {
  const lab = await openLesson(page);
  await start(lab);
  await runLoadTest(lab);
  await choose(lab, "A slow page");
  await runLoadTest(lab);
  await lab.getByText("Keep and compare: 2 runs").click();
  await lab.getByRole("button", { name: "Compare the last run with Run 1" }).click();
  const table = lab.getByRole("table", { name: "Load test results" });
  await expect(table.getByRole("columnheader")).toHaveText([
    "Measure",
    /Development server$/,
    /Production server$/,
    /Run 1: Development server$/,
    /Run 1: Production server$/,
  ]);
  await lab.getByText("Latency in words and as a table").click();
  await expect(lab.getByText("Production server, Run 1: between 200")).toBeVisible();

  // One scale of time: workers, the queue and the words below begin and end at the same places, on a phone as well.
  const scales = () =>
    lab
      .getByRole("region", { name: "Production server", exact: true })
      .locator(":is(.lab-worker, .lab-queue) > .lab-lane, .lab-time > .lab-bare-lane")
      .evaluateAll((lanes) =>
        lanes.map((lane) => {
          const { left, right } = lane.getBoundingClientRect();
          return `${Math.round(left)} to ${Math.round(right)}`;
        }),
      );
  for (const size of [
    { width: 1280, height: 720 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    const seen = await scales();
    expect(seen.length).toBeGreaterThanOrEqual(4);
    expect(new Set(seen).size, seen.join(", ")).toBe(1);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);

  await lab.getByRole("list", { name: "Kept runs" }).getByText("Save", { exact: true }).first().click();
  const button = (format: string) => lab.getByRole("button", { name: `${format} of the development server, Run 2` });
  const report = await saved(page, button("Report (JSON)"));
  expect(report.name).toBe("slow-run-2-development.json");
  expect(JSON.parse(report.text)).toMatchObject({ requests: 480, success: 1, latencies: { "50th": 100e6 } });
  const series = await saved(page, button("Series (CSV)"));
  expect(series.text.split("\r\n")[0]).toContain("seconds,counted,done");
  expect(series.text.trim().split("\r\n")).toHaveLength(11);
  const percentiles = await saved(page, button("Percentiles (HdrHistogram)"));
  expect(percentiles.text).toContain("1/(1-Percentile)");
});
