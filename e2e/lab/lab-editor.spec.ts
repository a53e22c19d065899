// @project beside
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../../testing/browser/site.ts";
import { openLesson, start, useLabDouble } from "../../testing/lab-double/lab-on-double.ts";

test.beforeEach(({ context }) => useLabDouble(context));

/** Opens the editor of a file on the development side. */
async function openEditor(lab: Locator, path: string): Promise<Locator> {
  const side = lab.getByRole("region", { name: "Development server" });
  await side.getByRole("tab", { name: path }).click();
  const editor = side.getByRole("textbox", { name: `File ${path}` });
  await editor.waitFor();
  return editor;
}

/** What a running machine's host has under this path. */
function fileOn(page: Page, side: string, path: string): Promise<string | undefined> {
  return page.evaluate(
    ({ side, path }) => {
      const files: unknown = Reflect.get(globalThis, `files of ${side}`);
      return files instanceof Map ? files.get(`/home/student/${path}`) : undefined;
    },
    { side, path },
  );
}

test("a syntax error is marked before anything runs, and the mark goes with it", async ({ page }) => {
  const lab = await openLesson(page);
  const editor = await openEditor(lab, "app.py");
  await expect(lab.getByText("seems to have a mistake")).toHaveCount(0);
  // Code that is scrolled sideways goes behind the line numbers, and every file has its tab on screen.
  const gutter = lab.locator(".cm-gutters").first();
  expect(await gutter.evaluate((element) => getComputedStyle(element).backgroundColor)).not.toMatch(
    /, 0\)$|transparent/,
  );
  const tabs = lab.getByRole("tablist").first();
  expect(await tabs.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  await editor.click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("def broken(:\n    pass\n");
  const development = lab.getByRole("region", { name: "Development server" });
  await expect(development.getByText("Line 1, column")).toContainText("the editor's parser");
  await expect(lab.getByText("app.py seems to have a mistake on line 1.")).toHaveCount(2);
  await expect(development.getByRole("tab", { name: /app\.py\s*\(has a mistake\)/ })).toBeVisible();
  await expect(editor.locator(".cm-lintRange-error")).toBeVisible();

  await lab.getByRole("button", { name: "Reset" }).click();
  await expect(lab.getByText("seems to have a mistake")).toHaveCount(0);
  await expect(editor).not.toContainText("broken");
});

test("an edit reaches both running servers; Restart is offered; Reset brings the original back", async ({ page }) => {
  const lab = await openLesson(page);
  await start(lab);
  const editor = await openEditor(lab, "app.py");
  await editor.click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# changed\n");
  for (const side of ["development", "production"]) {
    await expect.poll(() => fileOn(page, side, "app.py")).toMatch(/^# changed\nimport time/);
  }
  // Where it was typed, and beside the command.
  await expect(
    lab.getByRole("tabpanel", { name: "app.py" }).getByText("A change here holds for both sides."),
  ).toBeVisible();
  const production = lab.getByRole("region", { name: "Production server" });
  await expect(production.getByText("A file has changed since this server started.")).toBeVisible();
  await production.getByRole("button", { name: "Restart the production server" }).click();
  await expect(production.getByText("A file has changed")).toHaveCount(0);

  await lab.getByRole("button", { name: "Reset" }).click();
  await expect(editor).toContainText("import time");
  await expect(editor).not.toContainText("# changed");
  await lab.getByRole("button", { name: "Bring my changes back" }).click();
  await expect(editor).toContainText("# changed");
});

test("Tab leaves the editor", async ({ page }) => {
  const lab = await openLesson(page);
  const editor = await openEditor(lab, "wsgi.py");
  await editor.focus();
  await page.keyboard.press("Tab");
  await expect(editor).not.toBeFocused();
});
