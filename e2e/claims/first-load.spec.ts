// @project labs
/** What lesson 1 claims, and what the lab says of it. */
import { boot, type LabSide, type LoadOutcome } from "../../testing/browser/lab.ts";
import { claimsOf, expect as usualExpect } from "./claims.ts";

const claim = claimsOf("first-load");

// What a fault does takes a while where several servers share few cores.
const expect = usualExpect.configure({ timeout: 20_000 });

claim("the-development-server-warns", async (lab) => {
  await lab.development.shows("WARNING: This is a development server. Do not use it in a production deployment.");
});

claim(["four-at-a-time", "a-thread-for-every-request"], async (lab) => {
  // Requests by hand fill the queue: each is followed from the backlog to its worker, its thread and its end.
  const { development, production } = lab;
  await production.send("/slow", 6);
  await expect(production.sent.filter({ hasText: /worker \d+ has it/ })).toHaveCount(4);
  await expect(production.sent.filter({ hasText: "waits in the backlog" })).toHaveCount(2);
  await development.send("/slow", 6);
  await expect(development.sent.filter({ hasText: /worker \d+ has it/ })).toHaveCount(6);
  await expect(production.sent.filter({ hasText: /200 in [\d.]+\ss, worker \d+/ })).toHaveCount(6);
  await expect(development.sent.filter({ hasText: /200 in [\d.]+\ss, thread \d+/ })).toHaveCount(6);
  const newest = production.region.getByRole("status").filter({ hasText: /^Request 6, \/slow/ });
  await expect(newest).toHaveText(/200 in [\d.]+\ss, worker \d+, after waiting [\d.]+\sm?s for it/);
});

/** Medians of the quick page, while nothing hangs. */
let calm: LoadOutcome | undefined;

claim("all-four-share-the-quick-page", async (lab) => {
  calm = await lab.load("quick");
  const { development, production, sentence } = calm;
  for (const { rate = 0, errors, median = 0, p95 = 0 } of [development, production]) {
    expect(rate).toBeGreaterThan(5);
    expect(errors).toBe(0);
    expect(median).toBeGreaterThan(0);
    expect(p95).toBeGreaterThanOrEqual(median);
  }
  for (const requests of await lab.production.requests()) expect(requests).toBeGreaterThan(0);
  const ratio = calm.ratio("rate");
  const faster = ratio > 1 ? "development" : "production";
  // Where something else was at work on this computer the lab says so, and makes no verdict of it.
  const isVerdict = !sentence.includes("the halves of this run differ");
  if (isVerdict && Math.max(ratio, 1 / ratio) > 1.15) {
    expect(sentence).toMatch(
      new RegExp(`the ${faster} server answered [\\d.]+ times|the ${faster} server answered twice`),
    );
  } else if (isVerdict && Math.max(ratio, 1 / ratio) < 1.05)
    expect(sentence).toContain("about as many requests per second");
  expect(sentence).toContain("The sides ran one after the other");
});

claim("the-development-server-wins-where-pages-wait", async (lab) => {
  await lab.beginLoad("A slow page");
  await expect(lab.region.getByText("Both servers are being tested at the same time.")).toBeVisible();
  await lab.endOfLoad();
  const { ratio, production, development, sentence } = await lab.outcome();
  // Ten readers: ten threads against four processes. It would be 2.5 times, had the computer nothing else to do.
  expect(ratio("rate")).toBeGreaterThan(1.2);
  expect(ratio("rate")).toBeLessThan(3.5);
  // 100 ms a request: 40 a second for four at a time, 100 for ten.
  expect(production.rate).toBeLessThan(41);
  expect(development.rate).toBeLessThan(101);
  expect(sentence).toMatch(
    /the development server answered ([\d.]+ times|twice) as many requests per second as the production server/,
  );
});

claim("threads-win-it-back", async (lab) => {
  await lab.production.run("gunicorn -w 4 --threads 4 -b 0.0.0.0:8000 app:app");
  await expect(lab.production.state).toHaveText("Running on port 8000 with 4 workers.", { timeout: boot });
  const { ratio, production } = await lab.load("slow");
  expect(ratio("rate")).toBeLessThan(1.3);
  expect(production.errors).toBe(0);
});

