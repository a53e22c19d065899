// @project labs
/** What the lesson about one SQLite file and several writers claims: one request at a time, and four. */
import { claimsOf, expect as plainExpect } from "./claims.ts";

const claim = claimsOf("locked");
const expect = plainExpect.configure({ timeout: 30_000 });

const contradicted = (title: string) => new RegExp(`the ${title}\\b[^.]* contradicted an earlier one`);

claim(["hasty-repeats", "long-locks"], async (lab) => {
  const hasty = await lab.load("hasty");
  expect(hasty.development.errors, hasty.sentence).toBe(0);
  expect(hasty.production.errors, hasty.sentence).toBeGreaterThan(0);
  expect(hasty.sentence).toMatch(contradicted("production server"));

  const orders = await lab.load("orders");
  expect(orders.development.errors, orders.sentence).toBe(0);
  expect(orders.production.errors, orders.sentence).toBeGreaterThan(0);
  expect(orders.sentence).toContain("said that the server failed (5xx)");
  expect(orders.sentence).not.toContain("contradicted");
  await lab.production.showed("sqlite3.OperationalError: database is locked");
});

claim(["patience-waits", "patience-is-no-faster", "threads-repeat-too"], async (lab) => {
  const { development, production } = lab;
  await production.serve("PATIENCE=5 gunicorn -w 4 -b 0.0.0.0:8000 app:app", "Running on port 8000 with 4 workers.");
  const orders = await lab.load("orders");
  expect(orders.development.errors, orders.sentence).toBe(0);
  expect(orders.production.errors, orders.sentence).toBe(0);
  expect(orders.ratio("rate"), orders.sentence).toBeGreaterThan(0.67);

  await development.run("flask --app app run");
  await expect(development.state).toHaveText("Running on port 5000.");
  const hasty = await lab.load("hasty");
  expect(hasty.development.errors, hasty.sentence).toBeGreaterThan(0);
});
