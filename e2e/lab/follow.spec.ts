// @project beside
/** `<Follow>` beside its lab, on a machine whose requests go on when the test says so. */
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "../../testing/browser/site.ts";
import { useLabDouble } from "../../testing/lab-double/lab-on-double.ts";

const lesson = "./lessons/03-a-request/";
const parts = ["Connect", "In the backlog", "Accept", "Handler", "First byte", "End"];

test("a request is followed from part to part, by keyboard and in words", async ({ page, context }) => {
  await useLabDouble(context, "testing/lab-double/following-double.ts");
  await page.goto(lesson);
  const way = page.getByRole("region", { name: "The path of a request" });
  await way.scrollIntoViewIfNeeded();
  const tell = (known: string) => page.evaluate(`globalThis["request to development"].tell(${known})`);
  const part = (name: string) => way.getByRole("listitem").filter({ has: page.getByText(name, { exact: true }) });
  const news = way.getByRole("status").first();

  await way.getByRole("button", { name: "Start the servers" }).first().press("Enter");
  await way.getByRole("button", { name: "Send one to the server by hand" }).press("Enter");
  await expect(news).toHaveText("Request 1, /slow: In the backlog, waiting here");
  await expect(part("Connect")).toContainText("Server by hand: after 0 ms");
  await expect(part("Accept")).not.toContainText("after");

  await tell("{ accepted: 1500, pid: 7 }");
  await expect(news).toHaveText("Request 1, /slow: Handler, is here");
  await expect(part("In the backlog")).toContainText("Server by hand: waited 500 ms");
  await expect(part("Accept")).toContainText("after 500 ms, process 7");

  await tell("{ accepted: 1500, pid: 7, tid: 9, firstByte: 3500, end: 3501, outcome: 'answered' }");
  await page.evaluate(`globalThis["request to development"].answer()`);
  await expect(news).toHaveText("Request 1, /slow: End, after 2.5 s, status 200");
  await expect(part("Handler")).toContainText("2 s, thread 9");
  // The other side has had no request.
  await expect(way).not.toContainText("Gunicorn server: ");

  const { violations } = await new AxeBuilder({ page }).include(".follow").analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  test("the parts can be read in their order", async ({ page }) => {
    await page.goto(lesson);
    const way = page.getByRole("region", { name: "The path of a request" });
    await expect(way.getByRole("listitem").locator("strong")).toHaveText(parts);
    await expect(way.getByRole("button")).toHaveCount(0);
  });
});
