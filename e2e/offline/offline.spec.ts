// @project beside
// @also firefox
/** After one visit the site works without its host; a newer version replaces it whole; turned off, nothing is left. */
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { OwnHost } from "../../testing/browser/own-host.ts";

test.use({ serviceWorkers: "allow" });

const lesson = "lessons/01-two-servers/";

/** Everything of the version that is open is kept. */
async function isKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
}

/** Which versions a page is made of: its own, and those of what it fetches now. */
function versions(page: Page, root: string): Promise<readonly string[]> {
  return page.evaluate(async (root) => {
    const own = document.querySelector<HTMLMetaElement>('meta[name="version"]')?.content ?? "none";
    const list = await (await fetch(new URL("machine/python/manifest.json", root))).json();
    const frame = await (await fetch(new URL("machine/frame.html", root))).text();
    return [own, String(list.version), /<meta name="version" content="(.*?)"/.exec(frame)?.[1] ?? "none"];
  }, root);
}

function newerWaits(page: Page): Promise<boolean> {
  return page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting));
}

const cacheNames = (page: Page) => page.evaluate(() => caches.keys());

test.describe("the site on a host of its own", () => {
  test.describe.configure({ mode: "serial" });
  const host = new OwnHost("offline-site");
  let context: BrowserContext;

  test.beforeAll(async ({ browser, browserName }) => {
    await host.publish("1");
    await host.up();
    context = await browser.newContext({ serviceWorkers: "allow" });
    const page = await context.newPage();
    await page.goto(`${host.address}${lesson}`);
    await isKept(page);
    if (browserName === "chromium") {
      // It offers to install the site; this window is a private one.
      const session = await context.newCDPSession(page);
      const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
      expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(["in-incognito"]);
    }
    await page.close();
  });
  test.afterAll(async () => {
    await context.close();
    await host.down();
  });

  test("without its host, on the second visit, a lab runs, pages open and the search finds", async () => {
    test.setTimeout(120_000);
    await host.down();
    const page = await context.newPage();
    await page.goto(`${host.address}${lesson}`);
    const lab = page.getByRole("region", { name: "Lab: The first load test" });
    await lab.scrollIntoViewIfNeeded();
    await lab.getByRole("button", { name: "Start both servers" }).click();
    await expect(lab.getByText("Running on port 5000")).toBeVisible({ timeout: 60_000 });
    await expect(lab.getByText(/Running on port 8000 with 4 workers/)).toBeVisible({ timeout: 60_000 });
    const development = lab.getByRole("region", { name: "Development server" });
    await development.getByRole("tab", { name: "Browser" }).click();
    await development.getByRole("button", { name: "Go", exact: true }).click();
    const shown = development.frameLocator(".lab-browser-page").frameLocator("iframe");
    await expect(shown.locator("body")).toContainText("Hello from Flask");

    // Without its closing slash, as a reader may type it.
    await page.goto(`${host.address}concepts/wsgi`);
    await expect(page).toHaveURL(`${host.address}concepts/wsgi/`);
    // A translated page is kept; for one that shows the English text, the English page stands in.
    await page.goto(`${host.address}es/${lesson}`);
    await expect(page.getByRole("region", { name: "Laboratorio: La primera prueba de carga" })).toBeVisible();
    await page.goto(`${host.address}es/concepts/timeout/`);
    await expect(page).toHaveURL(`${host.address}concepts/timeout/`);
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("textbox", { name: "Search" }).fill("backlog");
    await expect(page.locator("#starlight__search").getByRole("link", { name: "Backlog" }).first()).toBeVisible();
    await page.close();
    await host.up();
  });

  // [threat: host-update]
  test("a newer version waits until no page of the older one is open, and then replaces all of it", async () => {
    test.setTimeout(240_000);
    const page = await context.newPage();
    const other = await context.newPage();
    await other.goto(`${host.address}concepts/wsgi/`);
    await page.goto(`${host.address}${lesson}`);
    // Now that there are pages of the older one: where there is none, the newer one replaces it at once.
    await host.publish("2");
    await page.reload();
    await expect.poll(() => newerWaits(page), { timeout: 60_000 }).toBe(true);
    await page.goto(`${host.address}concepts/worker/`);
    expect(await versions(page, host.address)).toEqual(["1", "1", "1"]);
    expect(await versions(other, host.address)).toEqual(["1", "1", "1"]);
    await other.close();
    await page.goto(`${host.address}${lesson}`);
    await expect(page.locator('meta[name="version"]')).toHaveAttribute("content", "2");
    expect(await versions(page, host.address)).toEqual(["2", "2", "2"]);
    await page.close();
  });

  // [threat: host-update]
  test("a version that does not arrive whole is not used", async () => {
    test.setTimeout(120_000);
    await host.publish("3");
    // As a host that is in the middle of an update, or changes what it sends.
    host.write("concepts/wsgi/index.html", "<!doctype html><title>Something else</title>");
    const page = await context.newPage();
    await page.goto(`${host.address}${lesson}`);
    const ended = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      const [ending] = await Promise.all([
        new Promise<string>((resolve) => {
          const follow = (worker: ServiceWorker | null | undefined) => {
            if (!worker) return;
            worker.addEventListener("statechange", () => {
              if (worker.state !== "installing") resolve(worker.state);
            });
          };
          follow(registration?.installing);
          registration?.addEventListener("updatefound", () => follow(registration.installing));
        }),
        registration?.update().catch(() => undefined),
      ]);
      return ending;
    });
    expect(ended).toBe("redundant");
    await page.goto(`${host.address}concepts/wsgi/`);
    await expect(page.getByRole("heading", { level: 1, name: "WSGI" })).toBeVisible();
    expect(await versions(page, host.address)).toEqual(["2", "2", "2"]);
    await page.close();
  });

  test("turned off, nothing is left, and nothing is kept at the next visit", async () => {
    await host.publish("2");
    const page = await context.newPage();
    await page.goto(`${host.address}privacy/`);
    expect(await cacheNames(page)).toContain("two-servers-site /");
    await expect(page.getByText("Kept: the site works without a network.")).toBeVisible();
    await page.getByRole("button", { name: "Turn off, and remove what is kept" }).click();
    await expect(page.getByText("Off: the site is not kept for offline use.")).toBeVisible();
    expect(await cacheNames(page)).toEqual([]);
    await page.close();
    const again = await context.newPage();
    await again.clock.install();
    await again.goto(`${host.address}${lesson}`, { waitUntil: "networkidle" });
    // Long enough for a page that would ask.
    const asking = again.waitForResponse(/\/offline-copy\.[\w-]+\.js$/);
    await again.clock.runFor(20_000);
    await asking;
    await again.clock.resume();
    await again.waitForLoadState("networkidle");
    expect(await again.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
    expect(await cacheNames(again)).toEqual([]);
    await again.goto(`${host.address}privacy/`);
    await again.getByRole("button", { name: "Keep the site for offline use" }).click();
    await expect(again.getByText("Kept: the site works without a network.")).toBeVisible({ timeout: 60_000 });
    await again.close();
  });

  test("a host that turns keeping off for everybody takes back what readers have", async () => {
    await host.publish("2");
    const page = await context.newPage();
    await page.goto(`${host.address}${lesson}`);
    await isKept(page);
    await expect.poll(() => cacheNames(page)).toContain("two-servers-site /");
    await host.keepNothing();
    // At the next visit the browser looks for a newer worker, and this one waits for nobody.
    await page.goto(`${host.address}concepts/wsgi/`);
    await expect.poll(() => cacheNames(page), { timeout: 60_000 }).toEqual([]);
    await page.goto(`${host.address}${lesson}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(await cacheNames(page)).toEqual([]);
    await host.down();
    await expect(page.goto(`${host.address}concepts/worker/`)).rejects.toThrow("CONNECTION_REFUSED");
    await page.close();
  });
});
