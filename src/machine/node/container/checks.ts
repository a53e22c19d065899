/**
 * Tries one thing that the Node machine or the lab's files rely on: `node checks.cjs <name>`. Prints one JSON line with
 * whether it works. The page `/check/node/` runs all of them in a real WebContainer.
 */
import { type ChildProcess, fork, spawn } from "node:child_process";
import cluster from "node:cluster";
import { writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { tell } from "./tell.ts";

/** What a check found. */
interface Finding {
  readonly works: boolean;
  readonly detail: string;
}

const [, script = "", name = "", role = ""] = process.argv;

/** The next message of a child, or its end. */
function next(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("error", reject);
    child.once("exit", (code, signal) => reject(new Error(`the child ended: ${signal ?? code}`)));
  });
}

/** How a child ended, or `undefined` after so many milliseconds. */
function endOf(child: ChildProcess, within: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve(String(signal ?? code)));
    setTimeout(() => resolve(undefined), within);
  });
}

const child = (play: string, execArgv: readonly string[] = []) =>
  fork(script, [name, play], { execArgv: [...execArgv] });
const send = (message: unknown) => process.send?.(message);

async function forkAndIpc(): Promise<Finding> {
  const forked = child("echo");
  await next(forked);
  forked.send("ping");
  const answer = await next(forked);
  forked.kill();
  return { works: answer === "ping", detail: `pid ${forked.pid}, here ${process.pid}, answer ${String(answer)}` };
}

async function clusterShares(): Promise<Finding> {
  cluster.setupPrimary({ exec: script, args: [name, "serve"] });
  const workers = [cluster.fork(), cluster.fork()];
  const ports = await Promise.all(workers.map((worker) => next(worker.process)));
  const answers = new Set<string>();
  for (let count = 0; count < 6; count++) answers.add(await ask(Number(ports[0])));
  for (const worker of workers) worker.process.kill("SIGKILL");
  return { works: answers.size === 2, detail: `${answers.size} of 2 workers answered on port ${String(ports[0])}` };
}

function ask(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("data", (text) => resolve(String(text)));
    socket.on("error", reject);
  });
}

async function tcpBetweenProcesses(): Promise<Finding> {
  const server = child("serve");
  const port = Number(await next(server));
  const answer = await ask(port);
  server.kill();
  return { works: answer !== "", detail: `port ${port}` };
}

async function handlesSignal(signal: "SIGTERM" | "SIGHUP"): Promise<Finding> {
  const catching = child(`catch ${signal}`);
  await next(catching);
  const heard = next(catching);
  catching.kill(signal);
  const answer = await Promise.race([heard.catch((error: Error) => error.message), endOf(catching, 3000)]);
  catching.kill("SIGKILL");
  return { works: answer === signal, detail: `the handler said ${String(answer)}` };
}

async function killsIdle(): Promise<Finding> {
  const idle = child("echo");
  await next(idle);
  const end = endOf(idle, 3000);
  process.kill(idle.pid ?? 0, "SIGKILL");
  const how = await end;
  return { works: how !== undefined, detail: how ?? "it lived on" };
}

async function killsLoop(): Promise<Finding> {
  const busy = child("loop");
  await next(busy);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const end = endOf(busy, 3000);
  process.kill(busy.pid ?? 0, "SIGKILL");
  const how = await end;
  return { works: how !== undefined, detail: how ?? "it lived on (it ends by itself after 20 s)" };
}

async function parallelCores(): Promise<Finding> {
  const workers = [child("work"), child("work")];
  await Promise.all(workers.map(next));
  const work = async (worker: ChildProcess) => {
    worker.send("work");
    return Number(await next(worker));
  };
  for (const worker of workers) await work(worker);
  const [first] = workers;
  const alone = first ? await work(first) : 0;
  const together = Math.max(...(await Promise.all(workers.map(work))));
  for (const worker of workers) worker.kill();
  const figures = `alone ${alone.toFixed(0)} ms, two at once ${together.toFixed(0)} ms`;
  return { works: together < 1.6 * alone, detail: `${figures}, ${availableParallelism()} cores reported` };
}

async function preloads(): Promise<Finding> {
  const preload = join(tmpdir(), "preload.cjs");
  writeFileSync(preload, "globalThis.preloaded = true;");
  const forked = child("preloaded", ["--require", preload]);
  const answer = await next(forked);
  forked.kill();
  return { works: answer === true, detail: `globalThis.preloaded is ${String(answer)}` };
}

async function watches(): Promise<Finding> {
  const file = join(tmpdir(), "watched.cjs");
  writeFileSync(file, "console.log('version 1'); setInterval(() => {}, 1000);");
  const watcher = spawn("node", ["--watch", file]);
  let printed = "";
  const hear = (bytes: Uint8Array) => {
    printed += String(bytes);
  };
  watcher.stdout.on("data", hear);
  watcher.stderr.on("data", hear);
  const until = async (word: string) => {
    for (let count = 0; count < 60 && !printed.includes(word); count++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  await until("version 1");
  writeFileSync(file, "console.log('version 2'); setInterval(() => {}, 1000);");
  await until("version 2");
  watcher.kill();
  return { works: printed.includes("version 2"), detail: printed.replace(/\s+/g, " ").slice(0, 160) };
}

const checks: Readonly<Record<string, () => Promise<Finding>>> = {
  fork: forkAndIpc,
  tcp: tcpBetweenProcesses,
  cluster: clusterShares,
  sigterm: () => handlesSignal("SIGTERM"),
  sighup: () => handlesSignal("SIGHUP"),
  kill: killsIdle,
  cores: parallelCores,
  require: preloads,
  watch: watches,
  loop: killsLoop,
};

/** What a child of a check does. */
function play(): void {
  const forEver = () => setInterval(() => {}, 1000);
  if (role === "echo") process.on("message", send);
  if (role === "preloaded") send(Reflect.get(globalThis, "preloaded") === true);
  if (role === "serve") {
    const server = createServer((socket) => socket.end(String(process.pid)));
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      send(typeof address === "object" ? address?.port : address);
    });
    return;
  }
  if (role === "work") {
    process.on("message", () => {
      const start = performance.now();
      let total = 0;
      for (let round = 0; round < 30_000_000; round++) total += round % 7;
      send(performance.now() - start + total * 0);
    });
  }
  const caught = /^catch (\w+)$/.exec(role)?.[1];
  if (caught) process.on(caught, () => send(caught));
  if (role !== "preloaded") send("ready");
  if (role === "loop") {
    const end = Date.now() + 20_000;
    setTimeout(() => {
      while (Date.now() < end);
    }, 50);
  }
  forEver();
}

async function main(): Promise<void> {
  const check = checks[name];
  const finding = check
    ? await check().catch((error: unknown) => ({ works: false, detail: String(error) }))
    : { works: false, detail: `There is no check ${name}. There are: ${Object.keys(checks).join(", ")}` };
  tell(process.stdout, { finding });
  process.stdout.write("", () => process.exit(0));
}

if (role === "") void main();
else play();
