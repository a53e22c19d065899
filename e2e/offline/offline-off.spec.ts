// @project beside
/** A site that is built with `PUBLIC_OFFLINE=off` keeps nothing in its readers' browsers, and says so. */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { OwnHost } from "../../testing/browser/own-host.ts";

test.use({ serviceWorkers: "allow" });

const folder = join("build", "site-without-offline");

/** Resolves with the exit code. */
function build(): Promise<number | null> {
  const command = ["--env-file=astro.env", "node_modules/astro/bin/astro.mjs", "build", "--outDir", folder];
  const astro = spawn(process.execPath, command, { env: { ...process.env, PUBLIC_OFFLINE: "off" }, stdio: "ignore" });
  // Tests that measure run beside this one.
  if (astro.pid !== undefined) setPriority(astro.pid, constants.priority.PRIORITY_LOW);
  return new Promise((resolve, reject) => {
    astro.once("error", reject);
    astro.once("exit", resolve);
  });
}

const kept = (page: Page) =>
  page.evaluate(async () => ({
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    caches: await caches.keys(),
  }));

test("a site that is built without keeping registers no worker, keeps nothing, and says so", async ({ page }) => {
  test.setTimeout(180_000);
  rmSync(folder, { recursive: true, force: true });
  expect(await build()).toBe(0);
  const host = new OwnHost("site-without-offline-served", { site: folder });
  rmSync(folder, { recursive: true, force: true });
  await host.up();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.clock.install();
  await page.goto(`${host.address}lessons/01-two-servers/`, { waitUntil: "networkidle" });
  // Long enough for a page that would ask.
  await page.clock.runFor(20_000);
  await page.clock.resume();
  await page.waitForLoadState("networkidle");
  expect(asked.filter((path) => /offline-copy|service-worker/.test(path))).toEqual([]);
  expect(await kept(page)).toEqual({ workers: 0, caches: [] });

  await page.goto(`${host.address}privacy/`);
  await expect(page.getByText("Whoever built this copy of the site turned this off")).toBeVisible();
  await expect(page.getByRole("button", { name: /Keep the site|Turn off/ })).toHaveCount(0);
  await host.down();
});
