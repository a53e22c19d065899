// @project labs
/** What the lesson about uWSGI claims. On the left without a master, on the right with one. */
import type { LabSide } from "../../testing/browser/lab.ts";
import { claimsOf, expect as plainExpect } from "./claims.ts";

const claim = claimsOf("uwsgi");
// The emulated PC has one processor, and all of it is slower.
const expect = plainExpect.configure({ timeout: 100_000 });

/** Waits until nothing that was sent by hand is under way. */
async function settled(side: LabSide): Promise<void> {
  await expect(side.sent.filter({ hasNotText: /\d{3} in|failed after/ })).toHaveCount(0);
}

/** Kills a process that answers requests, and on which no other depends: its pid. */
async function killWorker(side: LabSide): Promise<number> {
  for (;;) {
    const pid = Number((await side.ask("/")).body.replace(/\D/g, ""));
    if (!(await side.pids()).includes(pid)) continue;
    await side.region.getByRole("button", { name: `Kill worker ${pid}`, exact: true }).press("Enter");
    return pid;
  }
}

claim("uwsgi-eight-at-a-time", async ({ development, production }) => {
  // Each waits for five seconds. Eight wait together; the ninth begins when one of them is done.
  for (const side of [development, production]) {
    const times = await side.shell(
      "curl -sZ --parallel-immediate -o /dev/null -w '%{time_total};' 'localhost:8000/slow?[1-9]' 2>/dev/null; echo",
      /^([\d.]+;){9}/,
    );
    const seconds = times.split(";").slice(0, 9).map(Number);
    const [first = 0, , , , , , , eighth = 0, ninth = 0] = seconds.sort((one, other) => one - other);
    expect(eighth - first).toBeLessThan(4.5);
    expect(ninth - first).toBeGreaterThan(4.5);
    await expect(side.workers.filter({ hasText: "proxy" })).toHaveCount(1);
  }
});

claim("uwsgi-behind-nginx", async ({ production }) => {
  await production.shell(
    "nginx -c $PWD/nginx.conf; curl -s localhost:8080/; curl -s localhost:9000/; echo code $?",
    /^Worker\d+code52/,
  );
});

claim(["uwsgi-without-master", "uwsgi-master-respawns"], async ({ development, production }) => {
  const before = await production.pids();
  await killWorker(development);
  const killed = await killWorker(production);
  await production.shows("Respawned uWSGI worker");
  await expect.poll(() => production.pids()).not.toContain(killed);
  await expect.poll(() => production.pids()).toHaveLength(before.length);
  await expect(development.state).toContainText("with 3 workers");
  expect(await development.terminal()).not.toContain("Respawned");
});

claim(["uwsgi-hangs-for-ever", "uwsgi-harakiri"], async ({ development, production }) => {
  for (const side of [development, production]) await side.send("/hang", 8);
  await production.shows("HARAKIRI");
  await settled(production);
  await development.send("/");
  // Longer than harakiri takes, and longer than the page takes.
  await production.send("/slow", 2);
  await settled(production);
  await expect(production.sent.last()).toHaveText(/200 in/);
  await expect(development.sent.last()).not.toHaveText(/200 in/);
});

claim(["uwsgi-term-is-not-graceful", "uwsgi-die-on-term"], async ({ production }) => {
  await production.send("/slow");
  await production.shell("pkill -TERM -o uwsgi && echo sent", /^sent/);
  await settled(production);
  await expect(production.sent.last()).not.toHaveText(/200 in/);
  await expect(production.state).toContainText("exited with code 0");
});