claim(["a-loop-slows-the-development-server", "gunicorn-replaces-a-silent-worker"], async (lab) => {
  await lab.running();
  // Not the 30 seconds that gunicorn waits if nobody says otherwise.
  await lab.production.run("gunicorn -w 4 --timeout 3 -b 0.0.0.0:8000 app:app");
  await expect(lab.production.state).toHaveText("Running on port 8000 with 4 workers.", { timeout: boot });
  const before = await lab.production.pids();
  const { development, production, sentence } = await lab.load("hang");
  for (const { rate, errors } of [development, production]) {
    expect(rate).toBeGreaterThan(0);
    expect(errors).toBeGreaterThanOrEqual(1);
  }
  expect(sentence).toMatch(/had no answer in time/);
  // The others wait longer than before, and more so where they share a process with the loop.
  const slower = (side: "development" | "production", median: number | undefined) =>
    (median ?? Number.NaN) / (calm?.[side].median ?? Number.NaN);
  if (calm !== undefined) {
    expect(slower("development", development.median)).toBeGreaterThan(1.5);
    expect(slower("development", development.median)).toBeGreaterThan(slower("production", production.median));
  }
  // One of four is ended and replaced.
  await lab.production.showed(/WORKERTIMEOUT\(pid:\d+\)/);
  await expect
    .poll(async () => (await lab.production.pids()).filter((pid) => !before.includes(pid)).length, { timeout: boot })
    .toBeGreaterThan(0);
  await expect(lab.production.state).toHaveText("Running on port 8000 with 4 workers.", { timeout: boot });
  // The other side has the loop still, and does not say so.
  await expect(lab.development.state).toHaveText("Running on port 5000.");
  expect(await lab.development.terminal()).not.toMatch(/timeout|hang.*500/i);
  expect((await lab.production.ask("/")).status).toBe("HTTP/1.1 200 OK");
});

claim("gunicorn-replaces-a-killed-worker", async (lab) => {
  await lab.running();
  const before = await lab.production.pids();
  await lab.beginLoad("A slow page");
  await expect.poll(async () => Math.min(...(await lab.production.requests())), { timeout: boot }).toBeGreaterThan(0);
  const victim = before[1] ?? 0;
  await lab.production.region.getByRole("button", { name: `Kill worker ${victim}` }).click();
  await lab.production.shows(`[ERROR] Worker (pid:${victim}) was sent SIGKILL! Perhaps out of memory?`);
  await expect
    .poll(async () => (await lab.production.pids()).filter((pid) => !before.includes(pid)).length, { timeout: boot })
    .toBe(1);
  await lab.endOfLoad();
  const { development, production, sentence } = await lab.outcome();
  await expect(lab.production.state).toHaveText("Running on port 8000 with 4 workers.");
  expect(await lab.production.pids()).not.toContain(victim);
  // At most the request that it had, and nothing on the other side.
  expect(production.errors).toBeLessThanOrEqual(1);
  if (production.errors === 1) expect(sentence).toContain("On the production server 1 connection broke.");
  expect(development.errors).toBe(0);
});

claim("a-killed-development-server-is-gone", async (lab) => {
  const [pid = 0] = await lab.development.pids();
  await lab.development.region.getByRole("button", { name: `Kill worker ${pid}` }).click();
  await expect(lab.development.state).toHaveText(
    "The server was ended by SIGKILL, and nothing started another. Start it again with the button beside its command.",
  );
  await expect(lab.production.state).toHaveText(/^Running on port 8000/);
  await lab.button("Run load test").click();
  await expect(lab.region.getByText("The development server does not listen on a port")).toBeVisible();
  await lab.button("Start the development server").click();
  await expect(lab.development.state).toHaveText("Running on port 5000.", { timeout: boot });
  expect((await lab.development.ask("/")).status).toBe("HTTP/1.1 200 OK");
  await expect(lab.production.state).toHaveText(/^Running on port 8000/);
});

claim("a-restart-breaks-off-answers", async (lab) => {
  await lab.region.evaluate((region) => {
    // In the page, because a run may be over before a busy computer has let a test press a button.
    const waiting = new Set(["Development server", "Production server"]);
    new MutationObserver(() => {
      for (const title of waiting) {
        if (!region.textContent?.includes(`The ${title.toLowerCase()} is being tested.`)) continue;
        waiting.delete(title);
        const buttons = region.querySelectorAll<HTMLElement>(`section[aria-label="${title}"] .lab-faults button`);
        [...buttons].find(({ textContent }) => textContent === "Deploy")?.click();
      }
    }).observe(region, { subtree: true, childList: true, characterData: true });
  });
  await lab.beginLoad("A quick page");
  await lab.endOfLoad();
  const told = async (side: LabSide) => {
    await expect(side.note("Deploy")).toHaveText(/Live in every worker after .* From then to the end of the run/);
    return (await side.note("Deploy").textContent()) ?? "";
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
