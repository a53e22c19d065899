// @project beside
import { gzipSync } from "node:zlib";
import { test as playwrightTest } from "@playwright/test";
import { expect, pages, test } from "../../testing/browser/site.ts";
import { labOf, openLesson, runLoadTest, start, useLabDouble } from "../../testing/lab-double/lab-on-double.ts";

test.describe("on a double", () => {
  test.beforeEach(({ context }) => useLabDouble(context));

  test("what was typed outlives a reload and a way back, and servers that ended are offered again", async ({
    page,
  }) => {
    const lab = await openLesson(page);
    const production = lab.getByRole("region", { name: "Production server" });
    const command = production.getByRole("textbox", { name: "Command" });
    await command.fill("gunicorn -w 4 --threads 4 app:app");
    await start(lab);
    await page.reload();
    await expect(lab.getByText("The servers stopped when you left the page.")).toBeVisible();
    await expect(command).toHaveValue("gunicorn -w 4 --threads 4 app:app");
    await lab.getByRole("button", { name: "Start them again" }).click();
    await expect(production.getByText("with 4 workers")).toBeVisible();

    await page.goto(pages.concept);
    await page.goBack();
    await expect(lab.getByText("The servers stopped when you left the page.")).toBeVisible();
    await expect(command).toHaveValue("gunicorn -w 4 --threads 4 app:app");
    await expect(production.getByText("with 4 workers")).toHaveCount(0);
  });

  // Without the watch on the console: the theme switch of the site's frame complains there, and the lab does not.
  playwrightTest("without storage the lab works, and says that nothing is kept", async ({ page, context }) => {
    await useLabDouble(context);
    await page.addInitScript(() => {
      for (const name of ["sessionStorage", "localStorage"]) {
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException("The operation is insecure.", "SecurityError");
          },
        });
      }
    });
    const lab = await openLesson(page);
    await page
      .getByRole("group", { name: /A quick page/ })
      .getByRole("radio", { name: "About the same" })
      .check();
    await lab
      .getByRole("region", { name: "Production server" })
      .getByRole("textbox", { name: "Command" })
      .fill("gunicorn -w 4 app:app");
    await expect(lab.getByText("Your browser does not let this page store anything")).toBeVisible();
    await start(lab);
    await runLoadTest(lab);
    await expect(lab.getByText("You said “About the same”")).toBeVisible();
  });

  test("a run during which the page was hidden is marked", async ({ page }) => {
    const lab = await openLesson(page);
    await start(lab);
    await lab.getByRole("button", { name: "Run load test" }).click();
    await page.evaluate(() => {
      Object.defineProperty(document, "visibilityState", { configurable: true, value: "hidden" });
      document.dispatchEvent(new Event("visibilitychange"));
      Object.defineProperty(document, "visibilityState", { configurable: true, value: "visible" });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await expect(lab.getByText("The page was hidden during this run.")).toBeVisible();
    await expect(lab.getByText("The page was hidden for a while")).toBeVisible();
    await runLoadTest(lab);
    await expect(lab.getByText("The page was hidden for a while")).toHaveCount(0);
  });

  test("two tabs with a lab know of each other while both run", async ({ page, context }) => {
    const lab = await openLesson(page);
    await start(lab);
    const other = await context.newPage();
    const otherLab = await openLesson(other);
    const warning = "A lab is running in another tab, too.";
    await expect(lab.getByText(warning)).toHaveCount(0);
    await start(otherLab);
    await expect(otherLab.getByText(warning)).toBeVisible();
    await expect(lab.getByText(warning)).toBeVisible();
    // One of them lies behind the other, where a browser takes its time: no pointer waits for it to come to rest.
    for (const each of [otherLab, lab])
      await each.getByRole("button", { name: "Run load test" }).dispatchEvent("click");
    await expect(lab.getByText("Another tab ran a load test at the same time")).toBeVisible();
    await other.close();
    await expect(lab.getByText(warning)).toHaveCount(0);
  });
});

