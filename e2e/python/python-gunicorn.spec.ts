// @project labs
// @also firefox
/** gunicorn, unmodified: its master and its sync workers, its signals, settings and errors. */
import type { RequestEvent } from "../../src/machine/machine.ts";
import type { PageComputer, Running } from "../../testing/browser/machine.ts";
import { expect, test } from "../../testing/browser/machine.ts";

const app = `
import os, signal, time
from flask import Flask
app = Flask(__name__)

@app.get("/")
def hello():
    return f"{os.getpid()}\\n"

@app.get("/slow")
def slow():
    time.sleep(0.2)
    return f"{os.getpid()}\\n"

@app.get("/loop")
def loop():
    while True:
        pass

@app.get("/fails")
def fails():
    raise RuntimeError("a bug")

@app.get("/dies")
def dies():
    os._exit(9)
`;

/** Starts gunicorn and waits until so many workers have booted. */
async function serve(computer: PageComputer, argv: readonly string[], workers: number, port = 8000): Promise<Running> {
  const server = await computer.start(["gunicorn", "-b", `0.0.0.0:${port}`, ...argv]);
  await server.prints(new RegExp(`(Booting worker with pid: \\d+[^]*){${workers}}`));
  await expect.poll(() => computer.childrenOf(server.pid)).toHaveLength(workers);
  return server;
}

/** Numbers of the workers that gunicorn says it has booted. */
function booted(output: string): number[] {
  return [...output.matchAll(/Booting worker with pid: (\d+)/g)].map(([, pid]) => Number(pid));
}

/** How many requests were being worked on at once. */
function mostAtOnce(events: readonly RequestEvent[]): number {
  const begun = events.flatMap(({ accepted, firstByte }) =>
    accepted === undefined || firstByte === undefined ? [] : [{ accepted, firstByte }],
  );
  const at = (moment: number) => begun.filter(({ accepted, firstByte }) => accepted <= moment && moment < firstByte);
  return Math.max(0, ...begun.map(({ accepted }) => at(accepted).length));
}

test.beforeEach(({ computer }) => computer.write("app.py", app));

test("it says what it starts, and its workers are processes of their own", async ({ computer }) => {
  const server = await serve(computer, ["-w", "4", "app:app"], 4);
  const output = await server.output();
  const lines = output.trim().split("\n");
  const stamp = String.raw`\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0000\] \[${server.pid}\] \[INFO\] `;
  expect(lines[0]).toMatch(new RegExp(`^${stamp}Starting gunicorn \\d+\\.\\d+`));
  expect(lines[1]).toMatch(new RegExp(`^${stamp}Listening at: http://0\\.0\\.0\\.0:8000 \\(${server.pid}\\)$`));
  expect(lines[2]).toMatch(new RegExp(`^${stamp}Using worker: sync$`));
  const table = await computer.processes();
  expect(booted(output).sort()).toEqual([...(await computer.childrenOf(server.pid))].sort());
  expect(table.find(({ pid }) => pid === server.pid)?.title).toMatch(/gunicorn/);
  const { status, headers, text } = await computer.request(8000, "/");
  expect(status).toBe(200);
  expect(headers).toContainEqual(["Server", "gunicorn"]);
  expect(booted(output)).toContain(Number(text));
});

test("load reaches all four workers, and the kernel's events agree with what they answered", async ({ computer }) => {
  const server = await serve(computer, ["-w", "4", "app:app"], 4);
  await computer.watchRequests();
  const report = await computer.load(8000, {
    name: "spread",
    model: { kind: "closed", users: 10 },
    requests: [{ path: "/" }],
    duration: 3000,
    timeout: 5000,
    seed: 1,
  });
  expect(report.end).toBe("complete");
  expect(report.failed).toEqual({});
  expect(report.done).toBeGreaterThan(100);
  const workers = (await computer.processes()).filter(({ parent }) => parent === server.pid);
  expect(workers.map(({ requests }) => requests > 0)).toEqual([true, true, true, true]);
  const total = () => computer.processes().then((table) => table.reduce((sum, { requests }) => sum + requests, 0));
  await expect.poll(total).toBe(report.done);
  const seen = async () => (await computer.requestEvents()).filter(({ outcome }) => outcome === "answered");
  // They are told in batches, the last one perhaps after the report.
  await expect.poll(async () => (await seen()).length).toBe(report.done);
  const answered = await seen();
  for (const { queued, accepted = Number.NaN, firstByte = Number.NaN, end = Number.NaN, pid, path } of answered) {
    expect(path).toBe("/");
    expect(workers.map((worker) => worker.pid)).toContain(pid);
    expect(queued <= accepted && accepted <= firstByte && firstByte <= end).toBe(true);
  }
});

