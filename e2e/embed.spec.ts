import { createServer } from "node:http";
import { expect, pages, test } from "./site.ts";

/** A page of another origin. Served for real, because the browser keeps made-up hosts from reaching this computer. */
async function coursePage(body: string): Promise<{ url: string; close: () => void }> {
  const server = createServer((_, response) => {
    response.writeHead(200, { "Content-Type": "text/html" }).end(`<!doctype html><title>Course</title>${body}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The course page has no port.");
  return { url: `http://localhost:${address.port}/`, close: () => server.close() };
}

test("a lab can be framed by a page of another origin", async ({ page, baseURL }) => {
  const lab = new URL(pages.embed, baseURL).href;
  const course = await coursePage(`<link rel="icon" href="data:,"><iframe src="${lab}" title="Lab"></iframe>`);
  await page.goto(course.url);
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("heading", { level: 1, name: "The first load test" })).toBeVisible();
  await expect(frame.locator("#lab-first-load")).toBeVisible();
  course.close();
});

test("a lab alone leads to the course in a tab of its own", async ({ page, context, baseURL }) => {
  await page.goto(pages.embed);
  const opened = context.waitForEvent("page");
  await page.getByRole("link", { name: "Two Servers" }).click();
  expect((await opened).url()).toBe(baseURL);
});
