// @project beside
// @also firefox
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { coursePage } from "../../testing/browser/course-page.ts";
import { expect, pages, test } from "../../testing/browser/site.ts";
import { wcagViolations } from "../../testing/browser/wcag.ts";
import { labOf, useLabDouble } from "../../testing/lab-double/lab-on-double.ts";

/** What the page around the frame has heard from it. */
interface Heard {
  readonly subject?: string;
  readonly type?: string;
  readonly lab?: string;
  readonly height: number;
}

// [threat: embedder-storage]
test("in a page of another origin, with its storage blocked, without service worker and isolation, a lab does what its address asks, tells its height and runs", async ({
  page,
  baseURL,
  browserName,
}) => {
  test.skip(
    browserName === "firefox",
    "Firefox gives a frame of another site a storage of its own, and none is blocked.",
  );
  test.setTimeout(120_000);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.setCookieControls", {
    enableThirdPartyCookieRestriction: true,
  });
  const lab = new URL(`${pages.embed}?plan=slow&machine=python&theme=dark&editor=0&show=everything`, baseURL).href;
  const course = await coursePage(`<link rel="icon" href="data:,"><script>
    heard = [];
    addEventListener("message", ({ source, data }) => { if (source === frames[0]) heard.push(data); });
  </script><iframe src="${lab}" title="Lab" width="760" height="300"></iframe>`);
  await page.goto(course.url);
  const frame = page.frameLocator("iframe");
  const region = frame.getByRole("region", { name: "Lab: The first load test" });
  await expect(region).toBeVisible();
  const inside = await frame.locator("html").evaluate(async () => {
    const denied = (read: () => unknown) => {
      try {
        read();
        return "allowed";
      } catch (error) {
        return error instanceof DOMException ? error.name : "error";
      }
    };
    return {
      local: denied(() => localStorage),
      session: denied(() => sessionStorage),
      isolated: crossOriginIsolated,
      controlled: navigator.serviceWorker?.controller != null,
    };
  });
  expect(inside).toEqual({ local: "SecurityError", session: "SecurityError", isolated: false, controlled: false });

  await expect(frame.locator("html")).toHaveCSS("color-scheme", "dark");
  await expect(region.getByRole("radio", { name: /A slow page/ })).toBeChecked();
  await expect(region.getByRole("tab", { name: "Terminal" })).toHaveCount(2);
  await expect(region.getByRole("tab", { name: "app.py" })).toHaveCount(0);
  await expect(frame.locator("[data-memory-notice]")).toContainText("Your browser keeps nothing for this site");

  const heard = () => page.evaluate<Heard[]>("heard");
  const height = () => frame.locator("html").evaluate((html) => Math.ceil(html.getBoundingClientRect().height));
  const told = async () => (await heard()).slice(-2);
  const expectTold = async () => {
    const now = await height();
    expect(await told()).toEqual([
      { subject: "lti.frameResize", height: now },
      { type: "two-servers:height", lab: "first-load", height: now },
    ]);
  };
  await expect(expectTold).toPass();
  const before = await height();
  expect(before).toBeGreaterThan(400);

  await region.getByRole("button", { name: "Start both servers" }).click();
  await expect(region.getByText("Running on port 8000 with 4 workers.")).toBeVisible({ timeout: 100_000 });
  await region.getByRole("button", { name: "Run load test" }).click();
  await expect(region.getByRole("button", { name: "Stop load test" })).toBeVisible();
  await expect(expectTold).toPass();
  // Narrower, the same takes more height.
  await page.locator("iframe").evaluate((element) => element.setAttribute("width", "400"));
  await expect.poll(height).toBeGreaterThan(before);
  await expect(expectTold).toPass();
  // A page that follows the height is not asked for ever more.
  await page
    .locator("iframe")
    .evaluate((element, high) => element.setAttribute("height", String(high)), await height());
  await region.getByRole("button", { name: "Stop both servers" }).click();
  await expect(region.getByText("Stopped.").first()).toBeVisible({ timeout: 20_000 });
  await expect(expectTold).toPass();
  course.close();
});