test("four sync workers answer four slow requests at a time, each of them one", async ({ computer }) => {
  await serve(computer, ["-w", "4", "app:app"], 4);
  await computer.watchRequests();
  const report = await computer.load(8000, {
    name: "slow",
    model: { kind: "closed", users: 12 },
    requests: [{ path: "/slow" }],
    duration: 2000,
    timeout: 10_000,
    seed: 1,
  });
  expect(report.failed).toEqual({});
  const answered = async () => (await computer.requestEvents()).filter(({ outcome }) => outcome === "answered");
  await expect.poll(async () => (await answered()).length).toBe(report.done);
  const work = await answered();
  expect(mostAtOnce(work)).toBe(4);
  for (const pid of new Set(work.map((event) => event.pid))) {
    expect(mostAtOnce(work.filter((event) => event.pid === pid))).toBe(1);
  }
});

test("TTIN adds a worker, TTOU takes one away", async ({ computer }) => {
  const server = await serve(computer, ["-w", "2", "app:app"], 2);
  await server.kill("SIGTTIN");
  await server.prints(/Handling signal: ttin/);
  await server.prints(/(Booting worker[\s\S]*){3}/);
  await expect.poll(() => computer.childrenOf(server.pid)).toHaveLength(3);
  await server.kill("SIGTTOU");
  await server.prints(/Handling signal: ttou/);
  await server.prints(/Worker exiting \(pid: \d+\)/);
  await expect.poll(() => computer.childrenOf(server.pid)).toHaveLength(2);
  // Nobody stays behind as a zombie.
  await expect.poll(async () => (await computer.processes()).length).toBe(3);
});

test("HUP serves new code from new workers, without refusing anybody", async ({ computer }) => {
  const server = await serve(computer, ["-w", "2", "app:app"], 2);
  const before = await computer.childrenOf(server.pid);
  await computer.write("app.py", app.replace('f"{os.getpid()}\\n"', '"new code\\n"'));
  const load = computer.load(8000, {
    name: "reload",
    model: { kind: "closed", users: 4 },
    requests: [{ path: "/slow" }],
    duration: 4000,
    timeout: 5000,
    seed: 1,
  });
  await server.kill("SIGHUP");
  await server.prints(/Handling signal: hup\n[\s\S]*Hang up: Master/);
  await server.prints(/(Booting worker[\s\S]*){4}/);
  await expect
    .poll(async () => (await computer.childrenOf(server.pid)).filter((pid) => before.includes(pid)))
    .toEqual([]);
  const { failed, done } = await load;
  expect(failed).toEqual({});
  expect(done).toBeGreaterThan(4);
  expect((await computer.request(8000, "/")).text).toBe("new code\n");
  expect(await computer.childrenOf(server.pid)).toHaveLength(2);
});

test("TERM lets requests under way finish, then everybody ends, with exit code 0", async ({ computer }) => {
  const server = await serve(computer, ["-w", "2", "app:app"], 2);
  await computer.watchRequests();
  const slow = computer.request(8000, "/slow");
  await expect
    .poll(async () => (await computer.requestEvents()).some(({ path, accepted }) => path === "/slow" && accepted))
    .toBe(true);
  await server.kill("SIGTERM");
  expect((await slow).status).toBe(200);
  expect(await server.exit()).toEqual({ kind: "exited", code: 0 });
  const output = await server.output();
  expect(output).toMatch(/Handling signal: term\n/);
  expect(output.match(/Worker exiting \(pid: \d+\)/g)).toHaveLength(2);
  expect(output).toMatch(/Shutting down: Master\n$/);
  expect(await computer.processes()).toEqual([]);
  expect(await computer.ports()).toEqual([]);
});

