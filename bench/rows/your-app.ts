/** A reader's own project: from the drop to both sides answering. */
import { expect, test } from "@playwright/test";
import { LabSide } from "../../testing/browser/lab.ts";
import { zippedProject } from "../../testing/browser/own-project.ts";
import { bothAnswer, pressStart } from "../first-answers.ts";
import { addRow, inMs, medianOf } from "../row.ts";

test("a project in the shape of Flask's tutorial, dropped and started", async ({ page }) => {
  const took = await medianOf(async () => {
    await page.goto("your-app/");
    const began = await page.evaluate(() => performance.now());
    await page.getByLabel("Your project", { exact: true }).setInputFiles(zippedProject("guestbook"));
    const lab = page.getByRole("region", { name: "Lab: Your app guestbook" });
    await pressStart(lab);
    const answered = await bothAnswer(lab);
    const production = new LabSide(lab.getByRole("region", { name: "Production server", exact: true }));
    await expect(production.workers).toHaveCount(4);
    return answered - began;
  });
  addRow({
    what: "Your own app: from the drop to both sides answering",
    target: "6 000 ms",
    page: inMs(took),
    met: took <= 6000,
  });
});
