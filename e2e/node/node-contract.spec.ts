// @project node
/**
 * The Node machine's contract, against the test double of WebContainer's origin: the real client, real Node processes
 * on loopback, and not StackBlitz's runtime.
 */
import { expect, pages } from "../../testing/browser/site.ts";
import { injectContract, isolate } from "../machine-contract/contract.ts";
import { doubleOptions, test } from "../webcontainer-double/test.ts";

test.use(doubleOptions);

test.beforeEach(({ page, baseURL }) => isolate(page, new URL(pages.embed, baseURL).href));

test("the Node machine keeps the contract", async ({ page, baseURL }) => {
  test.setTimeout(240_000);
  await page.goto(pages.embed);
  await injectContract(page);
  const results = await page.evaluate((root) => contractPage.check("node", root), baseURL ?? "");
  expect(results.filter(({ outcome }) => outcome === "failed")).toEqual([]);
  expect(results.filter(({ outcome }) => outcome === "not capable").map(({ name }) => name)).toEqual([
    "connect: a byte stream",
    "kill: other signals",
  ]);
});

test("its client is loaded when a machine is opened, not before; a second one on the page is refused", async ({
  page,
  baseURL,
}) => {
  await page.goto(pages.embed);
  await injectContract(page);
  const cause = await page.evaluate(async (root) => {
    const machine = await contractPage.open("node", root);
    const second = await contractPage.open("node", root).catch((error: Error) => error.cause);
    machine.dispose();
    return second;
  }, baseURL ?? "");
  expect(cause).toBe("second-instance");
});

test("a page that is not isolated is told so", async ({ page, baseURL }) => {
  await page.unrouteAll();
  await page.goto(pages.embed);
  await injectContract(page);
  const cause = await page.evaluate(
    (root) => contractPage.open("node", root).catch((error: Error) => error.cause),
    baseURL ?? "",
  );
  expect(cause).toBe("not-isolated");
});

test("an API key reaches StackBlitz, and one that it refuses is called so", async ({ page, baseURL, double }) => {
  double.behaviour = { refuses: "Invalid client_id" };
  await page.goto(pages.embed);
  await injectContract(page, { PUBLIC_WEBCONTAINER_API_KEY: "wrong" });
  const error = await page.evaluate(
    (root) => contractPage.open("node", root).catch(({ cause, remedy }) => ({ cause, remedy })),
    baseURL ?? "",
  );
  expect(error).toMatchObject({
    cause: "api-key-refused",
    remedy: expect.stringContaining("PUBLIC_WEBCONTAINER_API_KEY"),
  });
  expect(double.lastQuery.get("client_id")).toBe("wrong");
});
