// @project node
/**
 * The pages about other frameworks as somebody reads them who has never been here: a lab shows what its first run needs,
 * and whatever the text asks for has to come on screen by then. What the labs do there, their claims test.
 */
import type { Locator, Page } from "@playwright/test";
import { nothingStored } from "../../testing/browser/everything-shown.ts";
import { expect } from "../../testing/browser/site.ts";
import { runLoadTest, useLabDouble } from "../../testing/lab-double/lab-on-double.ts";
import { doubleOptions, test } from "../webcontainer-double/test.ts";

test.use({ ...doubleOptions, storageState: nothingStored });

const labOf = (page: Page) => page.getByRole("region", { name: /^Lab: / });

/** Reads on to a word in bold by which the text means one of the lab's controls. */
async function readTo(page: Page, word: string): Promise<void> {
  await page.locator("main strong").getByText(word, { exact: true }).first().scrollIntoViewIfNeeded();
}

/** Begins a plan, which starts both servers, and stops it: a real run takes its time. */
async function begin(lab: Locator, plan: string): Promise<void> {
  await lab.getByRole("radio", { name: plan }).check();
  await lab.getByRole("button", { name: "Run load test" }).click();
  await lab.getByRole("button", { name: "Stop load test" }).click({ timeout: 60_000 });
  await expect(lab.getByRole("button", { name: "Run load test" })).toBeVisible();
}

test("what the pages about Node, Django and FastAPI ask for is there for somebody who reads them first", async ({
  page,
  browser,
}) => {
  await page.goto("./frameworks/node/");
  await page.getByRole("link", { name: "Put the lab on Node" }).click();
  await page.waitForFunction(() => crossOriginIsolated);
  const onNode = labOf(page);
  const killed = onNode.getByRole("button", { name: /^Kill worker/ });
  const sent = onNode.getByRole("button", { name: "Send one request" });
  for (const plan of ["A slow page", "One page that hangs"]) await begin(onNode, plan);
  await expect(onNode.getByRole("tab", { name: "server.js" }).first()).toBeVisible();
  await expect(onNode.getByRole("textbox", { name: /^Terminal of/ })).toHaveCount(2);
  await expect(killed).toHaveCount(0);
  await page.getByText("Something to try afterwards").click();
  await readTo(page, "Kill");
  await expect(killed.first()).toBeVisible();
  await expect(sent).toHaveCount(0);
  await readTo(page, "Send one request");
  await expect(sent).toHaveCount(2);

  const context = await browser.newContext({ serviceWorkers: "block" });
  await useLabDouble(context);
  const reader = await context.newPage();
  const lab = labOf(reader);
  const tab = (name: string) => lab.getByRole("tab", { name, exact: true }).first();
  await reader.goto("./frameworks/django/");
  await lab.getByRole("radio", { name: "A page that waits" }).check();
  await runLoadTest(lab);
  await expect(lab.getByRole("button", { name: "Send one request" })).toHaveCount(2);
  for (const file of ["polls/views.py", "polls/settings.py", "requirements.txt"]) await expect(tab(file)).toBeVisible();
  for (const pane of ["Shell", "Browser"]) await expect(tab(pane)).toBeVisible();
  await expect(lab.getByRole("textbox", { name: "Command", exact: true })).toHaveCount(2);

  await reader.goto("./frameworks/fastapi/");
  for (const plan of ["A coroutine that blocks", "A coroutine that awaits", "A plain function"]) {
    await lab.getByRole("radio", { name: plan }).check();
    await runLoadTest(lab);
  }
  await expect(lab.getByRole("button", { name: "Send one request" })).toHaveCount(2);
  for (const pane of ["main.py", "Shell"]) await expect(tab(pane)).toBeVisible();
  await context.close();
});
