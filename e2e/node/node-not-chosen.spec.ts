// @project beside
/** Who does not choose Node gets nothing of it: no code, no service worker, no isolation. */
import { expect, pages, test } from "../../testing/browser/site.ts";

test("a reader who starts Python downloads no byte of the Node machine", async ({ page, context }) => {
  test.setTimeout(120_000);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  const texts: string[] = [];
  page.on("response", async (response) => {
    if (/\.js$/.test(response.url())) texts.push(await response.text().catch(() => ""));
  });
  await page.goto(pages.embed);
  const lab = page.getByRole("region", { name: "Lab: The first load test" });
  await lab.getByRole("button", { name: "Start both servers" }).click();
  // The machine's code and image are asked for; whether it then starts is the business of other tests.
  await expect.poll(() => asked.some((url) => url.includes("machine/python/manifest.json"))).toBe(true);
  await page.waitForTimeout(1000);
  expect(asked.filter((url) => /stackblitz|webcontainer|machine\/node|service-worker/i.test(url))).toEqual([]);
  expect(texts.length).toBeGreaterThan(3);
  expect(texts.filter((text) => text.includes("Only a single WebContainer instance"))).toEqual([]);
  expect(context.serviceWorkers()).toEqual([]);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
});

test("pages that offer Node allow WebContainer's frame and no more; others allow none", async ({ page }) => {
  const frames = async (address: string) => {
    await page.goto(address);
    const policy = await page.locator('meta[http-equiv="content-security-policy"]').getAttribute("content");
    return /frame-src ([^;]*)/.exec(policy ?? "")?.[1];
  };
  expect(await frames(pages.embed)).toBe("'self' https://stackblitz.com");
  expect(await frames(pages.concept)).toBe("'self'");
});

test.describe("once Node is chosen", () => {
  // On a host without headers it is the site's service worker that isolates the page.
  test.use({ serviceWorkers: "allow" });

  test("under the policy of its page, the client reaches the frame at stackblitz.com", async ({ page, context }) => {
    // A stand-in for the address only: nothing answers behind it.
    await context.route("https://stackblitz.com/**", (route) =>
      route.fulfill({
        contentType: "text/html",
        headers: { "Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Resource-Policy": "cross-origin" },
        body: "<!doctype html><title>Stand-in</title>",
      }),
    );
    await page.goto(pages.embed);
    await page.getByRole("link", { name: "Node", exact: true }).click();
    await page.waitForFunction(() => crossOriginIsolated);
    const framed = page.waitForEvent("framenavigated", (frame) =>
      frame.url().startsWith("https://stackblitz.com/headless"),
    );
    await page.getByRole("button", { name: "Start both servers" }).click();
    await framed;
  });
});
