// @project beside
/** Every kind of page, and every lesson: WCAG 2.2 AA in both themes, and no scrolling sideways on a phone. */
import { readdirSync } from "node:fs";
import { expect, pages, test } from "../../testing/browser/site.ts";
import { besidePhone, wcagViolations } from "../../testing/browser/wcag.ts";

const lessons = readdirSync("content/lessons").map((file) => file.replace(/\.mdx$/, ""));
const addresses = new Set([...Object.values(pages), ...lessons.map((lesson) => `./lessons/${lesson}/`)]);

for (const address of addresses) {
  test(`${address} meets WCAG 2.2 AA in both themes, and fits a phone`, async ({ page }) => {
    await page.goto(address, { waitUntil: "networkidle" });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const violations = await wcagViolations(page, { colorsOnly: colorScheme === "dark", frames: false });
      expect(violations, colorScheme).toEqual([]);
    }
    expect(await besidePhone(page)).toBe(0);
  });
}
