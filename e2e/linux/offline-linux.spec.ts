// @project beside
/** Whoever has used a Linux lab once, on a site that is kept, can use it without the site's host. */
import { expect, test } from "@playwright/test";
import { LabUnderTest } from "../../testing/browser/lab.ts";
import { linuxMissing } from "../../testing/browser/linux.ts";
import { OwnHost } from "../../testing/browser/own-host.ts";

test("a Linux lab that was used once starts without the site's host", async ({ browser }) => {
  const missing = linuxMissing("nginx");
  test.skip(missing !== undefined, missing ?? "");
  test.setTimeout(180_000);
  const host = new OwnHost("offline-linux-site", { linux: true });
  await host.publish("1");
  await host.up();
  const context = await browser.newContext({ baseURL: host.address, serviceWorkers: "allow" });
  const first = await context.newPage();
  await first.goto("lessons/01-two-servers/");
  await first.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await first.close();

  const online = await LabUnderTest.openIn(context, "nginx-in-front");
  await online.start();
  expect((await online.production.ask("/")).status).toContain("200");
  await online.page.close();
  await host.down();

  const offline = await LabUnderTest.openIn(context, "nginx-in-front");
  await offline.start();
  expect((await offline.production.ask("/")).status).toContain("200");
  await context.close();
});
