// @project labs
/** What lesson 4 claims. */
import { boot } from "../../testing/browser/lab.ts";
import { claimsOf, expect } from "./claims.ts";

const claim = claimsOf("one-at-a-time");

claim(["one-worker-ten-a-second", "ten-threads-beat-one-worker"], async (lab) => {
  const { ratio, production } = await lab.load("waits");
  expect(production.rate).toBeLessThan(10.5);
  expect(production.errors).toBe(0);
  expect(ratio("rate")).toBeGreaterThan(4);
});

claim("threads-do-not-compute-faster", async (lab) => {
  const { ratio } = await lab.load("computes");
  // Ten threads that computed at the same time would be ten times as fast. The sides run in turn, and a busy computer
  // may slow either.
  expect(ratio("rate")).toBeGreaterThan(1 / 3);
  expect(ratio("rate")).toBeLessThan(3);
});

claim("threads-let-the-quick-pass", async (lab) => {
  const { ratio } = await lab.load("beside");
  expect(ratio("median")).toBeLessThan(0.3);
});

claim("the-same-model-the-same-rate", async (lab) => {
  const { development, production } = lab;
  await production.run("gunicorn -w 1 --threads 10 -b 0.0.0.0:8000 app:app");
  await production.shows("Using worker: gthread");
  await development.run("flask --app app run --without-threads");
  await development.shows(/without-threads.*Runningon/);
  await expect(production.state).toHaveText("Running on port 8000 with 1 worker.", { timeout: boot });
  await expect(development.state).toHaveText("Running on port 5000.", { timeout: boot });
  const { ratio, ...sides } = await lab.load("waits");
  // The first run turned round.
  expect(sides.development.rate).toBeLessThan(10.5);
  expect(ratio("rate")).toBeLessThan(1 / 4);
});
