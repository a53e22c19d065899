/** Playwright's test with a page that finds the test double where WebContainer would be. */
import { test as siteTest } from "../../testing/browser/site.ts";
import { doubleLaunchOptions, startDouble, useDouble, type WebContainerDouble } from "./double.ts";

/** For `test.use`. The double's origin is not in the pages' policy. */
export const doubleOptions = {
  bypassCSP: true,
  launchOptions: doubleLaunchOptions,
  serviceWorkers: "allow",
} as const;

/** Each test has a double of its own. */
export const test = siteTest.extend<{ double: WebContainerDouble }>({
  double: [
    async ({ page }, use) => {
      const double = await startDouble();
      await useDouble(page, double);
      await use(double);
      await double.close();
    },
    { auto: true },
  ],
});
