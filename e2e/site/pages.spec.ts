// @project beside
import { expect, pages, test } from "../../testing/browser/site.ts";

for (const [name, address] of Object.entries(pages)) {
  test(`${name}: loads from a folder below the root, asks only its own origin, and carries a strict policy`, async ({
    page,
    baseURL,
  }) => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(address, { waitUntil: "networkidle" });

    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("body")).toHaveCSS("font-family", /system-ui/);
    expect(asked.filter((url) => !url.startsWith(baseURL ?? "") && !url.startsWith("data:"))).toEqual([]);

    const policy = await page.locator('meta[http-equiv="content-security-policy"]').getAttribute("content");
    const scripts = /script-src ([^;]*)/.exec(policy ?? "")?.[1] ?? "";
    expect(scripts).toContain("'self' 'wasm-unsafe-eval'");
    expect(scripts).not.toContain("unsafe-inline");
    expect(scripts.replace("'wasm-unsafe-eval'", "")).not.toContain("unsafe-eval");
    expect(policy).toContain("connect-src 'self'");
  });
}

test("links lead from the landing page to a lesson, a concept and back", async ({ page, baseURL }) => {
  await page.goto(pages.landing);
  await page.getByRole("link", { name: "Two servers, one app" }).first().click();
  await expect(page).toHaveURL(new URL(pages.lesson, baseURL).href);
  await page.locator("main").getByRole("link", { name: "WSGI", exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "WSGI" })).toBeVisible();
  await page.locator("header").getByRole("link", { name: "Two Servers" }).click();
  await expect(page).toHaveURL(new URL(pages.landing, baseURL).href);
});

test("a page knows where the site's root is", async ({ page, baseURL }) => {
  for (const address of Object.values(pages)) {
    await page.goto(address);
    const root = await page.evaluate(
      () =>
        new URL(document.querySelector<HTMLMetaElement>('meta[name="site-root"]')?.content ?? "", document.baseURI)
          .href,
    );
    expect(root).toBe(baseURL);
  }
});

test("headings and labs have permanent addresses", async ({ page }) => {
  await page.goto(`${pages.lesson}#the-slow-page`);
  await expect(page.getByRole("heading", { name: "The slow page", exact: true })).toBeInViewport();
  await page.goto(`${pages.lesson}#lab-first-load`);
  await expect(page.locator("#lab-first-load")).toBeInViewport();
});

test("what a term means stands beside it within the window, until Escape", async ({ page }) => {
  const width = 1280;
  await page.setViewportSize({ width, height: 800 });
  await page.goto(pages.lesson);
  const term = page.locator("main a.term", { hasText: /^workers$/ }).first();
  const card = () =>
    term.evaluate((element) => {
      const { content, left, width } = getComputedStyle(element, "::after");
      const [row] = element.getClientRects();
      return { content, end: (row?.left ?? 0) + Number.parseFloat(left) + Number.parseFloat(width) };
    });
  await term.hover();
  expect((await card()).content).toMatch(/process/);
  expect((await card()).end).toBeLessThan(width);
  await page.keyboard.press("Escape");
  expect((await card()).content).toBe("none");
});

test("search finds a lesson, and its code comes with the first one who searches", async ({ page, baseURL }) => {
  const scripts: string[] = [];
  page.on("request", (request) => scripts.push(request.url()));
  await page.goto(pages.concept, { waitUntil: "networkidle" });
  const before = scripts.length;
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("textbox", { name: "Search" })).toBeFocused();
  expect(
    scripts.slice(before).some((url) => /ui-core[\w.-]*\.js$/.test(url)),
    scripts.join(" "),
  ).toBe(true);
  await page.getByRole("textbox", { name: "Search" }).fill("backlog");
  const result = page.locator("#starlight__search").getByRole("link", { name: "Backlog" }).first();
  await expect(result).toHaveAttribute("href", new URL("concepts/backlog/", baseURL).href);
  // The only element that a text may become: src/site/TrustedTypes.astro
  await expect(page.locator("#starlight__search mark").first()).toHaveText(/backlog/i);
  // Answers of quizzes and solutions of exercises are not searched: a question of a quiz finds nothing.
  await expect(page.locator("#starlight__search")).not.toContainText("(right)");
  await page.getByRole("textbox", { name: "Search" }).fill('"know that the headers of a request are complete"');
  await expect(page.locator("#starlight__search")).toContainText("No results");
});

