// @project beside
import { expect, pages, test } from "../../testing/browser/site.ts";

test.use({ javaScriptEnabled: false });

for (const address of [pages.landing, pages.lesson, pages.embed]) {
  test(`${address} shows what its lab runs`, async ({ page }) => {
    await page.goto(address);
    const lab = page.locator("#lab-first-load");
    await expect(lab.getByText("Lab: The first load test")).toBeVisible();
    await expect(lab.getByText("It needs JavaScript")).toBeVisible();
    await expect(lab.getByText("flask --app app run")).toBeVisible();
    await expect(lab.getByText("gunicorn -w 4 -b 0.0.0.0:8000 app:app")).toBeVisible();
    const wsgi = lab.getByText("from app import app as application");
    await expect(wsgi).toBeHidden();
    await lab.getByText("wsgi.py", { exact: true }).click();
    await expect(wsgi).toBeVisible();
    await expect(lab.getByText("One page that hangs")).toBeVisible();
  });
}

test("the lesson can be read to its end", async ({ page }) => {
  await page.goto(pages.lesson);
  await expect(page.getByRole("heading", { name: "So why not the development server?" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Sources" })).toBeVisible();
});
