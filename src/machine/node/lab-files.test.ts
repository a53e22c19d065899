/** The Node files of the labs, run by ordinary Node on loopback, under the load of the real generator. */
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HttpClient } from "../../http/http-client.ts";
import { HttpRequester } from "../../http/http-requester.ts";
import { startLoad } from "../../load/generator.ts";
import type { LoadPlan } from "../../load/plan.ts";
import { nodeClock } from "./container/node-clock.ts";
import { connectTcp } from "./container/tcp-connection.ts";

const labs = fileURLToPath(new URL("../../../content/labs/", import.meta.url));
const filesOf = (lab: string) => join(labs, lab, "node");
const shared = fileURLToPath(new URL("../../../content/node/", import.meta.url));
const http = new HttpClient(connectTcp, nodeClock);
const patience = 15_000;
vi.setConfig({ testTimeout: 30_000 });

let folder: string;
let port: number;
let children: ChildProcess[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "lab-files-"));
  for (const each of [shared, filesOf("first-load")]) cpSync(each, folder, { recursive: true });
  port = await freePort();
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  await Promise.all(children.map(ended));
  rmSync(folder, { recursive: true, force: true });
});

/** Below the ports that systems give to clients, because workers of `balance` listen on those above. */
async function freePort(): Promise<number> {
  const candidate = 15_000 + Math.floor(Math.random() * 10_000);
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(candidate, () => server.close(() => resolve(true)));
  });
  return free ? candidate : freePort();
}

/** A program of the lab and what it printed. */
class Running {
  printed = "";
  readonly end: Promise<number | null>;

  constructor(readonly child: ChildProcess) {
    children.push(child);
    child.stdout?.on("data", (bytes) => {
      this.printed += bytes;
    });
    child.stderr?.on("data", (bytes) => {
      this.printed += bytes;
    });
    this.end = ended(child);
  }

  /** Pids of the workers that became ready, in that order. */
  get ready(): number[] {
    return [...this.printed.matchAll(/Worker (\d+) is ready/g)].map(([, pid]) => Number(pid));
  }

  type(line: string): void {
    this.child.stdin?.write(`${line}\n`);
  }

