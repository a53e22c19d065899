// @project beside
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "../../testing/browser/site.ts";

const lesson = "./lessons/16-which-server-when/";

test("the chooser answers by keyboard, with a reason beside each answer, and takes answers back", async ({ page }) => {
  await page.goto(lesson);
  const chooser = page.getByRole("region", { name: "Chooser" });
  const summary = chooser.getByRole("status");
  await expect(summary).toHaveText("No answer yet.");
  await chooser.getByRole("radio", { name: "Others, even if they are few" }).focus();
  await page.keyboard.press("Space");
  await expect(chooser.getByText("flask run: Rules it out.")).toBeVisible();
  await chooser.getByRole("radio", { name: "Linux or macOS, or a container" }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(summary).toHaveText("Waitress, by 2 of 6 answers.");
  const results = chooser.getByRole("region", { name: "What your answers say" }).getByRole("listitem");
  await expect(results.first()).toContainText("waitress-serve --host 127.0.0.1");
  await expect(results.filter({ hasText: "ruled out" })).toHaveCount(3);
  const { violations } = await new AxeBuilder({ page }).include(".chooser").analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  await chooser.getByRole("button", { name: "Clear all answers" }).click();
  await expect(summary).toHaveText("No answer yet.");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  test("all questions, answers and reasons can be read, and so can what the audit looks for", async ({ page }) => {
    await page.goto(lesson);
    await expect(page.getByText("What is in front of it?")).toBeVisible();
    await expect(page.getByText("Gunicorn: rules it out. It needs fork")).toBeVisible();
    await expect(page.getByRole("row", { name: /Upkeep/ })).toContainText("Maintenance mode");
    await page.goto("./lessons/15-the-checklist/");
    await page.getByText("Everything that the audit looks for").click();
    await expect(page.getByText("A worker that hangs is never replaced.")).toBeVisible();
    await page.getByText("nginx.conf", { exact: true }).first().click();
    await expect(page.getByText("alias /srv/shop/static/;").first()).toBeVisible();
  });
});
