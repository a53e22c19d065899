/** Harm that a reader does on purpose, each to the real servers, and requests that are sent by hand. */
import { type Locator, test, expect as usualExpect } from "@playwright/test";
import { boot, type LabSide, LabUnderTest } from "./support/lab.ts";

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

const faults = (side: LabSide) => side.region.getByRole("group", { name: /^Faults of the/ });
/** By keyboard, which does not wait until nothing on the page moves: under load everything does. */
const cause = (side: LabSide, name: string) => faults(side).getByRole("button", { name, exact: true }).press("Enter");
/** What the last fault of this name came to. */
const note = (side: LabSide, name: string): Locator =>
  faults(side)
    .getByRole("listitem")
    .filter({ has: side.region.page().getByText(name, { exact: true }) })
    .last();

async function send(side: LabSide, path: string, times = 1): Promise<void> {
  await side.region.getByRole("textbox", { name: "Path", exact: true }).fill(path);
  const button = side.region.getByRole("button", { name: "Send one request" });
  await button.click();
  // As fast as nobody clicks who is not a test.
  await button.evaluate((element: HTMLElement, more) => {
    for (let click = 0; click < more; click += 1) element.click();
  }, times - 1);
}
const sent = (side: LabSide) => side.region.getByRole("list", { name: /^Requests sent by hand/ }).getByRole("listitem");

test("requests by hand fill the queue: each is followed from the backlog to its worker, its thread and its end", async () => {
  await send(lab.production, "/slow", 6);
  await expect(sent(lab.production).filter({ hasText: /worker \d+ has it/ })).toHaveCount(4);
  await expect(sent(lab.production).filter({ hasText: "waits in the backlog" })).toHaveCount(2);
  await send(lab.development, "/slow", 6);
  await expect(sent(lab.development).filter({ hasText: /worker \d+ has it/ })).toHaveCount(6);
  await expect(sent(lab.production).filter({ hasText: /200 in [\d.]+\ss, worker \d+/ })).toHaveCount(6);
  await expect(sent(lab.development).filter({ hasText: /200 in [\d.]+\ss, thread \d+/ })).toHaveCount(6);
  const newest = lab.production.region.getByRole("status").filter({ hasText: /^Request 6, \/slow/ });
  await expect(newest).toHaveText(/200 in [\d.]+\ss, worker \d+, which it waited [\d.]+\sm?s for/);
});

test("Kill a worker: one worker less, which gunicorn replaces", async () => {
  const before = await lab.production.pids();
  await cause(lab.production, "Kill a worker");
  await expect(note(lab.production, "Kill a worker")).toHaveText(
    /Worker \d+ was sent SIGKILL with 0 requests in hand\. Worker \d+ took its place after [\d.]+\sm?s\./,
    { timeout: boot },
  );
  await lab.production.shows(/Worker\(pid:\d+\)wassentSIGKILL!/);
  const after = await lab.production.pids();
  expect(after.filter((pid) => !before.includes(pid))).toHaveLength(1);
});

test("Hang a worker: one is in the loop, others answer, and killing the busiest ends it", async () => {
  for (const side of [lab.development, lab.production]) {
    await cause(side, "Hang a worker");
    await expect(note(side, "Hang a worker")).toHaveText(/Process \d+ is in it\.$/);
    await send(side, "/");
    await expect(sent(side).last()).toHaveText(/200 in/);
  }
  const text = (await note(lab.production, "Hang a worker").textContent()) ?? "";
  const hung = /Process (\d+)/.exec(text)?.[1];
  await cause(lab.production, "Kill a worker");
  await expect(note(lab.production, "Kill a worker")).toContainText(`Worker ${hung} was sent SIGKILL with 1 request`);
  await expect(note(lab.production, "Hang a worker")).toHaveText(/No answer came/);
  await expect(lab.production.state).toHaveText(/with 4 workers/, { timeout: boot });
});

