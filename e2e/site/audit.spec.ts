// @project beside
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "../../testing/browser/site.ts";

test("a text that is pasted into the audit is looked through in the page, and each finding leads to its line", async ({
  page,
  baseURL,
}) => {
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("pageerror", ({ message }) => complaints.push(message));
  await page.goto("./lessons/15-the-checklist/");
  const audit = page.getByRole("region", { name: "Audit" });
  const findings = audit.getByRole("region", { name: "Findings" });
  const count = findings.getByRole("status");
  await expect(count).toHaveText(/^\d+ to fix, \d+ good to know\.$/, { timeout: 30_000 });
  await expect(findings.getByRole("listitem").filter({ hasText: "runs as root" })).toHaveCount(1);

  // By keyboard, to the next kind but two.
  await audit.getByRole("radio", { name: "Command line" }).focus();
  for (let press = 0; press < 3; press += 1) await page.keyboard.press("ArrowRight");
  const text = audit.getByRole("textbox", { name: "Text to audit: nginx.conf" });
  await expect(text).toContainText("alias");
  await expect(audit.locator(".cm-editor")).toBeVisible({ timeout: 30_000 });
  const { violations } = await new AxeBuilder({ page }).include(".audit").analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);

  await text.click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText("server {\n  location /files {\n    alias /srv/files/;\n  }\n}\n");
  await expect(count).toHaveText("1 to fix, 0 good to know.");
  await findings.getByRole("button", { name: /^Line 3: Strangers can leave the folder/ }).press("Enter");
  await expect(text).toBeFocused();
  // The finding's stretch is selected, so that what is typed takes its place.
  await page.keyboard.insertText("root /srv;");
  await expect(count).toHaveText(/^Nothing found\./);

  await audit.getByRole("button", { name: "Clear" }).click();
  await expect(count).toHaveText("There is nothing to check yet.");
  await audit.getByRole("button", { name: "Restore the example" }).click();
  await expect(count).toHaveText(/^\d+ to fix/);
  // Each link that findings have leads somewhere on this site, or by https to a source.
  for (const link of await findings.getByRole("link").all()) {
    const href = await link.evaluate((element: HTMLAnchorElement) => element.href);
    expect(href.startsWith(baseURL ?? "") || href.startsWith("https://")).toBe(true);
  }
  expect(asked.filter((url) => !url.startsWith(baseURL ?? "") && !url.startsWith("data:"))).toEqual([]);
  expect(complaints).toEqual([]);
});
