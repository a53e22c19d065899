// @project beside
/** A shell beside each side's server, in the lab. */
import type { Locator, Page } from "@playwright/test";
import { expect, pages, test } from "../../testing/browser/site.ts";

test.use({ visited: true });

function side(page: Page, name: string): Locator {
  return page.getByRole("region", { name });
}

async function openShell(page: Page, name: string): Promise<Locator> {
  const region = side(page, name);
  await region.getByRole("tab", { name: "Shell" }).click();
  // Where the machine is open, the tab has opened the shell.
  const open = region.getByRole("button", { name: /^Open a shell/ });
  if (await open.isVisible()) await open.click();
  const screen = region.getByRole("tabpanel", { name: "Shell" });
  await expect(screen.locator(".xterm-accessibility-tree")).toContainText("~ $", { timeout: 45_000 });
  return screen;
}

test("a shell opens with a click, also before any server runs, and has the lab's files", async ({ page }) => {
  await page.goto(pages.embed);
  const screen = await openShell(page, "Development server");
  const text = screen.locator(".xterm-accessibility-tree");
  await page.keyboard.type("ls\n");
  await expect(text).toContainText("app.py");
  await expect(side(page, "Development server").getByText("Not started.")).toBeVisible();
  await page.keyboard.type("curl -s localhost:5000\n");
  await page.keyboard.type("echo status $?\n");
  await expect(text).toContainText("status 7");
  await page.keyboard.type("echo '# from the shell' >> app.py\n");
  for (const name of ["Development server", "Production server"]) {
    await side(page, name).getByRole("tab", { name: "app.py" }).click();
    const lines = side(page, name).getByRole("tabpanel", { name: "app.py" }).locator(".cm-content");
    await lines.press("Control+End");
    await expect(lines).toContainText("# from the shell");
  }
});

test("beside a running server: curl asks it, ps shows it, a restart leaves the shell", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto(pages.embed);
  await page.getByRole("button", { name: "Start both servers" }).click();
  const production = side(page, "Production server");
  await expect(production).toContainText("Running on port 8000 with 4 workers", { timeout: 60_000 });
  const screen = await openShell(page, "Production server");
  const text = screen.locator(".xterm-accessibility-tree");
  await page.keyboard.type("curl -i localhost:8000/\n");
  await expect(text).toContainText("HTTP/1.1 200 OK");
  await expect(text).toContainText("Server: gunicorn");
  await expect(production).toContainText("Running on port 8000 with 4 workers");
  await page.keyboard.type("clear; pgrep -f 'gunicorn -w' | wc -l\n");
  await expect(text).toContainText("5");
  await page.keyboard.type("clear; sle\t1; echo woke\n");
  await expect(text).toContainText("woke");
  await production.getByRole("button", { name: /^Restart/ }).click();
  await expect(production).toContainText("Running on port 8000 with 4 workers", { timeout: 60_000 });
  await production.getByRole("tab", { name: "Terminal" }).click();
  await production.getByRole("tab", { name: "Shell" }).click();
  await expect(page.getByLabel("Shell beside the production server")).toBeFocused();
  await page.keyboard.type("clear; echo still here\n");
  await expect(text).toContainText("still here");
  await page.keyboard.type("exit\n");
  await expect(text).toContainText("The shell has ended");
  await page.keyboard.press("Enter");
  await page.keyboard.type("echo another one\n");
  await expect(text).toContainText("another one");
});

test("Tab completes in the shell, Shift+Tab leaves it", async ({ page }) => {
  await page.goto(pages.embed);
  await openShell(page, "Development server");
  const input = page.getByLabel("Shell beside the development server");
  await expect(input).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(input).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(input).not.toBeFocused();
});
