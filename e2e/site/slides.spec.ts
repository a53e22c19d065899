// @project beside
/** A lesson as slides: keys, addresses, a second window with notes, the lab, paper. Machines are doubles. */
import { isListed } from "../../src/privacy/stored.ts";
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
  await expect(notes.locator("[data-position]")).toHaveText(/^3 of/);
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
  const question = await page.locator(".slide-question").first().getAttribute("id");
  await page.goto(`${pages.slides}#${question}`);
  await expect(slide.getByText("How many responses a second can it give?")).toBeVisible();
  await expect(slide.locator(".slide-right", { hasText: "there are four workers" })).toBeHidden();
  await page.keyboard.press("ArrowRight");
  await expect(slide.locator(".slide-right", { hasText: "there are four workers" })).toBeVisible();
  await expect(notes).toHaveURL(new RegExp(`#${question}\\.1$`));
  await notes.locator(".slide:visible summary").click();
  await expect(page).toHaveURL(new RegExp(`#${question}$`));
  await expect(slide.locator(".slide-right", { hasText: "there are four workers" })).toBeHidden();
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

  // On paper each is a page, whichever paper the printer has.
  const all = await page.locator(".slide").count();
  for (const format of ["A4", "Letter"]) {
    const paper = (await page.pdf({ format, landscape: true })).toString("latin1");
    expect(paper.match(/\/Type\s*\/Page\b(?!s)/g), format).toHaveLength(all);
  }
});

test("a class predicts on its phones, and the teacher's page counts what their links carry", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const links: string[] = [];
  for (const choice of ["The production server", "The production server", "About the same"]) {
    await page.goto("./predict/");
    await page.getByRole("combobox", { name: "Lesson" }).selectOption({ label: "Lesson 1: Two servers, one app" });
    for (const question of await page.getByRole("group").all()) await question.getByLabel(choice).check();
    await expect(page.getByRole("img", { name: "Your code for the teacher" })).toBeVisible();
    links.push(await page.getByRole("textbox", { name: "Link for the teacher" }).inputValue());
    // What was chosen is in the address.
    await page.reload();
    await expect(page.getByRole("radio", { name: choice }).first()).toBeChecked();
  }
  expect(await wcagViolations(page)).toEqual([]);
  // A code that is read opens the page, which counts it; others are pasted, one of them twice.
  const [first = "", ...others] = links;
  await page.goto(first);
  await expect(page.getByRole("status")).toHaveText("1 answer read; 1 student so far.");
  await page.getByRole("textbox", { name: "Links from students" }).fill(`Ada: ${others.join("\n")} again ${first}`);
  await page.getByRole("button", { name: "Add" }).click();
  await expect(page.getByRole("status")).toHaveText("3 answers read; 3 students so far.");
  await page.reload();
  const stored = await page.evaluate(() => Object.keys(localStorage));
  expect(stored).toContain("two-servers:class /some/course/");
  expect(stored.filter((name) => !isListed("localStorage", name))).toEqual([]);
  const table = page.getByRole("table", { name: "A slow page. Which side answers more requests a second?" });
  await expect(table.getByRole("row", { name: "The production server" })).toContainText("2");
  await expect(table.getByRole("row", { name: "About the same" })).toContainText("1");
  expect(await wcagViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "Erase these answers" }).click();
  await page.getByRole("button", { name: "Erase it" }).click();
  await expect(page.getByText("No answers yet.")).toBeVisible();
});
