// @project beside
/** What a school asks for before it takes the course, and what is made for paper: readable, linked, and right on a phone. */
import { expect, pages, test } from "../../testing/browser/site.ts";
import { besidePhone, wcagViolations } from "../../testing/browser/wcag.ts";

const papers = [
  "./instructors/adoption/",
  "./instructors/objectives/",
  "./instructors/data-protection/",
  "./instructors/changes/",
  "./instructors/rubric/",
  "./handouts/",
  "./handouts/01-two-servers/key/",
];

test("papers for schools and for print meet WCAG 2.2 AA, fit a phone, and are found from the instructors' page", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  for (const paper of papers) {
    await page.goto(paper, { waitUntil: "networkidle" });
    expect(await wcagViolations(page, { frames: false }), paper).toEqual([]);
    expect(await besidePhone(page), paper).toBe(0);
  }
  // The key answers, and the students' handout does not.
  await expect(page.getByText("there are four workers")).toBeVisible();
  await expect(page.getByText("+gunicorn -w 4 --threads 4")).toBeVisible();
  await page.goto(pages.handout);
  await expect(page.getByText("How many responses a second can it give?")).toBeVisible();
  await expect(page.getByText("there are four workers")).toHaveCount(0);
  await expect(page.getByRole("img", { name: /^QR code of the address/ })).toBeVisible();

  await page.goto(pages.instructors);
  await page.getByRole("link", { name: "Adopting the course" }).click();
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: "Copy" }).first().click();
  await expect(page.getByText("Copied.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
    /^“Two Servers” \d+\.\d+\.\d+ .* CC BY-SA 4\.0/,
  );
  await page.getByRole("link", { name: "Accessibility conformance report" }).click();
  await expect(page.getByRole("row", { name: /^2\.1\.1 Keyboard Supports/ })).toContainText("e2e/site/slides.spec.ts");
});
