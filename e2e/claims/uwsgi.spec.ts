/** What the lesson about uWSGI claims. On the left without a master, on the right with one. */
import { claimsOf, expect as plainExpect } from "../support/claims.ts";
import type { LabSide } from "../support/lab.ts";

const claim = claimsOf("uwsgi");
// The emulated PC has one processor, and all of it is slower.
const expect = plainExpect.configure({ timeout: 60_000 });

/** Kills a process that answers requests: the one with most only passes them on. */
async function killWorker(side: LabSide): Promise<number> {
  const [pids, requests] = [await side.pids(), await side.requests()];
  const pid = pids[requests.indexOf(Math.min(...requests))];
  if (pid === undefined) throw new Error("There is no worker to kill");
  await side.region.getByRole("button", { name: `Kill worker ${pid}`, exact: true }).press("Enter");
  return pid;
}

claim("uwsgi-eight-at-a-time", async (lab) => {
  const { ratio, development, production } = await lab.load("slow");
  expect(ratio("rate")).toBeGreaterThan(0.5);
  expect(ratio("rate")).toBeLessThan(2);
  expect([development.errors, production.errors]).toEqual([0, 0]);
});

claim(["uwsgi-without-master", "uwsgi-master-respawns"], async ({ development, production }) => {
  await killWorker(development);
  const killed = await killWorker(production);
  await production.shows("Respawned uWSGI worker");
  await expect.poll(() => production.pids()).toHaveLength(5);
  expect(await production.pids()).not.toContain(killed);
  await expect(development.state).toContainText("with 3 workers");
  expect(await development.terminal()).not.toContain("Respawned");
});

claim("uwsgi-behind-nginx", async ({ production }) => {
  await production.shell("nginx -c $PWD/nginx.conf; curl -s localhost:8080/", /^Worker\d+/);
  await production.shell("curl -s localhost:9000/; echo code $?", /^code52/);
});

claim(["uwsgi-hangs-for-ever", "uwsgi-harakiri"], async ({ development, production }) => {
  for (const side of [development, production]) await side.send("/hang", 8);
  await production.shows("HARAKIRI");
  await expect(production.sent.last()).not.toHaveText(/waiting|has it/);
  expect((await production.ask("/")).status).toContain("200");
  await development.send("/");
  // Longer than harakiri takes, and longer than the page takes.
  await production.send("/slow");
  await expect(production.sent.last()).toHaveText(/200 in/);
  await expect(development.sent.last()).not.toHaveText(/200 in/);
});

claim(["uwsgi-term-is-not-graceful", "uwsgi-die-on-term"], async ({ development, production }) => {
  for (const side of [development, production]) {
    await side.send("/slow");
    await side.shell("pkill -TERM -o uwsgi && echo sent", /^sent/);
    await expect(side.state).toContainText(/exited|killed|ended/);
    await expect(side.sent.last()).not.toHaveText(/200 in/);
  }
  await expect(production.state).toContainText("exited with code 0");
});