test("^C at its terminal ends it as INT does", async ({ computer }) => {
  const server = await serve(computer, ["-w", "2", "app:app"], 2);
  await server.type("\x03");
  expect(await server.exit()).toEqual({ kind: "exited", code: 0 });
  expect(await server.output()).toMatch(/Handling signal: int\n/);
  await expect.poll(() => computer.processes()).toEqual([]);
});

test("--max-requests with a jitter: a worker goes after as many requests as it was given by chance", async ({
  computer,
}) => {
  const server = await serve(computer, ["--max-requests", "2", "--max-requests-jitter", "2", "app:app"], 1);
  const pids: string[] = [];
  for (let request = 0; request < 6; request += 1) pids.push((await computer.request(8000, "/")).text);
  const first = pids.filter((pid) => pid === pids[0]).length;
  expect(first).toBeGreaterThanOrEqual(2);
  expect(first).toBeLessThanOrEqual(4);
  expect(await server.output()).toContain("Autorestarting worker after current request.");
});

test("a killed worker is replaced, and gunicorn says so", async ({ computer }) => {
  const server = await serve(computer, ["-w", "2", "app:app"], 2);
  const [victim = 0] = await computer.childrenOf(server.pid);
  await computer.kill(victim, "SIGKILL");
  await server.prints(new RegExp(`\\[ERROR\\] Worker \\(pid:${victim}\\) was sent SIGKILL! Perhaps out of memory\\?`));
  await server.prints(/(Booting worker[\s\S]*){3}/);
  await expect.poll(() => computer.childrenOf(server.pid)).toHaveLength(2);
  expect(await computer.childrenOf(server.pid)).not.toContain(victim);
  expect((await computer.request(8000, "/")).status).toBe(200);
});

test("a worker that exits in the middle of a request breaks that request only", async ({ computer }) => {
  const server = await serve(computer, ["-w", "2", "app:app"], 2);
  await expect(computer.request(8000, "/dies")).rejects.toThrow();
  await server.prints(/Worker \(pid:\d+\) exited with code 9/);
  await server.prints(/(Booting worker[\s\S]*){3}/);
  expect((await computer.request(8000, "/")).status).toBe(200);
});

test("a master that is killed leaves no worker behind", async ({ computer }) => {
  // A worker looks at its parent at every half of its time-out.
  const server = await serve(computer, ["-w", "2", "--timeout", "4", "app:app"], 2);
  await server.kill("SIGKILL");
  expect(await server.exit()).toEqual({ kind: "killed", signal: "SIGKILL" });
  await expect.poll(() => computer.processes(), { timeout: 20_000 }).toEqual([]);
  expect(await computer.ports()).toEqual([]);
});

test("an endless loop is killed after --timeout, and a new worker takes its place", async ({ computer }) => {
  const server = await serve(computer, ["-w", "2", "--timeout", "2", "app:app"], 2);
  const hung = computer.request(8000, { path: "/loop", timeout: 30_000 });
  await expect.poll(async () => (await computer.request(8000, "/")).status).toBe(200);
  const output = await server.prints(/\[CRITICAL\] WORKER TIMEOUT \(pid:\d+\)/);
  const victim = Number(/WORKER TIMEOUT \(pid:(\d+)\)/.exec(output)?.[1]);
  await server.prints(/(Booting worker[\s\S]*){3}/);
  await expect.poll(() => computer.childrenOf(server.pid)).not.toContain(victim);
  await expect.poll(() => computer.childrenOf(server.pid)).toHaveLength(2);
  // As natively: the worker hears SIGABRT, raises SystemExit out of the loop, and answers before it goes.
  expect((await hung).status).toBe(500);
  expect(await server.output()).toMatch(
    /Error handling request GET \/loop[\s\S]*File "\/home\/student\/app\.py", line 18, in loop/,
  );
});

