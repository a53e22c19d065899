// @project labs
/** What the lesson about a queue claims: reports in the request, and a worker beside the server. */
import type { Locator } from "@playwright/test";
import { writeFragment } from "../../src/lab/share/share-link.ts";
import type { LabSide } from "../../testing/browser/lab.ts";
import { besidePhone, wcagViolations } from "../../testing/browser/wcag.ts";
import { claimsOf, expect as plainExpect } from "./claims.ts";

const claim = claimsOf("later");
const expect = plainExpect.configure({ timeout: 30_000 });

const server = "gunicorn -w 2 -b 0.0.0.0:8000 later:app";
const twoWorkers = "Running on port 8000 with 2 workers.";

/** The program beside the server with a queue. */
class Worker {
  readonly region: Locator;

  constructor({ region }: LabSide) {
    this.region = region.getByRole("region", { name: "Worker beside the server with a queue" });
  }

  get command(): Locator {
    return this.region.getByRole("textbox", { name: "Command of the worker" });
  }

  get state(): Locator {
    return this.region.getByRole("status").last();
  }

  /** Its process, once it runs. */
  async pid(): Promise<number> {
    await expect(this.state).toHaveText(/^Running as process \d+\./);
    return Number(/\d+/.exec((await this.state.textContent()) ?? "")?.[0]);
  }

  /** Starts it with a command, in the place of what runs; its process. */
  async run(command: string): Promise<number> {
    const before = await this.state.textContent();
    await this.command.fill(command);
    await this.command.press("Enter");
    await expect(this.state).not.toHaveText(before ?? "");
    return this.pid();
  }
}

/** Reports of one side, as its file has them: who has written each. */
async function writers({ region }: LabSide): Promise<readonly number[]> {
  const text = (await region.getByRole("log", { name: /^reports\.txt of the/ }).textContent()) ?? "";
  return Array.from(text.matchAll(/report, written by process (\d+)/g), ([, pid]) => Number(pid));
}

const times = (count: number, pid: number) => Array.from({ length: count }, () => pid);
const ask = (count: number) => `for i in $(seq ${count}); do curl -s -X POST localhost:8000/report; done`;
/** Waits until so many jobs are left in the queue. */
const left = (count: number) => `until curl -s localhost:8000/waiting | grep -q ^${count}; do sleep 0.1; done`;

claim(["accepted-with-a-link", "not-ready-then-ready"], async ({ production }) => {
  const pid = await new Worker(production).pid();
  // Its lanes are the server's own workers.
  expect(await production.pids()).toHaveLength(2);
  expect(await production.pids()).not.toContain(pid);
  await production.shell(
    'curl -si -X POST localhost:8000/report > asked; grep -E "HTTP|Location" asked; echo over',
    /^HTTP\/1\.1202ACCEPTEDLocation:\/report\/[0-9a-f-]{36}over/,
  );
  const answers = await production.shell(
    "job=$(sed -n 's/^Location: //p' asked | tr -d '\\r'); curl -si localhost:8000$job | grep -E 'HTTP|Retry|Not'; " +
      "until curl -s localhost:8000$job | grep written; do sleep 0.2; done; echo over",
    /over/,
  );
  expect(answers).toMatch(/^HTTP\/1\.1202ACCEPTEDRetry-After:1Notreadyyet\./);
  expect(answers).toContain(`report,writtenbyprocess${pid}`);
  await production.open("Worker");
  const terminal = production.region.getByRole("tabpanel", { name: "Worker", exact: true });
  await terminal.scrollIntoViewIfNeeded();
  await expect(terminal.locator(".xterm-accessibility-tree")).toContainText(/Executing|executed/);
  await production.open("Terminal");
});

