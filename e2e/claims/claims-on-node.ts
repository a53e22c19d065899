/** Runs what a page claims of a lab's Node variant. */
import { LabUnderTest } from "../../testing/browser/lab.ts";
import { doubleOptions, test } from "../webcontainer-double/test.ts";
import type { RunClaim } from "./claims.ts";

/**
 * What a file calls first: the claims that follow are about this lab on the Node machine. Each has the lab for itself,
 * with both servers started, against the test double of WebContainer's origin.
 *
 * @param name its folder in `content/labs/`
 */
export function claimsOnNode(name: string): RunClaim {
  test.describe.configure({ timeout: 150_000 });
  test.use(doubleOptions);

  return (ids, run) => {
    test(`${name} on Node: ${[ids].flat().join(", ")}`, async ({ page }) => {
      const lab = await LabUnderTest.openOnNode(page, name);
      await lab.start();
      await run(lab);
    });
  };
}
