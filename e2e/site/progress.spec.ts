// @project beside
import AxeBuilder from "@axe-core/playwright";
import { answerRightly } from "../../testing/browser/quiz.ts";
import { expect, pages, test } from "../../testing/browser/site.ts";

const progress = "./progress/";
const key = "two-servers:learner";
/** Names end with the path of the site. */
const path = " /some/course/";

test("what a reader did is kept, shown on the map, and erased; what cannot be read is set aside", async ({ page }) => {
  await page.goto(pages.lesson);
  const quiz = page.locator(".quiz");
  await quiz.scrollIntoViewIfNeeded();
  const questions = quiz.locator("li");
  const all = await questions.count();
  const first = questions.first();
  await first.getByRole("button", { name: "Check" }).click();
  await expect(first.getByRole("status")).toHaveText("Choose an answer first.");
  // By keyboard alone.
  await first.getByRole("radio").first().focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await expect(first.getByRole("status")).toContainText(/^(Right\.|Not this one\.)/);
  await expect(first.getByRole("radio").first()).toBeDisabled();
  await expect(quiz.getByText(`1 of ${all} answered.`)).toBeVisible();
  await expect(page.locator("#starlight__sidebar [aria-current]")).toContainText("started");
  await page
    .getByRole("group", { name: /A quick page/ })
    .getByRole("radio", { name: "About the same" })
    .check();

  await page.reload();
  await quiz.scrollIntoViewIfNeeded();
  await expect(first.getByRole("button", { name: "Answer again" })).toBeVisible();
  for (let index = 1; index < all; index++) {
    await questions.nth(index).getByRole("radio").first().check();
    await questions.nth(index).getByRole("button", { name: "Check" }).click();
  }
  await expect(quiz.getByText("All answered:")).toBeVisible();
  // Answered is not right, and right is what makes it done.
  await expect(page.getByText("This lesson is done.")).toHaveCount(0);
  for (const question of await questions.all()) {
    const isRight = /^Right\./.test((await question.getByRole("status").textContent()) ?? "");
    if (!isRight) await question.getByRole("button", { name: "Answer again" }).click();
  }
  await answerRightly(page);
  await expect(page.getByText("This lesson is done.")).toBeVisible();

  await page.goto(pages.landing);
  const lesson = page.locator(".course-map li").filter({ hasText: "Two servers, one app" });
  await expect(lesson.getByText("done", { exact: true })).toBeVisible();

  await page.goto(progress);
  await expect(page.getByRole("row", { name: /Two servers, one app/ })).toContainText(`${all} of ${all} answered`);
  await expect(page.getByText("1 prediction,")).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  // Escape keeps everything, and the focus is where it was.
  const erase = page.getByRole("button", { name: "Erase everything" });
  await erase.click();
  const question = page.getByRole("dialog", { name: "Erase everything?" });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  const saving = page.waitForEvent("download");
  await question.getByRole("button", { name: "Save a copy first" }).click();
  const copy = await (await saving).path();
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(erase).toBeFocused();
  await expect(page.getByText("1 prediction,")).toBeVisible();
  await erase.click();
  await question.getByRole("button", { name: "Erase it" }).click();
  await expect(page.getByText("Everything was erased.")).toBeVisible();
  await expect(page.getByRole("row", { name: /Two servers, one app/ })).toContainText("not started");
  expect(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("two-servers")))).toEqual(
    [],
  );
  const bringBack = page.getByLabel("Bring back a copy");
  await bringBack.setInputFiles({ name: "a.json", mimeType: "application/json", buffer: Buffer.from("{}") });
  await expect(page.getByText("This file is no copy of what this site keeps.")).toBeVisible();
  await bringBack.setInputFiles(copy);
  await expect(page.getByRole("row", { name: /Two servers, one app/ })).toContainText(`${all} of ${all} answered`);
  await erase.click();
  await question.getByRole("button", { name: "Erase it" }).click();

  await page.evaluate(([name]) => localStorage.setItem(name, '{"version":0,"done":true}'), [key] as const);
  await page.goto(pages.lesson);
  await expect(page.getByText("It was set aside, and you start afresh.")).toBeVisible();
  expect(await page.evaluate(([name]) => localStorage.getItem(name), [`${key}-set-aside${path}`] as const)).toBe(
    '{"version":0,"done":true}',
  );
});

test("a prediction that no figure answers is kept, compared with the lab when the reader asks, and then closed", async ({
  page,
}) => {
  await page.goto("./lessons/13-something-must-watch/");
  const prediction = page.locator(".predict").filter({ hasText: "with KILL" });
  await prediction.getByRole("radio", { name: "Both, because" }).check();
  await expect(prediction.getByRole("status")).toHaveText("Noted. Run the lab, then compare.");
  await expect(page.locator("#starlight__sidebar [aria-current]")).toContainText("started");
  await page.reload();
  // Until then the choice can be changed.
  await expect(prediction.getByRole("radio", { name: "Both, because" })).toBeChecked();
  await prediction.getByRole("radio", { name: "Neither." }).check();
  await prediction.getByRole("button", { name: "Compare with what the lab shows" }).click();
  await expect(prediction.getByRole("status")).toContainText("The lab shows something else: Systemd sees");
  await expect(prediction.getByText("(what the lab shows)")).toHaveCount(1);
  await page.reload();
  await expect(prediction.getByRole("radio", { name: "Neither." })).toBeChecked();
  await expect(prediction.getByRole("radio", { name: "Both, because" })).toBeDisabled();
  await page.goto(progress);
  await expect(page.getByText("1 prediction,")).toBeVisible();
});

test("where the browser's storage is full, a lesson works and says that nothing is kept", async ({ page }) => {
  await page.addInitScript(() => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (this: Storage, name: string, value: string) {
      if (name.startsWith("two-servers")) throw new DOMException("full", "QuotaExceededError");
      setItem.call(this, name, value);
    };
  });
  await page.goto(pages.lesson);
  await page.getByRole("button", { name: "Mark this lesson as done" }).click();
  await expect(page.getByText("This lesson is done.")).toBeVisible();
  await expect(page.getByText("Your browser keeps nothing for this site")).toHaveCount(1);

  // What a term means can be put away with Escape, and comes back the next time.
  const term = page.locator("main a.term").first();
  const isShown = () => term.evaluate((link) => getComputedStyle(link, "::after").content.startsWith('"'));
  await term.hover();
  await expect.poll(isShown).toBe(true);
  await page.keyboard.press("Escape");
  await expect.poll(isShown).toBe(false);
  await page.getByRole("heading", { level: 1 }).hover();
  await term.hover();
  await expect.poll(isShown).toBe(true);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  test("the quiz can be read, its answers behind a summary", async ({ page }) => {
    await page.goto(pages.lesson);
    const first = page.locator(".quiz li").first();
    const explained = first.locator("dd").first();
    await expect(explained).toBeHidden();
    await first.getByText("Answer", { exact: true }).click();
    await expect(explained).toBeVisible();
  });
});