test("Slow client: four take all four sync workers, until they hang up", async () => {
  await cause(lab.production, "Slow client");
  await expect(note(lab.production, "Slow client")).toContainText("4 slow clients are connected");
  await send(lab.production, "/");
  await expect(sent(lab.production).last()).toHaveText(/waits in the backlog/);
  await cause(lab.development, "Slow client");
  await send(lab.development, "/");
  await expect(sent(lab.development).last()).toHaveText(/200 in/);
  for (const side of [lab.production, lab.development]) {
    await cause(side, "End slow clients");
    await expect(note(side, "Slow client")).toContainText("4 slow clients hung up");
  }
  await expect(sent(lab.production).last()).toHaveText(/200 in/);
});

test("Leak memory: what the handler keeps shows in the memory of its processes", async () => {
  // Without the loop of before, which takes a core.
  await lab.running();
  await cause(lab.development, "Leak memory");
  await expect(note(lab.development, "Leak memory")).toHaveText(/had taken \d+\sMB of memory, and now have \d+\sMB/);
  const text = (await note(lab.development, "Leak memory").textContent()) ?? "";
  const [before = 0, after = 0] = [...text.matchAll(/(\d+)\s+MB/g)].map(([, megabytes]) => Number(megabytes));
  expect(after - before).toBeGreaterThan(25);
  await expect(lab.development.region.getByText(/^memory \d+\sMB$/)).toBeVisible();
});

test("Deploy under load: the development server loses requests while it restarts, gunicorn on SIGHUP none", async () => {
  await lab.region.evaluate((region) => {
    // In the page, because a run may be over before a busy computer has let a test press a button.
    const waiting = new Set(["Development server", "Production server"]);
    new MutationObserver(() => {
      for (const title of waiting) {
        if (!region.textContent?.includes(`The ${title.toLowerCase()} is being asked.`)) continue;
        waiting.delete(title);
        const buttons = region.querySelectorAll<HTMLElement>(`section[aria-label="${title}"] .lab-faults button`);
        [...buttons].find(({ textContent }) => textContent === "Deploy")?.click();
      }
    }).observe(region, { subtree: true, childList: true, characterData: true });
  });
  await lab.beginLoad("A quick page");
  await lab.endOfLoad();
  const told = async (side: LabSide) => {
    await expect(note(side, "Deploy")).toHaveText(/In use everywhere after .* From then to the end of the run/);
    return (await note(side, "Deploy").textContent()) ?? "";
  };
  const [development, production] = [await told(lab.development), await told(lab.production)];
  expect(development).toContain("Version 2 of the app was written. The server was stopped and started.");
  expect(Number(/run ([\d,]+) requests? failed/.exec(development)?.[1]?.replace(",", ""))).toBeGreaterThan(0);
  // The files are the same on both sides, so that this one deploys what is written already.
  expect(production).toContain("Version 2 of the app was written. gunicorn's master was sent SIGHUP");
  expect(production).toMatch(/run 0 requests failed; [\d,]+ were answered by version 1/);
  await expect(lab.production.state).toHaveText("Running on port 8000 with 4 workers.");
  expect((await lab.production.ask("/")).status).toBe("HTTP/1.1 200 OK");
  await expect(lab.production.region.getByText("X-Version: 2")).toBeAttached();
});

test("Deploy with the reloader: it sees the change by itself", async () => {
  await lab.development.run("flask --app app run --debug");
  // The reloader listens before the process is there that answers.
  await lab.development.shows("Debuggerisactive!");
  await cause(lab.development, "Deploy");
  await expect(note(lab.development, "Deploy")).toHaveText(
    /Version \d of the app was written\. The reloader .* In use everywhere after [\d.]+\sm?s\.$/,
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
  const idle = 1 + 2 + 1;
  await lab.button("Reset").click();
  await lab.start();
  for (const side of [lab.development, lab.production]) {
    await cause(side, "Slow client");
    await expect(note(side, "Slow client")).toContainText("4 slow clients are connected");
    await cause(side, "Hang a worker");
  }
  await stop();
  await expect.poll(() => lab.page.workers().length).toBe(idle);
  for (const side of [lab.development, lab.production]) {
    await expect(note(side, "Hang a worker")).toContainText("No answer came");
    await expect(note(side, "Slow client")).toHaveText(/4 slow clients (were connected|hung up)/);
    for (const name of ["Kill a worker", "Hang a worker", "Slow client", "Leak memory", "Deploy"]) {
      await cause(side, name);
      await expect(faults(side).getByRole("status")).toContainText("Start it first.");
    }
  }
});
