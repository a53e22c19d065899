// @project beside
/** A lesson as slides: keys, addresses, a second window with notes, the lab, paper. Machines are doubles. */
import { expect, pages, test } from "../../testing/browser/site.ts";
import { wcagViolations } from "../../testing/browser/wcag.ts";
import { labOf, runLoadTest, useLabDouble } from "../../testing/lab-double/lab-on-double.ts";

test("a lesson is shown as slides, with the notes in a window that stays at the same place", async ({
  page,
  context,
}) => {
  await useLabDouble(context);
  await page.goto(`${pages.slides}#2`);
  const slide = page.locator(".slide:visible");
  const position = page.locator("[data-position]");
  await expect(position).toHaveText(/^2 of \d+$/);
  await expect(slide.getByText("A quick page. Which side answers")).toBeVisible();
  await page.keyboard.press("PageDown");
  await expect(slide.getByText("A slow page. Which side answers")).toBeVisible();
  await expect(page).toHaveURL(/#3$/);

  // The notes open where the slides are, and each window moves the other.
  const opened = context.waitForEvent("page");
  await page.getByRole("link", { name: "Presenter's notes" }).click();
  const notes = await opened;
  await expect(notes).toHaveURL(/\?notes#3$/);
  const said = notes.locator(".slide:visible").getByRole("complementary", { name: "Notes" });
  await expect(said).toContainText("The development server serves one user at a time.");
  await expect(said).toContainText("Next: What do you expect?");
  await notes.keyboard.press("ArrowRight");
  await notes.keyboard.press("ArrowRight");
  await expect(page).toHaveURL(/#5$/);
  await expect(said).toContainText("What goes wrong in class");
  await expect(notes.getByRole("region", { name: "Lab: The first load test" })).toBeHidden();
  expect(await wcagViolations(notes)).toEqual([]);

  // The lab has what a run needs. Arrow keys choose a plan there, and turn no slide.
  const lab = labOf(page);
  await expect(lab.getByRole("button")).toHaveText(["Start both servers", "Run load test"]);
  await lab.getByRole("radio", { name: "A quick page" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(lab.getByRole("radio", { name: "A slow page" })).toBeChecked();
  await expect(page).toHaveURL(/#5$/);
  await runLoadTest(lab);
  expect(await wcagViolations(page)).toEqual([]);
  await page.keyboard.press("PageDown");
  const outcome = slide.getByRole("row", { name: /^A slow page/ });
  await expect(slide.getByRole("status")).toContainText("Last run, “A slow page”:");
  await expect(outcome.getByRole("cell").first()).not.toContainText("*");
  await expect(
    slide
      .getByRole("row", { name: /^A quick page/ })
      .getByRole("cell")
      .first(),
  ).toContainText("*");

  // An answer is a step of its own, whichever way it is opened.
  await page.goto(`${pages.slides}#9`);
  await expect(slide.getByText("How many responses a second can it give?")).toBeVisible();
  await expect(slide.getByText("there are four workers")).toBeHidden();
  await page.keyboard.press("ArrowRight");
  await expect(slide.getByText("there are four workers")).toBeVisible();
  await expect(notes).toHaveURL(/#9\.1$/);
  await notes.locator(".slide:visible summary").click();
  await expect(page).toHaveURL(/#9$/);
  await expect(slide.getByText("there are four workers")).toBeHidden();
  await page.keyboard.press("End");
  await expect(slide.getByRole("img", { name: "QR code of the address of “Two servers, one app”" })).toBeVisible();
  await expect(slide.getByText("/lessons/01-two-servers/")).toBeVisible();
  await page.keyboard.press("Home");
  await expect(slide.getByRole("heading", { name: "Two servers, one app" })).toBeVisible();

  // On a phone they stand one below the other, and the address follows.
  await page.setViewportSize({ width: 390, height: 844 });
  await page.locator(".slide").nth(2).scrollIntoViewIfNeeded();
  await page
    .locator(".slide")
    .nth(2)
    .evaluate((element) => element.scrollIntoView());
  await expect(page).toHaveURL(/#3$/);

  // On paper each is a page.
  const all = await page.locator(".slide").count();
  const paper = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  expect(paper.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(all);
});
