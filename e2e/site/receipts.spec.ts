// @project beside
import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { answerRightly } from "../../testing/browser/quiz.ts";
import { expect, test } from "../../testing/browser/site.ts";
import { labOf, runLoadTest, useLabDouble } from "../../testing/lab-double/lab-on-double.ts";

test("a teacher assigns two lessons, a student does them and hands in a receipt, the teacher reads it", async ({
  page,
  browser,
}) => {
  await page.goto("./instructors/assign/");
  await expect(page.getByText("Choose a lesson first.")).toBeVisible();
  await page.getByLabel("Title").fill("Week 1");
  await page.getByLabel("Class key").fill("autumn");
  await page.getByLabel("Hide solutions and quiz answers").check();
  const lessons = page.getByRole("group", { name: "Lessons" });
  await lessons.getByRole("checkbox", { name: "Two servers, one app" }).check();
  await lessons.getByRole("checkbox", { name: /with the exercise/ }).uncheck();
  await lessons.getByRole("checkbox", { name: "with a run of the lab “The first load test”" }).check();
  await lessons.getByRole("checkbox", { name: /^WSGI/ }).check();
  // The parts of the second lesson come after those of the first.
  await lessons.getByRole("checkbox", { name: "with the quiz" }).last().uncheck();
  for (const exercise of await lessons.getByRole("checkbox", { name: /with the exercise/ }).all()) {
    await exercise.uncheck();
  }
  await noViolations(page);
  const link = await page.getByLabel("Link for students").inputValue();
  expect(link).toMatch(/\/assignment\/#a=2\./);

  const student = await browser.newContext({ serviceWorkers: "block" });
  await useLabDouble(student);
  const work = await student.newPage();
  await work.goto(link);
  await expect(work.getByRole("heading", { name: "Week 1" })).toBeVisible();
  await expect(work.getByText("0 of 2 done.")).toBeVisible();
  await expect(work.getByRole("row", { name: /^Two servers, one app/ })).toContainText("0 of 1 run to the end");
  await work.getByRole("table").getByRole("link", { name: "Two servers, one app" }).click();
  // Hidden as the teacher wants it.
  await expect(work.locator("details.try-solution").first()).toBeHidden();
  await work.locator(".quiz").scrollIntoViewIfNeeded();
  // The answers are hidden, whatever was chosen.
  await answerRightly(work, (question) => expect(question.getByText("The right answer is:")).toBeHidden());
  await expect(work.getByText("This lesson is done.")).toBeVisible();
  const lab = labOf(work);
  await lab.getByRole("radio", { name: "A slow page" }).check();
  await runLoadTest(lab);
  await work.goto(link);
  await work.getByRole("table").getByRole("link", { name: /^WSGI/ }).click();
  await work.getByRole("button", { name: "Mark this lesson as done" }).click();
  await work.goto(link);
  await expect(work.getByText("All of it is done.")).toBeVisible();
  await work.getByRole("button", { name: "Save receipt" }).click();
  await expect(work.getByText("Type your name first")).toBeVisible();
  await work.getByRole("textbox", { name: "Your name" }).fill("Ada Lovelace");
  const saving = work.waitForEvent("download");
  await work.getByRole("button", { name: "Save receipt" }).click();
  const download = await saving;
  expect(download.suggestedFilename()).toBe("receipt-ada-lovelace.json");
  const text = await readFile(await download.path(), "utf8");
  const paper = work.getByRole("article", { name: "Receipt of Ada Lovelace" });
  await expect(paper).toContainText("Week 1");
  // The prediction of that plan has a row of its own, without a time.
  const run = paper.getByRole("row", { name: /^first-load\/slow\s*\d{4}-/ });
  await expect(run).toContainText(/\d\s\/s, median .*, no errors/);
  await noViolations(work);
  await student.close();

  await page.goto("./instructors/receipts/");
  const files = [
    ["ada.json", text],
    ["ada-copy.json", text],
    ["eve.json", text.replace("Ada Lovelace", "Eve")],
    ["cut.json", text.slice(0, 400)],
    ["letter.txt", "Dear teacher"],
  ] as const;
  const buffers = files.map(([name, each]) => ({ name, mimeType: "application/json", buffer: Buffer.from(each) }));
  await page.getByLabel("Receipts", { exact: true }).first().setInputFiles(buffers.slice(0, 1));
  await page.getByLabel("Class key").fill("autumn");
  const table = page.getByRole("table", { name: "Receipts" });
  const ada = table.getByRole("row", { name: /Ada Lovelace/ }).first();
  await expect(ada).toContainText("unchanged");
  await expect(ada).toContainText("2 of 2");
  await ada.locator("summary").click();
  await expect(ada.getByRole("row", { name: /^first-load\/slow/ })).toContainText("gunicorn -w 4");
  await page.getByLabel("Receipts", { exact: true }).first().setInputFiles(buffers.slice(1));
  await expect(table.getByRole("row", { name: /Eve/ })).toContainText("changed, or made with another class key");
  await expect(ada).toContainText("more than one");
  await expect(table.getByRole("row", { name: /cut\.json/ })).toContainText("damaged: ask for it again");
  await expect(table.getByRole("row", { name: /letter\.txt/ })).toContainText("not a receipt");
  await noViolations(page);
  const csv = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as CSV" }).click();
  const [head, first, ...others] = (await readFile(await (await csv).path(), "utf8")).trim().split("\r\n");
  expect(others).toHaveLength(files.length - 1);
  expect(head).toContain(",Exercises,Runs,Assignment,");
  expect(first).toMatch(/^Ada Lovelace,.*,0,1,Week 1,/);
});

test("an assignment's link that is damaged or missing says so, on a phone too", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto("./assignment/");
  await expect(page.getByRole("alert")).toContainText("Open the whole link");
  await page.goto("./assignment/#a=1.eNpT");
  await expect(page.getByRole("alert")).toContainText("This link is damaged");
  for (const path of ["./assignment/", "./instructors/assign/", "./instructors/receipts/", "./progress/"]) {
    await page.goto(path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  }
});

async function noViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}
