// @project node
/**
 * The first lab on the Node machine, against the test double of WebContainer's origin: the real client, real Node
 * processes on loopback, and not StackBlitz's runtime. The site's host sends no special header, so the service worker
 * isolates the page.
 */
import type { Locator, Page } from "@playwright/test";
import { expect, pages } from "../../testing/browser/site.ts";
import { doubleOptions, test } from "../webcontainer-double/test.ts";

test.use(doubleOptions);

const labOf = (page: Page) => page.getByRole("region", { name: "Lab: The first load test" });
const development = (lab: Locator) => lab.getByRole("region", { name: "Development server" });
const production = (lab: Locator) => lab.getByRole("region", { name: "Production server" });
const button = (lab: Locator, name: string) => lab.getByRole("button", { name, exact: true });
/** A terminal draws only where the page shows it. */
async function terminal(side: Locator): Promise<Locator> {
  const rows = side.locator(".xterm-rows");
  await rows.evaluate((element) => element.scrollIntoView({ block: "nearest", behavior: "instant" }));
  return rows;
}

async function chooseNode(page: Page): Promise<Locator> {
  await page.goto(pages.embed);
  await labOf(page).getByRole("link", { name: "Node", exact: true }).click();
  await page.waitForFunction(() => crossOriginIsolated);
  return labOf(page);
}

async function startBoth(lab: Locator): Promise<void> {
  await button(lab, "Start both servers").click();
  await expect(development(lab).getByText("Running on port 3000")).toBeVisible({ timeout: 30_000 });
  await expect(production(lab).getByText("Running on port 8000 with 4 workers.")).toBeVisible({ timeout: 30_000 });
}

async function runPlan(lab: Locator, plan: string): Promise<void> {
  await lab.getByRole("radio", { name: plan }).check();
  await button(lab, "Run load test").click();
  await expect(button(lab, "Stop load test")).toBeVisible();
  await expect(button(lab, "Run load test")).toBeVisible({ timeout: 60_000 });
}

/** The figures of a row of the result, development first. */
async function figures(lab: Locator, row: string): Promise<number[]> {
  const cells = lab.getByRole("table", { name: "Load test results" }).getByRole("row", { name: row }).getByRole("cell");
  return (await cells.allTextContents()).map((text) => Number.parseFloat(text.replaceAll(",", "")));
}

test("one click starts both servers; plans, table, workers and kill work as on Python", async ({ page }) => {
  test.setTimeout(180_000);
  const lab = await chooseNode(page);
  await startBoth(lab);
  const workers = production(lab).getByRole("list", { name: "Workers" }).getByRole("listitem");
  await expect(workers).toHaveCount(4);
  await expect(development(lab).getByRole("list", { name: "Workers" }).getByRole("listitem")).toHaveCount(1);

  await runPlan(lab, "A slow page");
  const rates = await figures(lab, "Requests per second");
  expect(rates).toHaveLength(2);
  for (const rate of rates) expect(rate).toBeGreaterThan(40);
  expect(await figures(lab, "Errors")).toEqual([0, 0]);
  await expect(lab.getByText(/With 10 users on/).first()).toBeVisible();

  const kill = workers.first().getByRole("button", { name: /^Kill worker/ });
  const name = await kill.getAttribute("aria-label");
  await kill.click();
  await expect(lab.getByRole("button", { name: name ?? "" })).toHaveCount(0, { timeout: 15_000 });
  await expect(workers).toHaveCount(4);
  await expect(production(lab).getByText("Running on port 8000 with 4 workers.")).toBeVisible({ timeout: 15_000 });

  await button(lab, "Stop both servers").click();
  await expect(development(lab).getByText("Stopped.")).toBeVisible();
  await startBoth(lab);
});

test("a killed worker under load costs at most what it was answering", async ({ page }) => {
  test.setTimeout(120_000);
  const lab = await chooseNode(page);
  await startBoth(lab);
  await lab.getByRole("radio", { name: "A slow page" }).check();
  await button(lab, "Run load test").click();
  await page.waitForTimeout(2000);
  await production(lab)
    .getByRole("button", { name: /^Kill worker/ })
    .first()
    .click();
  await expect(button(lab, "Run load test")).toBeVisible({ timeout: 60_000 });
  const [developmentErrors, productionErrors = 0] = await figures(lab, "Errors");
  expect(developmentErrors).toBe(0);
  expect(productionErrors).toBeLessThanOrEqual(4);
});

