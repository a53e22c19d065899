// @project beside
import { existsSync } from "node:fs";
import { linuxMissing } from "../../testing/browser/linux.ts";
import { expect, pages, test } from "../../testing/browser/site.ts";
import { injectContract } from "../machine-contract/contract.ts";

test("the Linux machine keeps the contract", async ({ page, baseURL }) => {
  const missing = linuxMissing("debian");
  test.skip(missing !== undefined, missing ?? "");
  test.setTimeout(400_000);
  await page.goto(pages.embed);
  await injectContract(page);
  const results = await page.evaluate((root) => contractPage.check("linux", root), baseURL ?? "");
  expect(results.filter(({ outcome }) => outcome === "failed")).toEqual([]);
  expect(results.filter(({ outcome }) => outcome === "not capable").map(({ name }) => name)).toEqual([
    "kill: signals that it cannot send are refused, not swallowed",
  ]);
});

test("a site without a Linux image says so, and how to add one", async ({ page, baseURL }) => {
  test.skip(existsSync("dist/machine/linux/manifest.json"), "there is a Linux image");
  await page.goto(pages.embed);
  await injectContract(page);
  const root = baseURL ?? "";
  await page.route("**/machine/linux/manifest.json", (route) =>
    route.fulfill({ status: 200, body: "<p>not there</p>" }),
  );
  const why = await page.evaluate(
    (site) =>
      contractPage.open("linux", site).then(
        () => "it opened",
        (error: { cause: string; message: string; remedy: string }) =>
          `${error.cause}: ${error.message} ${error.remedy}`,
      ),
    root,
  );
  expect(why).toBe(
    "image-missing: This copy of the site has no Linux image. Whoever hosts it can add one with npm run linux:image; the other lessons work without.",
  );
});
