// @project beside
import AxeBuilder from "@axe-core/playwright";
import { expect, pages, test } from "../../testing/browser/site.ts";

const key = "two-servers:learner";
const hour = 3600 * 1000;

test("a missed question comes back today, then after days; what version 1 kept is taken over; full storage is no obstacle", async ({
  page,
}) => {
  const begin = new Date("2026-11-23T10:00:00").getTime();
  await page.clock.setFixedTime(begin);
  await page.goto("./review/");
  await expect(page.getByText("Nothing to review")).toBeVisible();
  const link = page.getByRole("main").getByRole("link", { name: "Start with a lesson" });
  const colours = await link.evaluate((element) =>
    [element, document.body].map((each) => getComputedStyle(each).color),
  );
  expect(colours[0]).toBe(colours[1]);

  // As the site before this one kept it.
  const old = '{"version":1,"done":["lessons/03-a-request"],"answers":{},"predictions":{},"solved":[],"ticks":{}}';
  await page.evaluate(([name, text]) => localStorage.setItem(name, text), [key, old] as const);
  const stored = () => page.evaluate(([name]) => localStorage.getItem(name) ?? "", [`${key} /some/course/`] as const);

  await page.goto(pages.lesson);
  const first = page.locator(".quiz li").first();
  await first.scrollIntoViewIfNeeded();
  const choices = await first.locator("label").allTextContents();
  let wrong = 0;
  for (const choice of choices) {
    await first.getByRole("radio", { name: choice, exact: true }).check();
    await first.getByRole("button", { name: "Check" }).click();
    const verdict = first.getByRole("status");
    await expect(verdict).toContainText(/^(Right\.|Not this one\.)/);
    if ((await verdict.textContent())?.startsWith("Not this one.")) break;
    wrong += 1;
    await first.getByRole("button", { name: "Answer again" }).click();
  }
  expect(await stored()).toContain('"version":2');
  expect(await stored()).toContain('"done":["lessons/03-a-request"]');

  const question = page.locator(".review .quiz");
  const answer = async (index: number) => {
    await question.getByRole("radio").nth(index).check();
    await question.getByRole("button", { name: "Check" }).press("Enter");
  };
  await page.goto("./review/");
  await expect(page.getByText("1 question is due.")).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  await answer(wrong);
  await expect(page.getByText("It comes again on 24 November 2026.")).toBeVisible();
  await expect(page.getByText("Nothing is due today. The next question comes on 24 November 2026.")).toBeVisible();
  await question.getByRole("button", { name: "Done for today" }).press("Enter");
  await expect(question).toHaveCount(0);

  // The next morning, before the hour of the last answer, on a phone; and meanwhile the storage has been filled.
  await page.clock.setFixedTime(begin + 21 * hour);
  await page.addInitScript(() => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (this: Storage, name: string, value: string) {
      if (name.startsWith("two-servers")) throw new DOMException("full", "QuotaExceededError");
      setItem.call(this, name, value);
    };
  });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload();
  await expect(page.getByText("1 question is due.")).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  const before = await stored();
  const right = await question
    .getByRole("radio")
    .count()
    .then((count) => (wrong === 0 ? count - 1 : 0));
  await answer(right);
  await expect(page.getByText(/It comes again on \d+ \w+ \d{4}\./)).toBeVisible();
  await expect(page.getByText("Your browser keeps nothing for this site")).toHaveCount(1);
  expect(await stored()).toBe(before);
});