test("USR2 starts a second master beside the first", async ({ computer }) => {
  const server = await serve(computer, ["-w", "1", "--pid", "/tmp/gunicorn.pid", "app:app"], 1);
  await server.kill("SIGUSR2");
  await server.prints(/Handling signal: usr2/);
  await server.prints(/(Listening at: http:\/\/0\.0\.0\.0:8000[\s\S]*){2}(Booting worker[\s\S]*){1}/);
  await expect.poll(async () => (await computer.processes()).length).toBe(4);
  await server.kill("SIGTERM");
  await expect.poll(async () => (await computer.processes()).length).toBe(2);
  expect((await computer.request(8000, "/")).status).toBe(200);
});

test("--preload imports the application once, before it forks", async ({ computer }) => {
  await computer.write(
    "app.py",
    `import os\nprint("imported by", os.getpid(), flush=True)\nloaded_in = os.getpid()\n${app}
@app.get("/loaded")
def loaded():
    return f"{loaded_in} {os.getpid()}"
`,
  );
  const server = await serve(computer, ["-w", "3", "--preload", "app:app"], 3);
  expect((await server.output()).match(/imported by \d+/g)).toEqual([`imported by ${server.pid}`]);
  const [loaded, answered] = (await computer.request(8000, "/loaded")).text.split(" ").map(Number);
  expect(loaded).toBe(server.pid);
  expect(answered).not.toBe(server.pid);
  const [victim = 0] = await computer.childrenOf(server.pid);
  await computer.kill(victim, "SIGKILL");
  await server.prints(/(Booting worker[\s\S]*){4}/);
  expect((await server.output()).match(/imported by \d+/g)).toHaveLength(1);
});

