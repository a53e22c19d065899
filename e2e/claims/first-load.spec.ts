/** What lesson 1 claims. */
import { claimsOf, expect } from "../support/claims.ts";

const claim = claimsOf("first-load");

claim("threads-beat-four-workers-where-pages-wait", async (lab) => {
  const { ratio, development, production } = await lab.load("slow");
  // Ten readers: ten threads against four processes.
  expect(ratio("rate")).toBeGreaterThan(1.5);
  expect(ratio("rate")).toBeLessThan(3.5);
  expect(development.errors).toBe(0);
  expect(production.rate).toBeLessThanOrEqual(41);
});
