// @project labs
/** What the lesson about things that hang claims. */
import type { LabSide } from "../../testing/browser/lab.ts";
import { claimsOf, expect as plainExpect } from "./claims.ts";

const claim = claimsOf("hanging");
const expect = plainExpect.configure({ timeout: 30_000 });

/** A request that its handler does not finish. */
async function hang(side: LabSide, times = 1): Promise<void> {
  await side.send("/hang", times);
  await expect(side.sent.last()).toHaveText(/has it/);
}

const threadsOf = async (side: LabSide) => Number.parseInt((await side.ask("/threads")).body, 10);
const sendSoon = async (side: LabSide, path: string) => {
  await side.send(path);
  await expect(side.sent.last()).toHaveText(/200 in/);
};

claim(
  ["hang-leaves-others-on-flask", "all-workers-hang", "waiting-readers-are-answered", "timeout-names-the-line"],
  async (lab) => {
    const { ratio, production } = await lab.load("hangs");
    // The left waits for both all the while; the right stands still until the workers are ended, and then those who
    // wait are answered.
    expect(ratio("rate")).toBeGreaterThan(1.5);
    expect(production.rate).toBeGreaterThan(0);
    await lab.production.showed(/WORKERTIMEOUT\(pid:\d+\)/);
    await lab.production.showed("with urlopen(silent_server()) as answer:");
    await expect(lab.production.state).toHaveText("Running on port 8000 with 2 workers.");
  },
);

claim("hung-threads-stay", async ({ development }) => {
  const before = await threadsOf(development);
  // Their users leave after a second; a third stays.
  const leaving = "curl -s -m 1 localhost:5000/hang; curl -s -m 1 localhost:5000/hang; echo left";
  await development.shell(leaving, /^left/);
  await hang(development);
  await expect.poll(() => threadsOf(development)).toBe(before + 3);
});

claim(["slow-clients-take-sync-workers", "slow-clients-leave-flask"], async (lab) => {
  for (const side of [lab.development, lab.production]) {
    await side.cause("Slow client");
    await expect(side.note("Slow client")).toHaveText(/4/);
  }
  const { ratio } = await lab.load("readers");
  expect(ratio("rate")).toBeGreaterThan(1.5);
});

claim(["without-threads-all-wait", "slow-clients-leave-waitress"], async ({ development, production }) => {
  await development.run("flask --app app run --without-threads");
  await expect(development.state).toHaveText("Running on port 5000.");
  await hang(development);
  await development.send("/");
  await production.run("waitress-serve --listen=0.0.0.0:8080 app:app");
  await expect(production.state).toHaveText("Running on port 8080.");
  await production.cause("Slow client");
  await expect(production.note("Slow client")).toHaveText(/4/);
  await sendSoon(production, "/");
  // All that took longer than a page takes.
  await expect(development.sent.last()).not.toHaveText(/200 in/);
});

claim(
  ["hung-pool-is-silent", "dead-worker-is-replaced", "dead-flask-stays-dead"],
  async ({ development, production }) => {
    await production.run("gunicorn -w 1 --threads 2 --timeout 2 -b 0.0.0.0:8000 app:app");
    await expect(production.state).toHaveText("Running on port 8000 with 1 worker.");
    const before = await production.pids();
    await hang(production, 2);
    await production.send("/");
    await development.run("flask --app app run");
    await expect(development.state).toHaveText("Running on port 5000.");
    await development.cause("Kill a worker");
    await expect(development.state).toHaveText(/ended by SIGKILL, and nothing started another/);
    // Waits out the time-out: the shell's clock is the machine's.
    await production.shell("sleep 5; echo waited", /^waited/);
    await expect(production.sent.last()).not.toHaveText(/200 in/);
    expect(await production.pids()).toEqual(before);
    expect(await production.terminal()).not.toMatch(/threads2.*WORKERTIMEOUT/);

    await production.cause("Kill a worker");
    await expect(production.note("Kill a worker")).toHaveText(/Worker \d+ took its place/);
    await sendSoon(production, "/");
  },
);