test("the builder's lines make the frame that it shows", async ({ page, context, baseURL }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("./instructors/embed/");
  const preview = page.frameLocator("iframe.embed-preview");
  await expect(preview.getByRole("region", { name: "Lab: " }).first()).toBeVisible();
  await page.getByRole("combobox", { name: "Lab", exact: true }).selectOption({ label: "The first load test" });
  await page.getByRole("combobox", { name: "Plan at the start" }).selectOption({ label: "A slow page" });
  await page.getByRole("main").getByRole("combobox", { name: "Theme" }).selectOption("dark");
  await page.getByRole("checkbox", { name: "Show the files" }).uncheck();
  const region = preview.getByRole("region", { name: "Lab: The first load test" });
  await expect(region.getByRole("radio", { name: /A slow page/ })).toBeChecked();
  await expect(region.getByRole("tab", { name: "app.py" })).toHaveCount(0);
  await expect(page.locator("iframe.embed-preview")).not.toHaveAttribute("height", "900");
  const lines = page.getByRole("textbox", { name: "HTML for your page" });
  const address = new URL(`${pages.embed}?plan=slow&theme=dark&editor=0`, baseURL).href.replaceAll("&", "&amp;");
  await expect(lines).toHaveValue(
    new RegExp(`^<iframe src="${address.replace(/[.?]/g, "\\$&")}" title="Lab: The first load test"`),
  );
  await page.getByRole("combobox", { name: "For" }).selectOption("page");
  await expect(lines).toHaveValue(/two-servers:height/);
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(page.getByText("Copied.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await lines.inputValue());
  await expect(page.getByText("the address in this HTML works nowhere else")).toBeVisible();

  // What was prepared and shared is what the frame shows.
  await page.getByRole("textbox", { name: /^Link from Share/ }).fill("https://example.org/");
  await expect(page.getByText("This is not a Share link")).toBeVisible();
  await region.getByRole("textbox", { name: "Command" }).last().fill("gunicorn -w 2 app:app");
  await region.getByRole("button", { name: "Share", exact: true }).click();
  const link = await region.getByRole("textbox", { name: "Link to this lab" }).inputValue();
  await page.getByRole("textbox", { name: /^Link from Share/ }).fill(link);
  await expect(region.getByRole("region", { name: "Opened from a link" })).toContainText("gunicorn -w 2 app:app");
  await expect(lines).toHaveValue(/#lab-first-load=1\./);
  const { violations } = await new AxeBuilder({ page }).include(".embed-builder").exclude("iframe").analyze();
  expect(violations).toEqual([]);
});

test("an option that a lab does not have is named, and a broken memory is not set aside in silence", async ({
  page,
}) => {
  await page.addInitScript(() => {
    // Neither the empty page before nor the sealed frame below has a storage.
    if (window === top && location.protocol === "http:") localStorage.setItem("two-servers:learner", "{broken");
  });
  await page.goto(`${pages.embed}?plan=fast&machine=abacus`);
  const notice = page.getByText("asks for plan=fast, which it does not have. It has: quick, slow, hang");
  await expect(notice).toContainText("machine=abacus");
  await expect(page.getByText(/could not be read.*set aside/)).toBeVisible();
});

test("a lab alone leads to the course in a tab of its own", async ({ page, context, baseURL }) => {
  await page.goto(pages.embed);
  const opened = context.waitForEvent("page");
  await page.getByRole("link", { name: "Two Servers" }).click();
  await expect(await opened).toHaveURL(baseURL ?? "");
});

test("a compact lab stays below 900 pixels before, during and after a run, and leads to the whole one", async ({
  context,
}) => {
  await useLabDouble(context);
  // A tab of its own each time: one that comes back to servers that have ended says so.
  let page: Page = await context.newPage();
  const height = () => page.evaluate(() => document.documentElement.getBoundingClientRect().height);
  const heights: Record<string, number> = {};
  for (const width of [1000, 760, 390]) {
    // Nor may another tab's lab be there: that is said, too.
    await page.close();
    page = await context.newPage();
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${pages.embed}?plan=slow&size=compact`);
    const lab = labOf(page);
    await expect(lab.getByRole("radio")).toHaveCount(1);
    await expect(lab.getByRole("radio", { name: "A slow page" })).toBeChecked();
    heights[`${width} before`] = await height();
    await lab.getByRole("button", { name: "Run load test" }).click();
    await expect(lab.getByRole("button", { name: "Stop load test" })).toBeVisible();
    heights[`${width} during`] = await height();
    await lab.locator(".lab-sentence p").first().waitFor();
    heights[`${width} after`] = await height();
    await expect(lab.getByRole("tab")).toHaveCount(0);
  }
  test.info().annotations.push({ type: "heights", description: JSON.stringify(heights) });
  for (const [when, high] of Object.entries(heights)) expect(high, when).toBeLessThan(900);
  expect(await wcagViolations(page)).toEqual([]);
  const opened = context.waitForEvent("page");
  await page.getByRole("link", { name: "Open the whole lab" }).click();
  await expect(labOf(await opened).getByRole("radio", { name: "A slow page" })).toBeChecked();
  expect((await opened).url()).toMatch(/\?plan=slow$/);
});
