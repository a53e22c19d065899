// @project beside
/** When the machine cannot be opened: one message with its cause and a way on, and a lesson that can still be read. */
import { expect, type Page, test } from "@playwright/test";
import { boot, LabUnderTest } from "../../testing/browser/lab.ts";
import { pages } from "../../testing/browser/site.ts";

/** Presses the start button of the lab in lesson 1; the one message that must come. */
async function startAndFail(page: Page): Promise<string> {
  await page.goto(pages.lesson);
  const region = page.getByRole("region", { name: "Lab: The first load test" });
  await region.getByRole("button", { name: "Start both servers" }).click();
  const alert = region.getByRole("alert").filter({ hasText: /\S/ });
  await expect(alert).toHaveCount(1, { timeout: boot });
  await expect(alert.getByRole("button", { name: "Try again" })).toBeVisible();
  await expect(region.getByRole("progressbar")).toHaveCount(0);
  // The lesson goes on below, and the sides are as they were.
  await expect(page.getByRole("heading", { name: "So why not the development server?" })).toBeVisible();
  await expect(region.getByRole("region", { name: "Production server" }).getByText("Not started.")).toBeVisible();
  return (await alert.textContent()) ?? "";
}

test("without JSPI the lab says what the browser lacks, and which browser to use", async ({ page }) => {
  await page.addInitScript(() => {
    for (const name of ["Suspending", "promising"]) Reflect.deleteProperty(WebAssembly, name);
  });
  const message = await startAndFail(page);
  expect(message).toContain("This browser cannot suspend WebAssembly (JSPI)");
  expect(message).toContain("Use a current Chrome, Edge, Firefox or Safari");
});

test("without WebAssembly the lab says so", async ({ page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, "WebAssembly");
  });
  const message = await startAndFail(page);
  expect(message).toContain("This browser has no WebAssembly");
  expect(message).toContain("Use a current Chrome, Edge, Firefox or Safari");
});

test("an asset that does not come is named, and trying again works", async ({ page }) => {
  test.setTimeout(120_000);
  await page.route("**/machine/python/python_stdlib*", (route) => route.abort());
  const message = await startAndFail(page);
  expect(message).toMatch(/A part of the machine could not be loaded: python_stdlib\.zip\.\w+\.zst\.bin/);
  expect(message).toContain("Check the connection and try again");
  await page.unrouteAll();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Running on port 8000 with 4 workers.")).toBeVisible({ timeout: boot });
});

test("an asset that breaks off half way is named", async ({ page }) => {
  await page.route("**/machine/python/pyodide.asm.wasm*", async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    await route.fulfill({ response, body: body.subarray(0, body.length / 2) });
  });
  const message = await startAndFail(page);
  expect(message).toMatch(/A part of the machine could not be loaded: pyodide\.asm\.wasm/);
  expect(message).toMatch(/was cut off|of \d+ bytes came/);
});

test("an asset that a host has not got, or answers with a page of its own, is named", async ({ page }) => {
  await page.route("**/machine/python/site-packages*", (route) => route.fulfill({ status: 404, body: "Not found" }));
  expect(await startAndFail(page)).toMatch(/site-packages\.zip.*the host answered 404/s);
  await page.unrouteAll();
  await page.route("**/machine/python/manifest.json", (route) =>
    route.fulfill({ contentType: "text/html", body: "<h1>Log in first</h1>" }),
  );
  const message = await startAndFail(page);
  expect(message).toMatch(/A part of the machine could not be loaded: manifest\.json/);
});

test("opening can be given up: Stop ends the download, and Start begins again", async ({ browser }, { project }) => {
  test.setTimeout(120_000);
  const lab = await LabUnderTest.open(browser, project.use.baseURL);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await lab.page.route("**/machine/python/pyodide.asm.wasm*", async (route) => {
    await held;
    await route.continue().catch(() => {
      // The page has given the request up.
    });
  });
  await lab.button("Start both servers").click();
  await expect(lab.region.getByRole("progressbar")).toBeVisible();
  await lab.button("Stop both servers").click();
  await expect(lab.region.getByRole("progressbar")).toHaveCount(0);
  await expect(lab.production.state).toHaveText(/^(Not started|Stopped)\.$/);
  release();
  await lab.page.unrouteAll({ behavior: "wait" });
  await lab.start();
  await lab.close();
});
