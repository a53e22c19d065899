/**
 * Runs what lessons claim: `<Claim id="…">` in a page of `content/`, `claim("…", …)` in a file of `e2e/claims/`. A file
 * is about one lab, which is opened once, alone on its page, with both servers started.
 * `src/integrations/checks/content-checks.ts` holds the two sides together when the site is built.
 */
import { expect, test } from "@playwright/test";
import { readLab } from "../../src/lab-definition/read-lab.ts";
import { LabUnderTest } from "../../testing/browser/lab.ts";
import { imageMissing } from "../../testing/browser/linux.ts";
import { besidePhone, wcagViolations } from "../../testing/browser/wcag.ts";

export { expect };

/**
 * Checks one claim, or several that one run shows, on the lab of the file.
 *
 * @param ids of the claims, written out: the build reads them
 */
export type RunClaim = (ids: string | readonly string[], run: (lab: LabUnderTest) => Promise<void>) => void;

/**
 * What a file calls first: the claims that follow are about this lab.
 *
 * @param name its folder in `content/labs/`
 */
export function claimsOf(name: string): RunClaim {
  // The first start loads everything; on a busy computer a run takes longer than it lasts.
  test.describe.configure({ timeout: 150_000 });
  const { definition } = readLab(`content/labs/${name}`);
  const missing = imageMissing(definition);
  test.skip(missing !== undefined, missing ?? "");
  let lab: LabUnderTest | undefined;

  test.beforeAll(async ({ browser }, { project }) => {
    lab = await LabUnderTest.open(browser, project.use.baseURL, name);
    await lab.start();
  });

  test.beforeEach(() => lab?.trace.forget());

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from this pattern what a hook needs
  test.afterEach(async ({}, testInfo) => lab?.trace.attachTo(testInfo));

  test.afterAll(async () => {
    await lab?.close();
    expect(lab?.complaints ?? []).toEqual([]);
  });

  // The other machines' labs are one like the other, and e2e/lab/lab-servers.spec.ts looks at one of them.
  if (definition.machine === "linux")
    test(`${name}: while its servers run, it meets WCAG 2.2 AA in both themes, and fits a phone`, async () => {
      if (lab === undefined) throw new Error(`The lab ${name} was not opened`);
      for (const colorScheme of ["light", "dark"] as const) {
        await lab.page.emulateMedia({ colorScheme });
        const violations = await wcagViolations(lab.page, { colorsOnly: colorScheme === "dark" });
        expect(violations, colorScheme).toEqual([]);
      }
      await lab.page.emulateMedia({ colorScheme: null });
      expect(await besidePhone(lab.page)).toBe(0);
    });

  return (ids, run) => {
    test(`${name}: ${[ids].flat().join(", ")}`, async () => {
      if (lab === undefined) throw new Error(`The lab ${name} was not opened`);
      await run(lab);
    });
  };
}