  async until(condition: () => boolean): Promise<void> {
    const from = Date.now();
    while (!condition()) {
      if (Date.now() - from > patience) throw new Error(`It never happened. Printed:\n${this.printed}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once("close", resolve));
}

function start(...args: string[]): Running {
  return new Running(spawn(process.execPath, args, { cwd: folder, env: { ...process.env, PORT: String(port) } }));
}

function startCluster(spread: string, ...args: string[]): Running {
  return start("cluster.js", "--port", String(port), "--spread", spread, ...args);
}

const plan: LoadPlan = {
  name: "test",
  model: { kind: "closed", users: 10 },
  requests: [{ path: "/" }],
  duration: 2000,
  timeout: 8000,
  seed: 1,
};

function load(change: Partial<LoadPlan> = {}) {
  return startLoad({ ...plan, ...change }, { clock: nodeClock, requester: new HttpRequester(connectTcp, port) });
}

async function text(path: string): Promise<readonly [status: number, body: string]> {
  const { status, body } = await http.request(port, { path, timeout: 5000 });
  return [status, new TextDecoder().decode(body)];
}

/** A response as it comes: when each part of it came, and whether it has ended. */
function listenTo(path: string) {
  const heard: { at: number[]; over: boolean; close: () => void } = { at: [], over: false, close: () => {} };
  const request = get({ port, path }, (response) => {
    response.on("data", () => heard.at.push(performance.now()));
    response.once("end", () => {
      heard.over = true;
    });
  });
  heard.close = () => request.destroy();
  return heard;
}

const failures = (failed: Readonly<Record<string, number>>) =>
  Object.values(failed).reduce((sum, count) => sum + count, 0);

describe("server.js", () => {
  it("answers its pages", async () => {
    const server = start("server.js");
    await server.until(() => server.printed.includes("Listening"));
    expect(await text("/")).toEqual([200, "Hello from Node\n"]);
    expect(await text("/io")).toEqual([200, "Waited for 100 ms\n"]);
    expect(await text("/cpu")).toEqual([200, expect.stringContaining("Counted to")]);
    expect(await text("/nowhere")).toEqual([404, "Not found\n"]);
  });

  it("says that its port is in use", async () => {
    const first = start("server.js");
    await first.until(() => first.printed.includes("Listening"));
    const second = start("server.js");
    expect(await second.end).toBe(1);
    expect(second.printed).toContain(`Cannot listen on port ${port}: it is in use`);
  });

  it("has a known service time, which the generator measures", async () => {
    const server = start("server.js");
    await server.until(() => server.printed.includes("Listening"));
    const report = await load({ requests: [{ path: "/io" }] }).report;
    expect(report.failed).toEqual({});
    expect(report.done).toBeGreaterThan(40);
    // Ten readers who each wait: there are always ten requests under way, so rate times latency is ten (Little's law).
    expect((report.achievedRate * (report.latency.mean ?? 0)) / 1000).toBeGreaterThan(8);
    expect((report.achievedRate * (report.latency.mean ?? 0)) / 1000).toBeLessThan(10.5);
    expect(report.achievedRate).toBeLessThan(101);
    expect(report.latency.p50).toBeGreaterThanOrEqual(99);
  });
});

describe.each(["cluster", "balance"])("cluster.js, spread by %s", (spread) => {
  it("spreads requests over all workers", async () => {
    writeFileSync(
      join(folder, "server.js"),
      'exports.createServer = () => require("node:http").createServer((_, response) => response.end(String(process.pid)));',
    );
    const primary = startCluster(spread);
    await primary.until(() => primary.ready.length === 4);
    const answers = await Promise.all(Array.from({ length: 40 }, () => http.request(port, { path: "/" })));
    const pids = new Set(answers.map(({ body }) => Number(new TextDecoder().decode(body))));
    expect([...pids].sort()).toEqual(primary.ready.sort());
  });

  it("replaces a worker that is killed under load, losing at most what that worker was answering", async () => {
    const primary = startCluster(spread);
    await primary.until(() => primary.ready.length === 4);
    const run = load({ requests: [{ path: "/io" }] });
    await new Promise((resolve) => setTimeout(resolve, 800));
    const [victim = 0] = primary.ready;
    process.kill(victim, "SIGKILL");
    const report = await run.report;
    await primary.until(() => primary.ready.length >= 5);
    expect(primary.printed).toContain(`Worker ${victim} ended by SIGKILL`);
    expect(report.done).toBeGreaterThan(40);
    // Ten readers over four workers: three at most were with the one that died.
    expect(failures(report.failed)).toBeLessThanOrEqual(4);
  });

  it.each([
    ["keeping connections", true],
    ["a connection for each request", false],
  ] as const)("reloads one by one under load without losing a request, %s", async (_, keepAlive) => {
    const primary = startCluster(spread);
    await primary.until(() => primary.ready.length === 4);
    const run = load({ requests: [{ path: "/io" }, { path: "/" }], keepAlive, duration: 3000 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    primary.child.kill("SIGHUP");
    await primary.until(() => primary.printed.includes("Reloaded."));
    const report = await run.report;
    expect(primary.ready).toHaveLength(8);
    expect(report.failed).toEqual({});
    expect(report.unfinished).toBe(0);
    expect(report.done).toBeGreaterThan(40);
  });

  it("reloads and stops by words typed in the terminal, where signals are missing", async () => {
    const primary = startCluster(spread, "--workers", "2");
    await primary.until(() => primary.ready.length === 2);
    primary.type("what");
    primary.type("reload");
    await primary.until(() => primary.printed.includes("Reloaded."));
    expect(primary.printed).toContain("what is not a command. There are: reload, stop");
    primary.type("stop");
    expect(await primary.end).toBe(0);
  });

  it("lets requests finish before it stops", async () => {
    writeFileSync(
      join(folder, "server.js"),
      `exports.createServer = () => require("node:http").createServer((_, response) => {
        console.log("begun");
        setTimeout(() => response.end("finished"), 500);
      });`,
    );
    const primary = startCluster(spread);
    await primary.until(() => primary.ready.length === 4);
    const answers = Array.from({ length: 8 }, () => http.request(port, { path: "/" }));
    await primary.until(() => (primary.printed.match(/begun/g) ?? []).length === 8);
    primary.child.kill("SIGTERM");
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(await primary.end).toBe(0);
    expect(primary.printed).toContain("All workers have left.");
  });

  it("gives up after a crash loop, with the reason on screen", async () => {
    writeFileSync(join(folder, "server.js"), "const = oops;\n");
    const primary = startCluster(spread, "--workers", "2");
    expect(await primary.end).toBe(3);
    expect(primary.printed).toContain("SyntaxError");
    expect(primary.printed).toMatch(/Giving up\. \d workers in a row ended before they were ready/);
  });

  it("ends a worker that never becomes ready, and gives up when none does", async () => {
    writeFileSync(join(folder, "worker.js"), "setInterval(() => {}, 1000);\n");
    const primary = startCluster(spread, "--workers", "1", "--boot", "0.2");
    expect(await primary.end).toBe(3);
    expect(primary.printed).toContain("was not ready within 0.2 s: ending it");
  });

  it("ends and replaces a worker that is caught in a loop", async () => {
    const primary = startCluster(spread, "--timeout", "2");
    await primary.until(() => primary.ready.length === 4);
    const stuck = http.request(port, { path: "/hang" }).catch(() => "lost");
    await primary.until(() => primary.ready.length >= 5);
    expect(primary.printed).toContain("has been silent for 2 s: ending it");
    expect(await stuck).toBe("lost");
  });

  it("says that its port is in use", async () => {
    const other: Server = createServer();
    await new Promise<void>((resolve) => other.listen(port, resolve));
    const primary = startCluster(spread);
    expect(await primary.end).toBe(1);
    expect(primary.printed).toContain(`Port ${port} is in use.`);
    other.close();
  });
});

describe("cluster.js", () => {
  it("takes node:cluster where it works", async () => {
    const primary = startCluster("auto", "--workers", "1");
    await primary.until(() => primary.ready.length === 1);
    expect(primary.printed).toContain("shared by node:cluster");
  });

  it("names an option that it does not know", async () => {
    const primary = start("cluster.js", "--wrokers", "4");
    expect(await primary.end).toBe(2);
    expect(primary.printed).toContain("cluster.js: Unknown option '--wrokers'");
  });
});

describe("the other labs", () => {
  it("a-request: the server by hand answers what the app answers", async () => {
    cpSync(filesOf("a-request"), folder, { recursive: true });
    const server = start("tiny-server.js");
    await server.until(() => server.printed.includes("listens on port"));
    expect(await text("/")).toEqual([200, "Hello from a socket\n"]);
    expect(await text("/wait")).toEqual([200, "Waited for 50 ms\n"]);
    expect(await text("/nowhere")).toEqual([404, "Not found\n"]);
    expect(server.printed).toContain('"GET /wait HTTP/1.1\\r\\n');
    const second = start("tiny-server.js");
    expect(await second.end).toBe(1);
    expect(second.printed).toContain(`Cannot listen on port ${port}: it is in use`);
    const primary = startCluster("cluster", "--port", String(port + 1), "--workers", "1");
    await primary.until(() => primary.ready.length === 1);
    port += 1;
    expect(await text("/wait")).toEqual([200, "Waited for 50 ms\n"]);
  });

  it("one-at-a-time: a process waits for many at once, and computes for one", async () => {
    cpSync(filesOf("one-at-a-time"), folder, { recursive: true });
    const server = start("server.js");
    await server.until(() => server.printed.includes("Listening"));
    const five = async (path: string) => {
      const from = performance.now();
      await Promise.all(Array.from({ length: 5 }, () => text(path)));
      return performance.now() - from;
    };
    const one = async (path: string) => {
      const from = performance.now();
      await text(path);
      return performance.now() - from;
    };
    await five("/cpu");
    expect(await five("/io")).toBeLessThan(4 * (await one("/io")));
    expect(await five("/cpu")).toBeGreaterThan(2 * (await one("/cpu")));
  });

  it("hanging: a worker in a loop is ended, and others answer", async () => {
    cpSync(filesOf("hanging"), folder, { recursive: true });
    const primary = startCluster("cluster", "--workers", "2", "--timeout", "2");
    await primary.until(() => primary.ready.length === 2);
    const stuck = http.request(port, { path: "/hang" }).catch(() => "lost");
    await primary.until(() => primary.ready.length === 3);
    expect(await stuck).toBe("lost");
    expect(await text("/threads")).toEqual([200, "1 thread, requests under way: 1\n"]);
  });

  it("restarts: /deploy replaces all workers and loses no request", async () => {
    cpSync(filesOf("restarts"), folder, { recursive: true });
    const primary = startCluster("cluster", "--workers", "2");
    await primary.until(() => primary.ready.length === 2);
    const report = await load({ requests: [{ path: "/deploy", once: 1 }, { path: "/io" }] }).report;
    await primary.until(() => primary.printed.includes("Reloaded."));
    expect(primary.ready).toHaveLength(4);
    expect(report.failed).toEqual({});
  });

  it("configuration: each worker makes a key of its own, unless the environment has one", async () => {
    cpSync(filesOf("configuration"), folder, { recursive: true });
    const server = join(folder, "server.js");
    const logIn = () => load({ requests: [{ path: "/visit" }], keepCookies: true, duration: 1000 }).report;
    const own = startCluster("cluster", "--workers", "2");
    await own.until(() => own.ready.length === 2);
    expect(failures((await logIn()).failed)).toBeGreaterThan(0);
    own.type("stop");
    await own.end;

    const code = readFileSync(server, "utf8");
    writeFileSync(server, code.replace("randomBytes(16)", 'setting("SHOP_SECRET_KEY")'));
    const without = start("server.js");
    expect(await without.end).toBe(1);
    expect(without.printed).toContain("SHOP_SECRET_KEY is missing in the environment");
    writeFileSync(server, code.replace("randomBytes(16)", '"made-up-key"'));
    const shared = startCluster("cluster", "--workers", "2");
    await shared.until(() => shared.ready.length === 2);
    const report = await logIn();
    expect(report.failed).toEqual({});
    expect(report.done).toBeGreaterThan(20);
    expect(await text("/takings")).toEqual([403, "Only for the admin.\n"]);
    await shared.until(() => shared.printed.includes("WARNING: Not the admin"));
  });

  it("supervision: what has failed is started again, until it fails too often; what is stopped stays stopped", async () => {
    cpSync(filesOf("supervision"), folder, { recursive: true });
    // Five starts in a minute, a second apart.
    const server = join(folder, "server.js");
    const supervisor = start("supervise.js", "--port", String(port), "server.js");
    const started = () =>
      [...supervisor.printed.matchAll(/Started server\.js, process (\d+)/g)].map(([, pid]) => Number(pid));
    const listening = () => supervisor.printed.split("Listening").length - 1;
    await supervisor.until(() => listening() === 1);
    const [first = 0] = started();
    expect(await text("/")).toEqual([200, `Process ${first}, version 1\n`]);
    process.kill(first, "SIGKILL");
    await supervisor.until(() => listening() === 2);
    expect(supervisor.printed).toContain(`Process ${first} ended: SIGKILL`);
    writeFileSync(server, "process.exit(3)");
    process.kill(started()[1] ?? 0, "SIGKILL");
    expect(await supervisor.end).toBe(1);
    expect(started()).toHaveLength(5);
    expect(supervisor.printed).toContain("ended: exit code 3");
    expect(supervisor.printed).toContain("Start request repeated too quickly: 5 starts in 60 s.");

    cpSync(join(filesOf("supervision"), "server.js"), server);
    const again = start("supervise.js", "--port", String(port), "server.js");
    await again.until(() => again.printed.includes("Listening"));
    again.child.kill("SIGTERM");
    await again.end;
    expect(again.printed.match(/Started/g)).toHaveLength(1);
    await expect(text("/")).rejects.toThrow();
  });

  it("streams: a process holds many at once, and one that computes stops those of its own process alone", async () => {
    cpSync(filesOf("streams"), folder, { recursive: true });
    const primary = startCluster("cluster", "--workers", "2", "--timeout", "10");
    await primary.until(() => primary.ready.length === 2);
    const streams = Array.from({ length: 20 }, () => listenTo("/listen"));
    await primary.until(() => streams.every(({ at }) => at.length > 1));
    expect(await text("/")).toEqual([200, expect.stringContaining("Hello from process")]);
    const before = streams.map(({ at }) => at.length);
    const drawing = listenTo("/drawing");
    await primary.until(() => drawing.over);
    // Four seconds of work: an event is sent every half second, and its own parts came when all were done.
    const heard = streams.map(({ at }, index) => at.length - (before[index] ?? 0));
    const [stopped, wentOn] = [heard.filter((events) => events <= 2), heard.filter((events) => events >= 5)];
    expect(stopped.length + wentOn.length, String(heard)).toBe(20);
    expect(Math.min(stopped.length, wentOn.length), String(heard)).toBeGreaterThan(4);
    expect((drawing.at.at(-1) ?? 0) - (drawing.at[0] ?? 0)).toBeLessThan(400);
    for (const { close } of [drawing, ...streams]) close();
  });

  it("two-kinds: a process waits for many at once, and a call that blocks makes everybody wait for it", async () => {
    cpSync(filesOf("two-kinds"), folder, { recursive: true });
    const server = start("server.js");
    await server.until(() => server.printed.includes("Listening"));
    const from = performance.now();
    const waited = await Promise.all(Array.from({ length: 50 }, () => text("/wait")));
    expect(performance.now() - from).toBeLessThan(4 * 500);
    expect(waited).toEqual(Array(50).fill([200, "Here you are.\n"]));
    expect(await text("/compute")).toEqual([200, "199999990000000\n"]);
    const one = { path: "/report", once: 1 };
    const report = await load({ requests: [one, { path: "/" }], model: { kind: "closed", users: 4, thinkTime: 100 } })
      .report;
    expect(report.failed).toEqual({});
    // The run lasts as long as the report blocks: nobody is answered twice before its end.
    expect(report.done).toBeLessThan(12);
    expect(await text("/report")).toEqual([200, "The report is ready.\n"]);
  });

  it("how-many-workers: a worker takes one request at a time, and one that dies is replaced", async () => {
    cpSync(filesOf("how-many-workers"), folder, { recursive: true });
    const pool = start("pool.js", "--port", String(port), "--workers", "2");
    await pool.until(() => pool.ready.length === 2);
    expect(await text("/")).toEqual([200, "Hello from Node\n"]);
    expect(await text("/nowhere")).toEqual([404, "Not found\n"]);
    const report = await load({ requests: [{ path: "/io" }] }).report;
    expect(report.failed).toEqual({});
    // Two workers, 100 ms: the ceiling.
    expect(report.achievedRate).toBeLessThan(20.5);
    expect(report.achievedRate).toBeGreaterThan(10);
    const [victim = 0] = pool.ready;
    process.kill(victim, "SIGKILL");
    await pool.until(() => pool.ready.length === 3);
    expect(await Promise.all([text("/io"), text("/io")])).toEqual(Array(2).fill([200, "Waited for 100 ms\n"]));
  });
});
