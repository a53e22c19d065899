// @project labs
/**
 * The soak: load while workers are killed at random. Nothing may be left over, and no request may be lost that a real
 * server would have answered: a sync worker has one request at a time, so each kill may cost one.
 *
 * A minute by default; `npm run soak` sets `SOAK_SECONDS` to ten minutes.
 */
import type { Browser } from "@playwright/test";
import type { LoadPlan } from "../../src/load/plan.ts";
import { randomStream } from "../../src/load/random.ts";
import { expect, type PageComputer, test } from "../../testing/browser/machine.ts";
import { rendererMemory, slope } from "../../testing/browser/memory.ts";

const seconds = Number(process.env["SOAK_SECONDS"] ?? 60);
const seed = 20_260_101;
const workers = 3;
const port = 8000;
/** From one kill to the next, in milliseconds, at least and at most. */
const between = [1500, 4500] as const;
const sampleEvery = 2000;

const app = `import time
from flask import Flask, request

app = Flask(__name__)


@app.get("/")
def hello():
    return "Hello"


@app.get("/io")
def io():
    time.sleep(0.02)
    return "Waited"


@app.post("/echo")
def echo():
    return request.get_data()
`;

const plan: LoadPlan = {
  name: "soak",
  model: { kind: "closed", users: 6 },
  requests: [
    { path: "/", weight: 6 },
    { path: "/io", weight: 3 },
    { path: "/echo", method: "POST", body: "x".repeat(20_000), weight: 1 },
  ],
  duration: seconds * 1000,
  timeout: 20_000,
  seed,
};

test(`${seconds} seconds of load and kills leave nothing behind and lose nothing`, async ({ computer, browser }) => {
  test.setTimeout(seconds * 1000 + 120_000);
  const usage = () => computer.page.evaluate((name) => machineDriver.usage(name), computer.name);
  await computer.write("app.py", app);
  const empty = await usage();
  const master = await computer.start(["gunicorn", "-w", String(workers), "-b", `127.0.0.1:${port}`, "app:app"]);
  await atRest(computer, master.pid);
  await computer.request(port, "/");
  // The server closes its end a moment after the answer has come.
  const unconnected = () => expect.poll(async () => (await usage()).connections).toBe(0);
  await unconnected();
  const before = await usage();

  const memory: [milliseconds: number, bytes: number][] = [];
  const running = { load: true };
  const load = computer.load(port, plan).finally(() => {
    running.load = false;
  });
  const [killed, report] = await Promise.all([
    killAtRandom(computer, master.pid, running),
    load,
    sampleMemory(browser, memory, running),
  ]);
  await atRest(computer, master.pid);

  const failed = Object.values(report.failed).reduce((sum, count) => sum + count, 0);
  const perMinute = (slope(memory) * 60_000) / 1e6;
  const summary =
    `${report.done} answered, ${failed} lost to ${killed} kills (${JSON.stringify(report.failed)}), ` +
    `memory ${perMinute.toFixed(1)} MB a minute over ${memory.length} samples (last ${((memory.at(-1)?.[1] ?? 0) / 1e6).toFixed(0)} MB)`;
  console.log(`Soak: ${summary}`);
  test.info().annotations.push({ type: "soak", description: summary });

  expect(killed, "kills").toBeGreaterThan(0);
  expect(report.end).toBe("complete");
  expect(report.done).toBeGreaterThan(seconds);
  expect(failed, "requests lost").toBeLessThanOrEqual(killed);
  expect(Object.keys(report.failed).filter((kind) => kind !== "reset")).toEqual([]);
  await unconnected();
  expect(await usage(), "what the kernel holds").toEqual(before);
  expect(await computer.ports()).toEqual([port]);

  await master.kill("SIGTERM");
  expect(await master.exit()).toEqual({ kind: "exited", code: 0 });
  expect({ ...(await usage()), files: 0 }, "what the kernel holds at the end").toEqual({ ...empty, files: 0 });
});

/** Waits until the master has all its workers, they wait for requests, and nobody else is left. */
async function atRest(computer: PageComputer, master: number): Promise<void> {
  await expect
    .poll(
      async () => {
        const table = await computer.processes();
        const waiting = table.filter(({ parent, state }) => parent === master && state === "waiting");
        return [table.length, waiting.length];
      },
      { timeout: 30_000 },
    )
    .toEqual([workers + 1, workers]);
}

/** Kills workers until the load is over; how many. */
async function killAtRandom(
  computer: PageComputer,
  master: number,
  running: { readonly load: boolean },
): Promise<number> {
  const random = randomStream(seed, "faults");
  let killed = 0;
  // The last one is replaced before the load ends.
  const end = performance.now() + (seconds - 5) * 1000;
  while (running.load) {
    const [least, most] = between;
    await pause(least + random() * (most - least));
    if (performance.now() > end) break;
    const alive = await computer.childrenOf(master);
    const victim = alive[Math.floor(random() * alive.length)];
    if (victim === undefined) continue;
    await computer.kill(victim, "SIGKILL");
    killed += 1;
  }
  return killed;
}

async function sampleMemory(
  browser: Browser,
  samples: [milliseconds: number, bytes: number][],
  running: { readonly load: boolean },
): Promise<void> {
  const began = performance.now();
  while (running.load) {
    samples.push([performance.now() - began, await rendererMemory(browser)]);
    await pause(sampleEvery);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
