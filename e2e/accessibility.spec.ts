/** Every kind of page, and every lesson: WCAG 2.2 AA in both themes, and no scrolling sideways on a phone. */
import { readdirSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { expect, pages, test } from "./site.ts";

const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const lessons = readdirSync("content/lessons").map((file) => file.replace(/\.mdx$/, ""));
const addresses = new Set([...Object.values(pages), ...lessons.map((lesson) => `./lessons/${lesson}/`)]);

for (const address of addresses) {
  test(`${address} meets WCAG 2.2 AA in both themes, and fits a phone`, async ({ page }) => {
    await page.goto(address, { waitUntil: "networkidle" });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      // Whole in the page itself: without frames that are to be looked into, that says the same in half the time.
      const axe = new AxeBuilder({ page }).setLegacyMode();
      // The dark page is the same one in other colours.
      const { violations } = await (colorScheme === "light"
        ? axe.withTags(wcag)
        : axe.withRules("color-contrast")
      ).analyze();
      expect(
        violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => [html, failureSummary])]),
        colorScheme,
      ).toEqual([]);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
}
