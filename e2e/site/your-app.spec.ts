// @project beside
import { expect, type Page, test } from "@playwright/test";
import { boot } from "../../testing/browser/lab.ts";
import { zipOf, zippedProject } from "../../testing/browser/own-project.ts";

const region = (page: Page, name: string | RegExp) => page.getByRole("region", { name, exact: true });

test("a project in the shape of Flask's tutorial runs on both sides, and what differs is told", async ({ page }) => {
  await page.goto("your-app/");
  await page.getByLabel("Your project", { exact: true }).setInputFiles(zippedProject("guestbook"));
  const what = region(page, "What it is");
  await expect(what).toContainText("A Flask app, found in guestbook/__init__.py.");
  await expect(what).toContainText("flask --app guestbook run");
  await expect(what).toContainText('gunicorn -w 4 -b 0.0.0.0:8000 "guestbook:create_app()"');
  await expect(page.getByRole("list", { name: "Files" }).getByRole("listitem")).toHaveCount(9);

  await page.getByRole("button", { name: "Start both servers" }).click();
  await expect(region(page, "Development server")).toContainText("Running on port 5000", { timeout: boot });
  await expect(region(page, "Production server")).toContainText("Running on port 8000 with 4 workers", {
    timeout: boot,
  });
  await expect(region(page, "Routes and plans")).toContainText("As the app itself tells them.", { timeout: boot });
  const sign = page.getByRole("list", { name: "Routes" }).getByRole("listitem").filter({ hasText: "POST /sign" });
  await expect(sign).toContainText("development 302, production 302");

  await page.getByRole("radio", { name: "Ten users on /" }).check();
  await page.getByRole("button", { name: "Run load test" }).click();
  const differs = region(page, "What differs");
  await expect(differs.locator('[data-kind="counter per worker"]')).toContainText("/ counts in each worker by itself", {
    timeout: boot,
  });
  await expect(differs.locator('[data-kind="static files by Python"]')).toContainText("/static/style.css");

  await page
    .getByLabel("Your project", { exact: true })
    .setInputFiles(zipOf("hostile.zip", { "../../evil.py": new Uint8Array(1), "app.py": new Uint8Array(1) }));
  await expect(page.getByText("hostile.zip has a file whose path leads out of it: ../../evil.py")).toBeVisible();
  await expect(page.getByText("“guestbook” stays as it was.")).toBeVisible();
  await page.getByLabel("Your project", { exact: true }).setInputFiles(zippedProject("broken"));
  await page.getByRole("button", { name: "Keep “guestbook”" }).click();
  await expect(region(page, "Production server")).toContainText("Running on port 8000");
});
