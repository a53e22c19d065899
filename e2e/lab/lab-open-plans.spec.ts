// @project labs
/**
 * Readers who come whatever the server does, on the real machine: what the charts, the table and the sentence say of
 * them.
 */
import { expect, test } from "@playwright/test";
import { LabUnderTest } from "../../testing/browser/lab.ts";

test("impatient readers: the queue grows before four workers, who wait give up, and all of it is said", async ({
  browser,
}, { project }) => {
  test.setTimeout(120_000);
  const lab = await LabUnderTest.open(browser, project.use.baseURL);
  await lab.start();
  await lab.beginLoad("Impatient users");
  // The 95th percentile is there before the run is over, though no second has a hundred answers.
  const latency = lab.region.getByRole("figure").filter({ has: lab.page.getByRole("img", { name: /^Latency/ }) });
  await expect(latency.locator(".lab-of-development .lab-now-upper .lab-now-value")).toHaveText(/\d/, {
    timeout: 20_000,
  });
  await expect(lab.button("Stop load test")).toBeVisible();
  const sentence = await lab.endOfLoad();
  // Four workers of 100 ms a request have no room for 50 readers a second.
  expect(await lab.figure("Errors", "production")).toBeGreaterThan(20);
  expect(sentence).toMatch(/requests per second that were offered, the production server answered/);
  expect(sentence).toMatch(/On the production server \d+ users gave up waiting, the longest wait was/);
  const table = lab.region.getByRole("table", { name: "Load test results" });
  await expect(table.getByRole("row", { name: "Offered per second" })).toBeVisible();
  await lab.region.getByText("Queued requests in words and as a table").click();
  await expect(lab.region.getByText(/^Production server: between \d+/).first()).toBeVisible();
  expect(lab.complaints).toEqual([]);
  await lab.close();
});
