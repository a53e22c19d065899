// @project labs
/** What the lesson about the number of workers claims. */
import { claimsOf, expect } from "./claims.ts";

const claim = claimsOf("how-many-workers");

claim("each-worker-takes-memory", async ({ development, production }) => {
  const memory = async (side: typeof development) => {
    const shown = side.region.getByText(/^memory \d+\sMB$/);
    await expect(shown).toBeVisible();
    return Number.parseFloat(((await shown.textContent()) ?? "").replace(/^\D+/, ""));
  };
  // A master and two workers against a master and four. What is shown follows the processes a little later.
  await expect(async () => {
    const ratio = (await memory(production)) / (await memory(development));
    expect(ratio).toBeGreaterThan(1.35);
    expect(ratio).toBeLessThan(2.1);
  }).toPass({ timeout: 20_000 });
});

claim(["twice-the-workers-twice-the-ceiling", "littles-law-holds"], async (lab) => {
  const { ratio, development, production } = await lab.load("ceiling");
  expect(ratio("rate")).toBeGreaterThan(0.4);
  expect(ratio("rate")).toBeLessThan(0.65);
  expect(development.rate).toBeLessThanOrEqual(20.5);
  expect(production.rate).toBeLessThanOrEqual(41);
  for (const { rate = 0, median = 0 } of [development, production]) {
    // Twelve readers. The first and the last of them are not in the server for the whole run.
    expect((rate * median) / 1000).toBeGreaterThan(9.6);
    expect((rate * median) / 1000).toBeLessThan(13.2);
  }
});

claim(["answers-hide-a-full-server", "latency-grows-before-the-ceiling"], async (lab) => {
  const seventy = await lab.load("seventy");
  const full = await lab.load("full");
  // On a busy computer the small server's ceiling lies lower.
  expect(seventy.ratio("rate")).toBeGreaterThan(0.8);
  expect(full.ratio("rate")).toBeGreaterThan(0.65);
  for (const { development, production } of [seventy, full]) {
    for (const { errors } of [development, production]) expect(errors).toBe(0);
  }
  const longer = (side: "development" | "production") => (full[side].median ?? 0) / (seventy[side].median ?? 0);
  expect(longer("development")).toBeGreaterThan(1.5);
  expect(longer("production")).toBeLessThan(1.3);
});
