// @project node
/**
 * The page that tries the Node machine's assumptions, against the test double: it runs, and its table can be copied.
 */
import AxeBuilder from "@axe-core/playwright";
import { expect } from "../../testing/browser/site.ts";
import { doubleOptions, test } from "../webcontainer-double/test.ts";

test.use(doubleOptions);

test("it isolates itself, tries everything, and prints a table", async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto("./check/node/");
  const run = page.getByRole("button", { name: "Run the checks" });
  await run.click();
  await page.waitForFunction(() => crossOriginIsolated);
  await run.click();
  await expect(page.getByText("Done. Copy the table into an issue.")).toBeVisible({ timeout: 150_000 });
  const result = async (check: RegExp) =>
    page
      .getByRole("table", { name: "Results" })
      .getByRole("row", { name: check })
      .getByRole("cell")
      .first()
      .textContent();
  // On ordinary Node all of these work; how WebContainer answers is what the page is for.
  for (const check of [/does not exist/, /Input/, /fs.watch/, /fork with IPC/, /TCP/, /--require/, /node:cluster/]) {
    expect(await result(check), String(check)).toBe("works");
  }
  for (const check of [/SIGTERM/, /SIGHUP/, /idle process/, /--watch/, /in a loop/]) {
    expect(await result(check), String(check)).toBe("works");
  }
  expect(await result(/page can fetch/)).toBe("no answer");
  await page.getByText("The same as text").click();
  await expect(page.locator("pre")).toContainText("| child_process.fork with IPC (workers) | works |");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});
