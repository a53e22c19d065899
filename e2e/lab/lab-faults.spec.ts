// @project beside
/** Harm that a reader does on purpose, each to the real servers. What lesson 1 claims of it is in `claims/`. */
import { test, expect as usualExpect } from "@playwright/test";
import { boot, LabUnderTest } from "../../testing/browser/lab.ts";

// The first start loads everything; on a busy computer a run takes longer than it lasts.
test.describe.configure({ timeout: 150_000 });

// What a fault does takes a while where several servers share few cores.
const expect = usualExpect.configure({ timeout: 20_000 });

let lab: LabUnderTest;

test.beforeAll(async ({ browser }, { project }) => {
  lab = await LabUnderTest.open(browser, project.use.baseURL);
  await lab.start();
});

test.afterAll(async () => {
  const { complaints } = lab;
  await lab.close();
  expect(complaints).toEqual([]);
});

test("Kill a worker: one worker less, which gunicorn replaces", async () => {
  const before = await lab.production.pids();
  await lab.production.cause("Kill a worker");
  await expect(lab.production.note("Kill a worker")).toHaveText(
    /Worker \d+ was sent SIGKILL with 0 requests in hand\. Worker \d+ took its place after [\d.]+\sm?s\./,
    { timeout: boot },
  );
  await lab.production.shows(/Worker\(pid:\d+\)wassentSIGKILL!/);
  const after = await lab.production.pids();
  expect(after.filter((pid) => !before.includes(pid))).toHaveLength(1);
});

test("Hang a worker: one is in the loop, others answer, and killing the busiest ends it", async () => {
  for (const side of [lab.development, lab.production]) {
    await side.cause("Hang a worker");
    await expect(side.note("Hang a worker")).toHaveText(/Process \d+ is stuck in it\.$/);
    await side.send("/");
    await expect(side.sent.last()).toHaveText(/200 in/);
  }
  const text = (await lab.production.note("Hang a worker").textContent()) ?? "";
  const hung = /Process (\d+)/.exec(text)?.[1];
  await lab.production.cause("Kill a worker");
  await expect(lab.production.note("Kill a worker")).toContainText(`Worker ${hung} was sent SIGKILL with 1 request`);
  await expect(lab.production.note("Hang a worker")).toHaveText(/No answer came/);
  await expect(lab.production.state).toHaveText(/with 4 workers/, { timeout: boot });
});

test("Slow client: four take all four sync workers, until they hang up", async () => {
  await lab.production.cause("Slow client");
  await expect(lab.production.note("Slow client")).toContainText("4 slow clients are connected");
  await lab.production.send("/");
  await expect(lab.production.sent.last()).toHaveText(/waits in the backlog/);
  await lab.development.cause("Slow client");
  await lab.development.send("/");
  await expect(lab.development.sent.last()).toHaveText(/200 in/);
  for (const side of [lab.production, lab.development]) {
    await side.cause("End slow clients");
    await expect(side.note("Slow client")).toContainText("4 slow clients hung up");
  }
  await expect(lab.production.sent.last()).toHaveText(/200 in/);
});

test("Leak memory: what the handler keeps shows in the memory of its processes", async () => {
  // Without the loop of before, which takes a core.
  await lab.running();
  await lab.development.cause("Leak memory");
  await expect(lab.development.note("Leak memory")).toHaveText(/were using \d+\sMB of memory, and now use \d+\sMB/);
  const text = (await lab.development.note("Leak memory").textContent()) ?? "";
  const [before = 0, after = 0] = [...text.matchAll(/(\d+)\s+MB/g)].map(([, megabytes]) => Number(megabytes));
  expect(after - before).toBeGreaterThan(25);
  await expect(lab.development.region.getByText(/^memory \d+\sMB$/)).toBeVisible();
});

test("Deploy with the reloader: it sees the change by itself", async () => {
  await lab.development.run("flask --app app run --debug");
  // The reloader listens before the process is there that answers.
  await lab.development.shows("Debuggerisactive!");
  await lab.development.cause("Deploy");
  await expect(lab.development.note("Deploy")).toHaveText(
    /Version \d of the app was written\. The reloader .* Live in every worker after [\d.]+\sm?s\.$/,
    { timeout: boot },
  );
  await lab.development.shows("Detectedchangein");
});

test("stopping in the middle of faults leaves nothing behind, and without a server the buttons say why they do nothing", async () => {
  const stop = async () => {
    await lab.button("Stop both servers").click();
    for (const side of [lab.development, lab.production]) {
      await expect(side.state).toHaveText("Stopped.");
      await expect(side.workers).toHaveCount(0);
    }
  };
  await stop();
  // The browser's workers that belong to no process: the kernel, and those that wait for the next one.
  const idle = 1 + 2;
  await lab.button("Reset").click();
  await lab.start();
  for (const side of [lab.development, lab.production]) {
    await side.cause("Slow client");
    await expect(side.note("Slow client")).toContainText("4 slow clients are connected");
    await side.cause("Hang a worker");
  }
  await stop();
  await expect.poll(() => lab.page.workers().length).toBe(idle);
  for (const side of [lab.development, lab.production]) {
    await expect(side.note("Hang a worker")).toContainText("No answer came");
    await expect(side.note("Slow client")).toHaveText(/4 slow clients (were connected|hung up)/);
    for (const name of ["Kill a worker", "Hang a worker", "Slow client", "Leak memory", "Deploy"]) {
      await side.cause(name);
      await expect(side.refused).toContainText("Start it first.");
    }
  }
});
