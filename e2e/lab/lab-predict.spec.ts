// @project beside
// @also firefox
import { expect, pages, test } from "../../testing/browser/site.ts";
import { openLesson, runLoadTest, start, useLabDouble } from "../../testing/lab-double/lab-on-double.ts";

test.beforeEach(({ context }) => useLabDouble(context));

test("a prediction is compared with the first run, and outlives a reload", async ({ page }) => {
  const lab = await openLesson(page);
  const question = page.getByRole("group", { name: /A slow page/ });
  await question.getByRole("radio", { name: "The production server" }).focus();
  await page.keyboard.press("Space");
  await expect(page.getByText("Noted.")).toBeVisible();

  await start(lab);
  await lab.getByRole("radio", { name: "A slow page" }).check();
  await lab.getByRole("button", { name: "Run load test" }).click();
  await expect(question.getByRole("radio", { name: "About the same" })).toBeDisabled();
  const compared =
    "You said “The production server”; the run shows otherwise: the development server answered more requests per second (80";
  await expect(lab.getByText(compared)).toBeVisible();
  await expect(page.locator(".predict").getByText(compared)).toBeVisible();

  await page.reload();
  await expect(page.locator(".predict").getByText(compared)).toBeVisible();
  await expect(question.getByRole("radio", { name: "The production server" })).toBeChecked();
});

test("only the run that a prediction was about is compared with it; Reset asks anew", async ({ page }) => {
  const lab = await openLesson(page);
  const question = page.getByRole("group", { name: /A quick page/ });
  await question.getByRole("radio", { name: "The development server" }).check();
  await start(lab);
  await runLoadTest(lab);
  await expect(lab.getByText("the run shows the same")).toBeVisible();
  await runLoadTest(lab);
  await expect(lab.getByText("the run shows the same")).toHaveCount(0);
  await lab.getByRole("button", { name: "Reset" }).click();
  await expect(question.getByRole("radio", { name: "The development server" })).not.toBeChecked();
  await expect(question.getByRole("radio", { name: "The development server" })).toBeEnabled();
});

test("a run that was stopped settles nothing", async ({ page }) => {
  const lab = await openLesson(page);
  const question = page.getByRole("group", { name: /A quick page/ });
  await question.getByRole("radio", { name: "The development server" }).check();
  await start(lab);
  await lab.getByRole("button", { name: "Run load test" }).click();
  await lab.getByRole("button", { name: "Stop load test" }).click();
  await expect(lab.getByText("The run was stopped after")).toBeVisible();
  await expect(page.locator(".predict").first()).toContainText("Noted.");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  test("the questions can be read", async ({ page }) => {
    await page.goto(pages.lesson);
    const question = page.getByRole("group", { name: /One page that hangs/ });
    await expect(question.getByText("About the same")).toBeVisible();
  });
});
