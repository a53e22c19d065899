// @project beside
import { expect, pages, test } from "../../testing/browser/site.ts";
import { injectContract } from "../machine-contract/contract.ts";

test("the Python machine keeps the contract", async ({ page, baseURL }) => {
  test.setTimeout(240_000);
  await page.goto(pages.embed);
  await injectContract(page);
  const results = await page.evaluate((root) => contractPage.check("python", root), baseURL ?? "");
  expect(results.filter(({ outcome }) => outcome === "failed")).toEqual([]);
  expect(results.filter(({ outcome }) => outcome === "not capable").map(({ name }) => name)).toEqual([
    "kill: signals that it cannot send are refused, not swallowed",
  ]);
});

test("so it does with a server of an ASGI application", async ({ page, baseURL }) => {
  test.setTimeout(240_000);
  await page.goto(pages.embed);
  await injectContract(page);
  const results = await page.evaluate((root) => contractPage.check("python asgi", root), baseURL ?? "");
  expect(results.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
  expect(results.length).toBeGreaterThan(6);
});
