/** What a page lacks of WCAG 2.2 AA, as far as axe can tell. */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What axe finds: a rule's name, and of each element its markup and what is wrong with it. */
export type Violations = readonly (readonly [rule: string, elements: readonly (readonly [string, string])[]])[];

/**
 * Looks through a page. A page that has been looked through in one theme is the same one in the other, in other
 * colours.
 */
export async function wcagViolations(
  page: Page,
  { colorsOnly = false, frames = true }: { colorsOnly?: boolean; frames?: boolean } = {},
): Promise<Violations> {
  // In the page itself, where no frames are to be looked into, axe says the same in half the time.
  const axe = new AxeBuilder({ page }).setLegacyMode(!frames);
  const { violations } = await (colorsOnly ? axe.withRules("color-contrast") : axe.withTags(tags)).analyze();
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary = "" }) => [html, failureSummary])]);
}

/** How many pixels of the page lie beside a phone's screen. */
export async function besidePhone(page: Page): Promise<number> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (before) await page.setViewportSize(before);
  return Math.max(0, overflow);
}
