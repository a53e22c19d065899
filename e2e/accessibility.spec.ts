import AxeBuilder from "@axe-core/playwright";
import { expect, pages, test } from "./site.ts";

const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    for (const [name, address] of Object.entries(pages)) {
      test(`${name} meets WCAG 2.2 AA`, async ({ page }) => {
        await page.goto(address, { waitUntil: "networkidle" });
        const { violations } = await new AxeBuilder({ page }).withTags(wcag).analyze();
        expect(
          violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => [html, failureSummary])]),
        ).toEqual([]);
      });
    }
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });
  for (const [name, address] of Object.entries(pages)) {
    test(`${name} does not scroll sideways`, async ({ page }) => {
      await page.goto(address, { waitUntil: "networkidle" });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    });
  }
});