test("a settings file is read, and its hooks are called", async ({ computer }) => {
  await computer.write(
    "gunicorn.conf.py",
    `
bind = "127.0.0.1:8123"
workers = 2
def on_starting(server): server.log.info("hook on_starting")
def when_ready(server): server.log.info("hook when_ready")
def pre_fork(server, worker): server.log.info("hook pre_fork")
def post_fork(server, worker): server.log.info("hook post_fork in %s", worker.pid)
def pre_request(worker, req): worker.log.info("hook pre_request %s", req.path)
def worker_exit(server, worker): server.log.info("hook worker_exit")
def child_exit(server, worker): server.log.info("hook child_exit")
def on_exit(server): server.log.info("hook on_exit")
`,
  );
  const server = await computer.start(["gunicorn", "-c", "gunicorn.conf.py", "app:app"]);
  await server.prints(/(hook post_fork in \d+[\s\S]*){2}/);
  await expect.poll(async () => (await computer.request(8123, "/")).status).toBe(200);
  await server.prints(/hook pre_request \//);
  await server.kill("SIGTERM");
  expect(await server.exit()).toEqual({ kind: "exited", code: 0 });
  const hooks = [...(await server.output()).matchAll(/hook (\w+)/g)].map(([, name]) => name);
  expect(hooks.slice(0, 2)).toEqual(["on_starting", "when_ready"]);
  const counts = (name: string) => hooks.filter((hook) => hook === name).length;
  expect([counts("pre_fork"), counts("post_fork"), counts("worker_exit"), counts("on_exit")]).toEqual([2, 2, 2, 1]);
});

test("--access-logfile - writes a line for each request", async ({ computer }) => {
  const server = await serve(computer, ["--access-logfile", "-", "app:app"], 1);
  await computer.request(8000, { path: "/?a=1", headers: [["User-Agent", "reader/1.0"]] });
  await computer.request(8000, "/none");
  await server.prints(
    /127\.0\.0\.1 - - \[\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000\] "GET \/\?a=1 HTTP\/1\.1" 200 \d+ "-" "reader\/1\.0"/,
  );
  await server.prints(/"GET \/none HTTP\/1\.1" 404 \d+/);
});

test("a handler that raises is a 500, with the traceback in the log", async ({ computer }) => {
  const server = await serve(computer, ["app:app"], 1);
  const { status, text } = await computer.request(8000, "/fails");
  expect(status).toBe(500);
  expect(text).toContain("Internal Server Error");
  await server.prints(/Exception on \/fails \[GET\]\nTraceback[\s\S]*in fails\n[\s\S]*RuntimeError: a bug/);
});

test.describe("what it cannot start", () => {
  test("a syntax error: the traceback, and exit code 3", async ({ computer }) => {
    await computer.write("app.py", "from flask import Flask\napp = Flask(__name__\n");
    const { output, exit } = await computer.run(["gunicorn", "app:app"]);
    expect(output).toMatch(/\[ERROR\] Exception in worker process\nTraceback/);
    expect(output).toMatch(/File "\/home\/student\/app\.py", line 2\n.*\n.*\nSyntaxError: '\(' was never closed/);
    expect(output).toMatch(/\[ERROR\] Worker \(pid:\d+\) exited with code 3/);
    expect(output).toMatch(/Reason: Worker failed to boot\.\n$/);
    expect(exit).toEqual({ kind: "exited", code: 3 });
    expect(await computer.processes()).toEqual([]);
  });

  test("a syntax error in several workers: gunicorn trips over the second one, natively too", async ({ computer }) => {
    await computer.write("app.py", "from flask import Flask\napp = Flask(__name__\n");
    const { output, exit } = await computer.run(["gunicorn", "-w", "4", "app:app"]);
    expect(output).toMatch(/SyntaxError: '\(' was never closed/);
    // Not at the end: a worker that was still booting may have the last word.
    expect(output).toMatch(/HaltServer: <HaltServer 'Worker failed to boot\.' 3>\n|Reason: Worker failed to boot\.\n/);
    // 1 when the second worker ends while gunicorn stops because of the first.
    expect([1, 3]).toContain(exit.kind === "exited" ? exit.code : exit.signal);
    // Workers that were still booting end by themselves.
    await expect.poll(() => computer.processes()).toEqual([]);
  });

  test("app:missing: its own words, and exit code 4", async ({ computer }) => {
    const { output, exit } = await computer.run(["gunicorn", "app:missing"]);
    expect(output).toMatch(/Failed to find attribute 'missing' in 'app'\./);
    expect(output).toMatch(/Reason: App failed to load\.\n$/);
    expect(exit).toEqual({ kind: "exited", code: 4 });
  });

  test("a module that is not there", async ({ computer }) => {
    const { output, exit } = await computer.run(["gunicorn", "nonesuch:app"]);
    expect(output).toMatch(/ModuleNotFoundError: No module named 'nonesuch'/);
    expect(exit).toEqual({ kind: "exited", code: 3 });
  });

  test("a port in use: it retries, then gives up with exit code 1", async ({ computer }) => {
    await serve(computer, ["app:app"], 1);
    const { output, exit } = await computer.run(["gunicorn", "-b", "0.0.0.0:8000", "app:app"]);
    expect(output.match(/Connection in use: \('0\.0\.0\.0', 8000\)/g)?.length).toBeGreaterThan(3);
    expect(output).toMatch(/Can't connect to \('0\.0\.0\.0', 8000\)\n$/);
    expect(exit).toEqual({ kind: "exited", code: 1 });
  });

  test("an unknown option: its usage, and exit code 2", async ({ computer }) => {
    const { output, exit } = await computer.run(["gunicorn", "--workerz", "4", "app:app"]);
    expect(output).toMatch(/^usage: gunicorn \[OPTIONS\] \[APP_MODULE\]\n/);
    expect(output).toContain("gunicorn: error: unrecognized arguments: --workerz");
    expect(exit).toEqual({ kind: "exited", code: 2 });
  });

  test("no application at all", async ({ computer }) => {
    const { output, exit } = await computer.run(["gunicorn"]);
    expect(output).toMatch(/No application module specified\./);
    expect(exit).toEqual({ kind: "exited", code: 1 });
  });
});