test("the choice is remembered, can be linked to, and Python is one click away", async ({ page, baseURL }) => {
  await chooseNode(page);
  await page.goto(pages.lesson);
  await page.waitForURL(/machine=node/);
  await expect(development(labOf(page)).getByRole("textbox", { name: "Command" })).toHaveValue(
    "node --watch server.js",
  );
  await labOf(page).getByRole("link", { name: "Python", exact: true }).click();
  await expect(development(labOf(page)).getByRole("textbox", { name: "Command" })).toHaveValue("flask --app app run");
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await page.goto(pages.embed);
  expect(page.url()).toBe(new URL(pages.embed, baseURL).href);
});

test("a syntax error in server.js: both sides say so and can be started again", async ({ page }) => {
  test.setTimeout(120_000);
  const lab = await chooseNode(page);
  await development(lab).getByRole("textbox", { name: "Command" }).fill("node --eval 'const ='");
  await production(lab).getByRole("textbox", { name: "Command" }).fill("node cluster.js --port 70000");
  await button(lab, "Start both servers").click();
  await expect(development(lab).getByText(/The server exited with code 1/)).toBeVisible({ timeout: 30_000 });
  await expect(await terminal(development(lab))).toContainText("SyntaxError");
  await expect(production(lab).getByText(/The server exited with code 1/)).toBeVisible({ timeout: 30_000 });
  await button(lab, "Reset").click();
  await startBoth(lab);
});

test("where WebContainer never answers, the lab says so after its limit and offers Python", async ({
  page,
  double,
}) => {
  test.setTimeout(90_000);
  double.behaviour = "silent";
  const lab = await chooseNode(page);
  await button(lab, "Start both servers").click();
  await expect(lab.getByRole("alert")).toContainText("did not answer", { timeout: 45_000 });
  await expect(lab.getByRole("alert")).toContainText("stackblitz.com, *.staticblitz.com");
  await lab.getByRole("link", { name: "Continue without Node" }).click();
  await expect(development(labOf(page)).getByRole("textbox", { name: "Command" })).toHaveValue("flask --app app run");
});

test("where WebContainer refuses, the lab repeats why", async ({ page, double }) => {
  double.behaviour = { refuses: "Unable to create more instances" };
  const lab = await chooseNode(page);
  await button(lab, "Start both servers").click();
  await expect(lab.getByRole("alert")).toContainText("Unable to create more instances", { timeout: 20_000 });
  double.behaviour = "answers";
  await page.reload();
  await startBoth(lab);
});

test("a container that dies during a run is noticed", async ({ page, double }) => {
  test.setTimeout(120_000);
  const lab = await chooseNode(page);
  await startBoth(lab);
  await button(lab, "Run load test").click();
  await page.waitForTimeout(1500);
  await double.die();
  await expect(lab.getByRole("alert")).toContainText("The machine stopped working", { timeout: 40_000 });
  await expect(lab.getByRole("link", { name: "Continue without Node" })).toBeVisible();
});

test("a process that cannot be killed is said to be one, with a way on; stopping takes the container down", async ({
  page,
  double,
}) => {
  test.setTimeout(120_000);
  double.behaviour = "cannot kill";
  const lab = await chooseNode(page);
  await startBoth(lab);
  await development(lab).getByRole("button", { name: /^Kill/ }).first().click();
  await expect(lab.getByText(/is caught in a loop, and this machine cannot end it. Reload the page/)).toBeVisible();
  await button(lab, "Stop both servers").click();
  await expect(button(lab, "Stop both servers")).toHaveAttribute("aria-disabled", "true", { timeout: 10_000 });
});

test("a crash loop ends, and says so", async ({ page }) => {
  test.setTimeout(120_000);
  const lab = await chooseNode(page);
  await production(lab).getByRole("textbox", { name: "Command" }).fill("node cluster.js --boot 0.001");
  await production(lab)
    .getByRole("button", { name: /^(Start|Restart) the/ })
    .click();
  await expect(production(lab).getByText(/The server exited with code 3/)).toBeVisible({ timeout: 40_000 });
  await expect(await terminal(production(lab))).toContainText("Giving up.");
});
