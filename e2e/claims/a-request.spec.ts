// @project labs
/** What lesson 2 claims. */
import type { LabSide } from "../../testing/browser/lab.ts";
import { claimsOf, expect } from "./claims.ts";

const claim = claimsOf("a-request");

/**
 * Sends two requests by hand, the second right after the first; how long the second one waited and took, in seconds.
 */
async function twoByHand(side: LabSide): Promise<{ waited: number; took: number }> {
  const rows = side.region.locator(".lab-hand-row");
  const before = await rows.count();
  await side.region.getByRole("button", { name: "Send one request" }).evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  const second = rows.nth(before + 1).locator(".lab-hand-stage");
  await expect(second).toHaveAttribute("title", "waits in the backlog");
  await expect(second).toHaveAttribute("title", /^200 in [\d.]+\ss, worker \d+, after waiting [\d.]+\ss for it$/, {
    timeout: 30_000,
  });
  const [took = 0, waited = 0] = [...((await second.getAttribute("title")) ?? "").matchAll(/([\d.]+)\ss\b/g)].map(
    ([, seconds]) => Number(seconds),
  );
  return { waited, took };
}

claim(["second-request-waits-in-the-backlog", "a-request-is-text"], async (lab) => {
  for (const side of [lab.development, lab.production]) {
    const { waited, took } = await twoByHand(side);
    expect(waited).toBeGreaterThan(1.5);
    expect(took).toBeGreaterThan(waited + 1.9);
  }
  await lab.development.shows("b'GET /slow HTTP/1.1\\r\\nHost: localhost:8001\\r\\n");
});

claim("one-worker-is-one-worker", async (lab) => {
  const { ratio, development, production } = await lab.load("steady");
  expect(ratio("rate")).toBeGreaterThan(0.6);
  expect(ratio("rate")).toBeLessThan(1.7);
  // A page that waits 50 ms, one after the other.
  for (const { rate, errors } of [development, production]) {
    expect(rate).toBeLessThan(20.5);
    expect(errors).toBe(0);
  }
});

claim("a-full-backlog-costs-seconds", async (lab) => {
  const { development, production } = await lab.load("crowd");
  // A second try comes after a second; on a busy computer the right, too, may take that long for all.
  expect(development.median).toBeGreaterThan(1000);
  expect(development.errors).toBe(0);
  expect(production.errors).toBe(0);
});
