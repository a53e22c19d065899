// @project beside
/** The privacy page's word: no request leaves the origin, and nothing is stored but what it lists. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Page, expect as see } from "@playwright/test";
import { isListed, type Storage, stored } from "../../src/privacy/stored.ts";
import { expect, pages, test } from "../../testing/browser/site.ts";

/** Everything that the browser holds for the site, by where it lies. */
async function everythingStored(page: Page): Promise<readonly (readonly [Storage, string])[]> {
  const inPage = await page.evaluate(async () => ({
    localStorage: Object.keys(localStorage),
    sessionStorage: Object.keys(sessionStorage),
    "Cache Storage": await caches.keys(),
    IndexedDB: (await indexedDB.databases()).map(({ name }) => name ?? ""),
  }));
  const cookies = (await page.context().cookies()).map(({ name }) => name);
  const of = (storage: Storage, names: readonly string[]) => names.map((name) => [storage, name] as const);
  return [
    ...of("localStorage", inPage.localStorage),
    ...of("sessionStorage", inPage.sessionStorage),
    ...of("Cache Storage", inPage["Cache Storage"]),
    ...of("IndexedDB", inPage.IndexedDB),
    ...of("cookies", cookies),
  ];
}

test.describe("a visit in which much is done", () => {
  test.use({ serviceWorkers: "allow" });

  // [threat: tracking]
  test("asks nothing of another origin, and stores what the privacy page lists, and nothing else", async ({
    page,
    baseURL,
  }) => {
    test.setTimeout(180_000);
    const site = new URL(baseURL ?? "").origin;
    const elsewhere: string[] = [];
    page.context().on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(`${site}/`) && !/^(?:data|blob):/.test(url)) elsewhere.push(url);
    });
    await page.goto(pages.lesson);
    await page.getByRole("combobox", { name: "Select theme" }).selectOption("light");
    await page.getByRole("button", { name: "Mark this lesson as done" }).click();
    const lab = page.getByRole("region", { name: "Lab: The first load test" });
    await lab.scrollIntoViewIfNeeded();
    const development = lab.getByRole("region", { name: "Development server" });
    await development.getByRole("textbox", { name: "Command" }).fill("flask --app app run --no-reload");
    await lab.getByRole("button", { name: "Start both servers" }).click();
    await expect(lab.getByText("Running on port 5000")).toBeVisible({ timeout: 90_000 });
    await expect(lab.getByText(/Running on port 8000 with 4 workers/)).toBeVisible({ timeout: 90_000 });
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await expect
      .poll(() => page.evaluate(() => caches.has("two-servers-python-template /some/course/")), { timeout: 30_000 })
      .toBe(true);

    const found = await everythingStored(page);
    expect(found.filter(([storage, name]) => !isListed(storage, name))).toEqual([]);
    // What was done has left its traces: the list is compared with something.
    for (const name of ["two-servers:learner", "two-servers-site", "two-servers-python-template"]) {
      expect(found.map(([, each]) => each)).toContain(`${name} /some/course/`);
    }
    expect(found.map(([, each]) => each)).toContain("starlight-theme");
    expect(found.some(([, name]) => name.startsWith("two-servers:changes:"))).toBe(true);
    expect(elsewhere).toEqual([]);

    await page.goto("./privacy/");
    const rows = page.locator("main table tbody tr");
    await expect(rows).toHaveCount(stored.length);
    for (const [index, { storage, name, what }] of stored.entries()) {
      for (const text of [storage, name, what]) await expect(rows.nth(index)).toContainText(text);
    }
  });
});

test("where the browser denies all storage, everything works, and one sentence says that nothing is kept", async ({
  baseURL,
  launchOptions,
}, info) => {
  test.setTimeout(180_000);
  // A browser with the setting of those who block all cookies: nothing less is a denial.
  const profile = info.outputPath("profile");
  mkdirSync(join(profile, "Default"), { recursive: true });
  const denied = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(join(profile, "Default/Preferences"), JSON.stringify(denied));
  const context = await chromium.launchPersistentContext(profile, { ...launchOptions, baseURL: baseURL ?? "" });
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    await page.goto(pages.lesson);
    see(await page.evaluate(() => typeof localStorage)).toBe("undefined");
    await see(page.getByText("Your browser keeps nothing for this site")).toHaveCount(1);
    await page.getByRole("combobox", { name: "Select theme" }).selectOption("light");
    await see(page.locator("html")).toHaveAttribute("data-theme", "light");
    await page.getByRole("button", { name: "Mark this lesson as done" }).click();
    await see(page.getByText("This lesson is done.")).toBeVisible();
    const lab = page.getByRole("region", { name: "Lab: The first load test" });
    await lab.scrollIntoViewIfNeeded();
    await lab.getByRole("button", { name: "Start both servers" }).click();
    await see(lab.getByText("Running on port 5000")).toBeVisible({ timeout: 90_000 });
    await page.goto("./privacy/");
    await see(page.getByText("Your browser keeps nothing for this site: its storage is denied")).toBeVisible();
    see(complaints).toEqual([]);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
});
