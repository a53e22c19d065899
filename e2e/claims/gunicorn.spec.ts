// @project labs
/** What the lesson about gunicorn claims. On the left sync workers, on the right threads. */
import type { LabSide } from "../../testing/browser/lab.ts";
import { claimsOf, expect as plainExpect } from "./claims.ts";

const claim = claimsOf("gunicorn");
// What a signal does takes a while where several servers share few cores.
const expect = plainExpect.configure({ timeout: 30_000 });

/** The master's pid, as its side shows it. */
async function masterOf(side: LabSide): Promise<string> {
  const shown = side.region.getByText(/^started by main process \d+/).first();
  await expect(shown).toBeVisible();
  return /\d+/.exec((await shown.textContent()) ?? "")?.[0] ?? "";
}

/** Sends its master a signal, from the shell. */
async function signal(side: LabSide, name: string): Promise<void> {
  await side.shell(`kill -${name} ${await masterOf(side)} && echo sent`, /^sent/);
}

/** A request that takes three seconds, in the hands of a worker. */
async function inHand(side: LabSide): Promise<void> {
  await side.send("/slow");
  await expect(side.sent.last()).toHaveText(/worker \d+ has it/);
}

const running = (side: LabSide, workers: number) =>
  expect(side.state).toContainText(`Running on port 8000 with ${workers} workers.`);

claim(["threads-raise-the-ceiling", "conf-is-read-by-itself", "access-log-in-a-file"], async (lab) => {
  // Neither command line has an address, and gunicorn's own would be 127.0.0.1.
  for (const side of [lab.development, lab.production]) await side.shows("Listening at: http://0.0.0.0:8000");
  const { ratio, development } = await lab.load("slow");
  expect(development.rate).toBeLessThanOrEqual(20.5);
  expect(ratio("rate")).toBeLessThan(0.5);
  await lab.development.shell("tail -1 access.log", /"GET\/ioHTTP/);
});

claim(
  [
    "hanging-sync-worker-is-ended",
    "hanging-thread-is-not-ended",
    "killed-worker-is-replaced",
    "hup-replaces-all-workers",
  ],
  async ({ development, production }) => {
    const before = await development.pids();
    for (const side of [development, production]) {
      await side.cause("Hang a worker");
      await expect(side.note("Hang a worker")).toHaveText(/Process \d+ is stuck in it\.$/);
    }
    await expect(development.note("Hang a worker")).not.toHaveText(/is stuck in it\.$/);
    await development.shows(/WORKERTIMEOUT|SystemExit/);
    await running(development, 2);
    expect(await development.pids()).not.toEqual(before);
    // By now the time is over on the other side, too.
    await expect(production.note("Hang a worker")).toHaveText(/Process \d+ is stuck in it\.$/);

    await production.cause("Kill a worker");
    await expect(production.note("Kill a worker")).toHaveText(/Worker \d+ took its place/);

    const old = await development.pids();
    await development.shell("sed -i 's/VERSION = 1/VERSION = 2/' app.py && grep ^VERSION app.py", /^VERSION=2/);
    await inHand(development);
    await signal(development, "HUP");
    await expect(development.sent.last()).toHaveText(/200 in/);
    await expect.poll(async () => (await development.pids()).filter((pid) => old.includes(pid))).toEqual([]);
    await running(development, 2);
    expect((await development.ask("/")).body).toContain("version 2");
    // The next run begins with the app as it was.
    await development.shell("sed -i 's/VERSION = 2/VERSION = 1/' app.py && grep ^VERSION app.py", /^VERSION=1/);
  },
);

claim(["ttin-ttou", "preload-keeps-the-old-code"], async ({ production }) => {
  await production.run("gunicorn -w 2 --preload app:app");
  await production.shows("--preload app:app");
  await running(production, 2);
  const before = await production.pids();
  await production.shell("sed -i 's/VERSION = 1/VERSION = 2/' app.py && grep ^VERSION app.py", /^VERSION=2/);
  await signal(production, "HUP");
  await expect.poll(async () => (await production.pids()).filter((pid) => before.includes(pid))).toEqual([]);
  expect((await production.ask("/")).body).toContain("version 1");
  await signal(production, "TTIN");
  await running(production, 3);
  await signal(production, "TTOU");
  await running(production, 2);
});

claim(["term-finishes-quit-does-not", "check-config"], async ({ development, production }) => {
  await inHand(development);
  await signal(development, "TERM");
  await expect(development.sent.last()).toHaveText(/200 in/);
  await expect(development.state).toContainText("exited with code 0");
  await development.run("gunicorn -w 2 app:app");
  await running(development, 2);
  await inHand(development);
  await signal(development, "QUIT");
  await expect(development.sent.last()).not.toHaveText(/200 in|has it/);
  await expect(development.state).toContainText("exited with code 0");

  await production.run("gunicorn --check-config missing:app");
  await expect(production.state).toContainText("exited with code 1");
  await production.shows("No module named 'missing'");
});
