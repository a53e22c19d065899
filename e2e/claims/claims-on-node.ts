/** Runs what a page claims of a lab's Node variant. */
import { test } from "@playwright/test";
import { LabUnderTest } from "../../testing/browser/lab.ts";
import { doubleLaunchOptions, startDouble, useDouble, type WebContainerDouble } from "../webcontainer-double/double.ts";
import { expect, type RunClaim } from "./claims.ts";

/**
 * What a file calls first: the claims that follow are about this lab on the Node machine. Each has the lab for itself,
 * with both servers started, against the test double of WebContainer's origin.
 *
 * @param name its folder in `content/labs/`
 */
export function claimsOnNode(name: string): RunClaim {
  test.describe.configure({ timeout: 150_000 });
  // The double's origin is not in the pages' policy.
  test.use({ bypassCSP: true, launchOptions: doubleLaunchOptions, serviceWorkers: "allow" });
  let double: WebContainerDouble;
  test.beforeEach(async ({ page }) => {
    double = await startDouble();
    await useDouble(page, double);
  });
  test.afterEach(() => double.close());

  return (ids, run) => {
    test(`${name} on Node: ${[ids].flat().join(", ")}`, async ({ page }) => {
      const lab = await LabUnderTest.openOnNode(page, name);
      await lab.start();
      await run(lab);
      expect(lab.complaints).toEqual([]);
    });
  };
}
