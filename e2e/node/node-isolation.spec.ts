// @project node
/** Isolation only where it is needed: what the Node machine's pages get must not reach a lab on Python. */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:http";
import { expect, pages, test } from "../../testing/browser/site.ts";

test.use({ serviceWorkers: "allow" });

/** A page of another origin that frames a lab. */
async function coursePage(lab: string): Promise<{ url: string; close: () => void }> {
  const server = createServer((_, response) => {
    const frame = `<link rel="icon" href="data:,"><iframe src="${lab}" title="Lab" width="1000" height="900"></iframe>`;
    response.writeHead(200, { "Content-Type": "text/html" }).end(`<!doctype html><title>Course</title>${frame}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The course page has no port.");
  return { url: `http://localhost:${address.port}/`, close: () => server.close() };
}

test("Python runs in a frame of another site, and Node opens in a tab of its own, where it can be isolated", async ({
  page,
  context,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const course = await coursePage(new URL(pages.embed, baseURL).href);
  await page.goto(course.url);
  const lab = page.frameLocator("iframe").getByRole("region", { name: "Lab: The first load test" });
  await lab.getByRole("button", { name: "Start both servers" }).click();
  await expect(lab.getByText("Running on port 5000")).toBeVisible({ timeout: 120_000 });

  const opened = context.waitForEvent("page");
  await lab.getByRole("link", { name: "Node", exact: true }).click();
  const tab = await opened;
  await tab.waitForFunction(() => crossOriginIsolated);
  expect(tab.url()).toContain("machine=node");
  course.close();
});

test("after Node was chosen, a lab on Python is as before, with the service worker there", async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto(`${pages.embed}?machine=node`);
  await page.waitForFunction(() => crossOriginIsolated);
  const lab = page.getByRole("region", { name: "Lab: The first load test" });
  await lab.getByRole("link", { name: "Python", exact: true }).click();
  await page.waitForURL(/machine=python/);
  expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await lab.getByRole("button", { name: "Start both servers" }).click();
  await expect(lab.getByText("Running on port 5000")).toBeVisible({ timeout: 120_000 });
});

test("a machine that an address asks for is not remembered; one that the reader has chosen is", async ({ page }) => {
  await page.goto(`${pages.embed}?machine=node`);
  await page.waitForFunction(() => crossOriginIsolated);
  expect(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.includes("machine")))).toEqual([]);
  await page.goto(pages.lesson);
  const lab = page.getByRole("region", { name: "Lab: The first load test" });
  const command = lab.getByRole("textbox", { name: "Command" }).first();
  await expect(command).toHaveValue(/^flask /);
  expect(page.url()).not.toContain("machine=");
  // Nor does an address change what the reader has chosen.
  await lab.getByRole("link", { name: "Node", exact: true }).click();
  await expect(command).toHaveValue(/^node /);
  await page.goto(`${pages.embed}?machine=python`);
  await expect(command).toHaveValue(/^flask /);
  await page.goto(pages.lesson);
  await page.waitForURL(/machine=node/);
  await expect(command).toHaveValue(/^node /);
});

test.describe("on a host that sends the headers itself", () => {
  let server: ChildProcess;
  let site: string;
  test.beforeAll(async () => {
    server = spawn("node", ["scripts/serve.ts", "--port", "14321", "--base", "/x/", "--isolate"]);
    site = await new Promise((resolve) => {
      server.stdout?.on("data", (text) => {
        const address = /http:\/\/localhost:\d+\/x\//.exec(String(text))?.[0];
        if (address) resolve(address);
      });
    });
  });
  test.afterAll(() => {
    server.kill();
  });

  test("the pages of the Node machine need no service worker, and others are not isolated", async ({
    page,
    context,
  }) => {
    await page.goto(`${site}embed/first-load/?machine=node`);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await page.goto(`${site}check/node/`);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await page.goto(`${site}embed/first-load/?machine=python`);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    expect(context.serviceWorkers()).toEqual([]);
  });
});