claim(["server-restart-loses-nothing", "killed-job-is-lost", "lost-job-never-ready"], async ({ production }) => {
  const worker = new Worker(production);
  const pid = await worker.run("REPORT_SECONDS=1 huey_consumer tasks.huey -m 1");
  await production.shell(`rm -f reports.txt; ${ask(3)}; echo asked`, /asked/);
  await production.serve(server, twoWorkers);
  await expect.poll(() => writers(production)).toEqual(times(3, pid));
  expect(await worker.pid()).toBe(pid);

  await worker.run("REPORT_SECONDS=600 huey_consumer tasks.huey -m 1");
  await production.shell(
    `rm -f reports.txt; curl -s -X POST localhost:8000/report > first; ${ask(2)}; ${left(2)}; echo taken`,
    /taken/,
  );
  await worker.region.getByRole("button", { name: /^Kill the worker, process \d+$/ }).press("Enter");
  await expect(worker.state).toHaveText(/^It was ended by SIGKILL/);
  await expect(production.state).toHaveText(twoWorkers);
  const second = await worker.run("REPORT_SECONDS=0.2 huey_consumer tasks.huey -m 1");
  await expect.poll(() => writers(production)).toEqual(times(2, second));
  // There is one worker, and what came first is done first.
  await production.shell(
    'curl -s localhost:8000/waiting; curl -s localhost:8000$(grep -o "/report/.*" first)',
    /^0jobswaitinthequeueNotreadyyet\./,
  );
  expect(await writers(production)).toHaveLength(2);
});

claim(["term-interrupts", "graceful-term-finishes"], async ({ production }) => {
  const worker = new Worker(production);
  const askAndStop = `rm -f reports.txt; ${ask(1)}; ${left(0)}; kill -TERM $(pgrep -f huey_consumer); echo sent`;
  await worker.run("REPORT_SECONDS=600 huey_consumer tasks.huey -m 1");
  await production.shell(askAndStop, /sent/);
  await expect(worker.state).toHaveText(/^It exited with code 0/);
  const pid = await worker.run("REPORT_SECONDS=2 huey_consumer tasks.huey -m 1 -g TERM");
  await production.shell(askAndStop, /sent/);
  await expect(worker.state).toHaveText(/^It exited with code 0/);
  expect(await writers(production)).toEqual([pid]);
});

claim(["worker-keeps-old-code", "retry-writes-twice"], async ({ production }) => {
  const worker = new Worker(production);
  const command = "REPORT_SECONDS=0.2 huey_consumer tasks.huey -m 1";
  const pid = await worker.run(command);
  await production.shell(
    "rm -f reports.txt; sed -i 's/ report, / better report, /' tasks.py; sed -i s/Accepted/Noted/ later.py; echo changed",
    /changed/,
  );
  await expect(worker.state).toContainText("A file has changed since it started.");
  await production.shell(
    "kill -HUP $(pgrep -o gunicorn); until curl -s -X POST localhost:8000/report | grep Noted; do sleep 0.2; done",
    /^Noted/,
  );
  await expect.poll(async () => (await writers(production)).length).toBeGreaterThan(0);
  const log = production.region.getByRole("log", { name: /^reports\.txt of the/ });
  await expect(log).not.toContainText("better");
  expect(new Set(await writers(production))).toEqual(new Set([pid]));
  await production.shell(
    "sed -i 's/huey.task()/huey.task(retries=1)/; s/return write_report()/raise OSError(write_report())/' tasks.py; echo changed",
    /changed/,
  );
  const second = await worker.run(command);
  await production.shell(`rm -f reports.txt; ${ask(1)}; echo asked`, /asked/);
  await expect.poll(() => writers(production)).toEqual(times(2, second));
  await expect(log).toContainText("better");
});

claim(["reports-hold-both-workers", "queue-answers-the-others"], async (lab) => {
  await lab.running();
  const { development, production, sentence } = await lab.load("reports");
  expect(development.rate, sentence).toBe(0);
  expect(production.rate, sentence).toBeGreaterThan(0);
  expect(production.errors, sentence).toBe(0);

  for (const colorScheme of ["light", "dark"] as const) {
    await lab.page.emulateMedia({ colorScheme });
    expect(await wcagViolations(lab.page, { colorsOnly: colorScheme === "dark" }), colorScheme).toEqual([]);
  }
  await lab.page.emulateMedia({ colorScheme: null });
  expect(await besidePhone(lab.page)).toBe(0);

  // Somebody else's worker is shown before it runs.
  const commands = { productionBeside: "huey_consumer tasks.huey -m 1 -w 4" };
  const shared = await lab.page.context().newPage();
  await shared.goto(`./embed/later/${writeFragment({ lab: "later", machine: "python", plan: "reports", commands })}`);
  const opened = shared.getByRole("region", { name: "Opened from a link" });
  await expect(opened).toContainText("Command of server with a queue: Worker");
  await expect(opened).toContainText(commands.productionBeside);
  await expect(shared.getByRole("textbox", { name: "Command of the worker" })).toHaveValue(commands.productionBeside);
  await shared.close();
});