test("the theme can be chosen", async ({ page }) => {
  await page.goto(pages.concept);
  await page.getByRole("combobox", { name: "Select theme" }).selectOption("light");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await page.getByRole("combobox", { name: "Select theme" }).selectOption("dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  // Whichever it is, pages without a list beside them stand in the middle, and their texts begin where their labs do.
  await page.setViewportSize({ width: 1280, height: 720 });
  for (const address of [pages.landing, "./your-app/"]) {
    await page.goto(address);
    const { edges, beginnings } = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll("main h1, main .lab, main .project-drop")].map((element) =>
        element.getBoundingClientRect(),
      );
      const [left, right] = [Math.min(...boxes.map((box) => box.left)), Math.max(...boxes.map((box) => box.right))];
      return { edges: [left, innerWidth - right], beginnings: boxes.map((box) => Math.round(box.left)) };
    });
    expect(Math.abs((edges[0] ?? 0) - (edges[1] ?? 0)), `${address}: ${edges}`).toBeLessThan(20);
    expect(new Set(beginnings).size, `${address}: ${beginnings}`).toBe(1);
  }
  // On a phone it is behind the menu button, on pages without a list beside them, too.
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(pages.landing);
  await expect(page.getByRole("link", { name: "Start lesson 1" })).toBeInViewport({ ratio: 1 });
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("combobox", { name: "Select theme" }).filter({ visible: true }).selectOption("light");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
});

test("a drawing has a version for phones; on paper a page is black on white in the dark theme, too", async ({
  page,
}) => {
  await page.goto("./concepts/backlog/");
  const drawing = page.getByRole("img", { name: "The path of a request" });
  // There are two, of which one is heard and seen.
  await expect(drawing).toHaveCount(1);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(drawing).toHaveCount(1);
  await expect(drawing).toHaveAccessibleName(/^The path of a request From top to bottom: a client connects/);
  const { left, right, smallest } = await drawing.evaluate((svg) => {
    const { left, right } = svg.getBoundingClientRect();
    const heights = [...svg.querySelectorAll("text")].map((text) => text.getBoundingClientRect().height);
    return { left, right, smallest: Math.min(...heights) };
  });
  expect(left).toBeGreaterThanOrEqual(0);
  expect(right).toBeLessThanOrEqual(390);
  // Of letters of 13 pixels, with what is above and below them.
  expect(smallest).toBeGreaterThan(13);

  await page.evaluate(() => document.documentElement.setAttribute("data-theme", "dark"));
  const colours = () =>
    page
      .getByRole("main")
      .getByText("The connection waits in it")
      .evaluate((text) => [getComputedStyle(text).color, getComputedStyle(document.body).backgroundColor]);
  const brightness = ([text = "", ground = ""]: readonly string[]) =>
    [text, ground].map((colour) => Number(/\d+/.exec(colour)?.[0]) > 127);
  await expect.poll(async () => brightness(await colours())).toEqual([true, false]);
  await page.emulateMedia({ media: "print" });
  await expect.poll(async () => brightness(await colours())).toEqual([false, true]);

  await page.goto(pages.lesson);
  await page.evaluate(() => document.documentElement.setAttribute("data-theme", "dark"));
  const code = page.locator(".expressive-code .ec-line span[style]").first();
  const codeColour = () => code.evaluate((word) => [getComputedStyle(word).color]);
  await expect.poll(async () => brightness(await codeColour())).toEqual([false, false]);
  // No heading ends a page, and no empty frame waits for a result.
  const heading = page.getByRole("heading", { name: "The slow page", exact: true }).locator("..");
  await expect(heading).toHaveCSS("break-after", "avoid");
  await expect(page.locator(".lab-verdict")).toBeHidden();
});

test("where scripts run, the lab takes the place of its static version", async ({ page }) => {
  for (const address of [pages.landing, pages.lesson, pages.embed]) {
    await page.goto(address);
    await expect(page.getByRole("region", { name: "Lab: The first load test" })).toBeVisible();
    await expect(page.locator(".static-lab")).toHaveCount(0);
  }
});

test("a lesson has a picture for links, and names it only where the host has said where the site is", async ({
  page,
}) => {
  await page.goto(pages.lesson);
  await expect(page.locator('meta[property="og:title"]')).toHaveAttribute("content", "Two servers, one app");
  await expect(page.locator('meta[property="og:image"]')).toHaveCount(0);
  const size = await page.evaluate(async () => {
    const picture = await createImageBitmap(await (await fetch("../../og/01-two-servers.png")).blob());
    return [picture.width, picture.height];
  });
  expect(size).toEqual([1200, 630]);
});

test("an old address of a lesson leads to where it is now, with its anchor", async ({ page }) => {
  for (const folder of ["lessons", "instructors", "handouts"]) {
    await page.goto(`./${folder}/08-the-debugger-is-a-shell/#quiz`);
    await expect(page).toHaveURL(new RegExp(`/${folder}/02-the-debugger-is-a-shell/#quiz$`));
  }
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The debugger is a shell");
});
