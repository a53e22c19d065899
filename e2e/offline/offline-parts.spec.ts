// @project beside
/**
 * Parts of a machine that are kept once they were used are checked like everything else: no other bytes reach a page,
 * or stay.
 */
import { expect, type Page, test } from "@playwright/test";
import { OwnHost } from "../../testing/browser/own-host.ts";

test.use({ serviceWorkers: "allow" });

const part = "machine/linux/part.0123456789ab.bin";
const right = "right ".repeat(100_000);

/** What a page gets of the part: its status and text, or that reading it failed. */
function read(page: Page, range?: string): Promise<readonly [number, string] | "failed"> {
  return page.evaluate(
    async ([url, range]) => {
      try {
        const response = await fetch(url, range === undefined ? {} : { headers: { Range: range } });
        return [response.status, await response.text()] as const;
      } catch {
        return "failed" as const;
      }
    },
    [`/${part}`, range] as const,
  );
}

const keptParts = (page: Page) =>
  page.evaluate(async () => (await (await caches.open("two-servers-on-use /")).keys()).map(({ url }) => url));

// [threat: host-update]
test("a part that a host has changed is refused and not kept; the right one is kept and needs no host", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const host = new OwnHost("offline-parts-site");
  host.write(part, right);
  await host.publish("1");
  await host.up();
  await page.goto(`${host.address}concepts/wsgi/`);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.reload();
  for (const wrong of [right.replace(/ $/, "!"), right.slice(0, -1), `${right}!`, "", "wrong"]) {
    host.write(part, wrong);
    expect(await read(page)).toBe("failed");
    expect(await read(page, "bytes=6-")).toBe("failed");
    expect(await keptParts(page)).toEqual([]);
  }
  host.write(part, right);
  expect(await read(page)).toEqual([200, right]);
  await expect.poll(() => keptParts(page)).toEqual([`${host.address}${part}`]);
  await host.down();
  expect(await read(page)).toEqual([200, right]);
  // Who goes on with a download gets all of it.
  expect(await read(page, "bytes=6-")).toEqual([200, right]);
});
