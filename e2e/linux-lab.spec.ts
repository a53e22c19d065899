/** A lab on the Linux machine: both sides are found running, and everything in it is the real program. */
import { expect, test } from "@playwright/test";
import { LabUnderTest } from "./support/lab.ts";
import { linuxMissing } from "./support/linux.ts";

test("nginx in front: found running under its own words, stopped with its computer, restored, changed", async ({
  browser,
  baseURL,
}) => {
  const missing = linuxMissing("nginx");
  test.skip(missing !== undefined, missing ?? "");
  test.setTimeout(300_000);
  const lab = await LabUnderTest.open(browser, baseURL, "nginx-in-front");
  await expect(lab.region.getByText("emulated PC")).toBeVisible();
  await lab.start();
  for (const side of [lab.development, lab.production]) {
    await side.showed("It was running when the snapshot");
    expect(await side.ask("/who")).toEqual({ status: "200 OK", body: expect.stringContaining("You come from") });
  }
  await lab.production.shell("nginx -t 2>&1 | tail -1", /test is successful/);
  await lab.production.shell("systemctl is-active two-servers-agent", /active/);
  await lab.production.shell("ps -o comm= -p $(pgrep -o nginx)", /nginx/);

  await lab.button("Stop both servers").click();
  await expect(lab.production.state).toHaveText("Stopped.");
  const clicked = Date.now();
  await lab.start();
  expect(await lab.production.ask("/")).toEqual({ status: "200 OK", body: "Hello from Flask" });
  console.log(`restored and answered after ${Date.now() - clicked} ms`);

  // An edited file is no longer what the snapshot had: the server is started for real.
  await lab.button("Stop both servers").click();
  await lab.development.run("gunicorn -w 1 app:app");
  await expect(lab.development.state).toHaveText(/^Running on port 8000 with 1 worker/, { timeout: 120_000 });
  expect(await lab.development.terminal()).not.toContain("Itwasrunning");
  expect(lab.complaints).toEqual([]);
  await lab.close();
});
