// @project labs
/** What the lesson about waitress claims. */
import { claimsOf, expect } from "./claims.ts";

const claim = claimsOf("waitress");

claim(["waitress-is-one-process", "four-threads-as-four-sync-workers", "waitress-warns-of-its-queue"], async (lab) => {
  await expect(lab.production.workers).toHaveCount(1);
  await expect(lab.development.workers).toHaveCount(4);
  const { ratio, development, production } = await lab.load("slow");
  expect(ratio("rate")).toBeGreaterThan(0.75);
  expect(ratio("rate")).toBeLessThan(1.3);
  for (const { rate } of [development, production]) expect(rate).toBeLessThanOrEqual(41);
  await lab.production.shows(/Taskqueuedepthis[56]/);
});

claim(["slow-clients-hold-sync-workers", "slow-clients-do-not-hold-waitress"], async ({ development, production }) => {
  for (const side of [development, production]) {
    await side.cause("Slow client");
    await expect(side.note("Slow client")).toContainText("4 slow clients are connected");
  }
  for (const side of [production, development]) await side.send("/");
  await expect(production.sent.last()).toHaveText(/200 in/, { timeout: 20_000 });
  await expect(development.sent.last()).toHaveText(/waits in the backlog/);
  for (const side of [development, production]) await side.cause("End slow clients");
  await expect(development.sent.last()).toHaveText(/200 in/, { timeout: 20_000 });
});

claim(["waitress-from-a-file", "waitress-killed-stays-dead"], async ({ production }) => {
  await production.run("python serve.py");
  await production.shows("$ python serve.py");
  await expect(production.state).toHaveText("Running on port 8080.", { timeout: 30_000 });
  expect((await production.ask("/")).body).toBe("Hello from Flask\n");
  await production.cause("Kill a worker");
  await expect(production.state).toContainText("ended by SIGKILL, and nothing started another");
});