test.describe("on the machine", () => {
  test.setTimeout(300_000);

  test("a slow network shows how much has come, and the machine opens", async ({ page, context }) => {
    const lab = await openLesson(page);
    const session = await context.newCDPSession(page);
    const bytesPerSecond = 1_500_000;
    await session.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 100,
      downloadThroughput: bytesPerSecond,
      uploadThroughput: bytesPerSecond,
    });
    await lab.getByRole("button", { name: "Start both servers" }).click();
    const seen = new Set<string>();
    const progress = lab.getByRole("progressbar", { name: "Opening the machine" });
    await expect(progress).toBeVisible();
    await expect
      .poll(
        async () => {
          const step = await lab.locator(".lab-progress-step").first().textContent();
          if (step !== null && /[\d.]+ of [\d.]+ MB/.test(step)) seen.add(step);
          return seen.size;
        },
        { timeout: 60_000, intervals: [100] },
      )
      .toBeGreaterThan(3);
    await lab.getByText("with 4 workers").waitFor({ timeout: 240_000 });
  });

  test("a download that breaks off says so, and Try again goes on", async ({ page }) => {
    const lab = await openLesson(page);
    let broken = 0;
    await page.route(/pyodide\.asm\.wasm.*zst\.bin$/, async (route) => {
      if (broken++ > 0) return route.continue();
      return route.abort("aborted");
    });
    await lab.getByRole("button", { name: "Start both servers" }).click();
    const alert = lab.getByRole("alert");
    await expect(alert).toContainText("could not be loaded: pyodide.asm.wasm", { timeout: 60_000 });
    await expect(alert).toContainText("Check the connection and try again");
    await alert.getByRole("button", { name: "Try again" }).click();
    await lab.getByText("with 4 workers").waitFor({ timeout: 240_000 });
  });

  test("half a file is no file: the lab says so, and Try again goes on", async ({ page }) => {
    const lab = await openLesson(page);
    let broken = 0;
    await page.route(/python_stdlib\.zip.*zst\.bin$/, async (route) => {
      if (broken++ > 0) return route.continue();
      const whole = await (await route.fetch()).body();
      return route.fulfill({ contentType: "application/octet-stream", body: whole.subarray(0, whole.length / 2) });
    });
    await lab.getByRole("button", { name: "Start both servers" }).click();
    await expect(lab.getByRole("alert")).toContainText("python_stdlib.zip", { timeout: 60_000 });
    await lab.getByRole("alert").getByRole("button", { name: "Try again" }).click();
    await lab.getByText("with 4 workers").waitFor({ timeout: 240_000 });
  });

  test("a first start downloads at most 8 MB", async ({ page }) => {
    const measured: Promise<number>[] = [];
    const lab = await openLesson(page);
    // What the page itself is still loading is not the lab's.
    await page.waitForLoadState("networkidle");
    page.on("requestfinished", (request) =>
      measured.push(request.sizes().then(({ responseBodySize }) => responseBodySize)),
    );
    await lab.getByRole("button", { name: "Start both servers" }).click();
    await lab.getByText("with 4 workers").waitFor({ timeout: 240_000 });
    const bytes = (await Promise.all(measured)).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(1_000_000);
    expect(bytes).toBeLessThanOrEqual(8_000_000);
  });
});

test("before a click a lesson loads at most 150 kB of scripts, style sheets and fonts, compressed", async ({
  page,
}) => {
  const measured: Promise<{ url: string; bytes: number }>[] = [];
  page.on("response", (response) => {
    const kind = response.request().resourceType();
    if (kind !== "script" && kind !== "stylesheet" && kind !== "font") return;
    measured.push(response.body().then((body) => ({ url: response.url(), bytes: gzipSync(body).length })));
  });
  await page.goto(pages.lesson, { waitUntil: "networkidle" });
  await labOf(page).waitFor();
  const html = await page.content();
  const inline = [...html.matchAll(/<(script|style)\b[^>]*>([\s\S]*?)<\/\1>/g)].map(([, , code = ""]) => code).join("");
  const sizes = await Promise.all(measured);
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, gzipSync(inline).length);
  test.info().annotations.push({ type: "bytes", description: String(total) });
  expect(total, JSON.stringify(sizes)).toBeLessThanOrEqual(150_000);
});
