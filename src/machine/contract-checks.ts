/**
 * What every kind of machine must pass: plain functions without a test framework, so that they can run inside a page.
 * A kind brings a fixture: the commands that do on it what the checks need.
 */
import type { LoadPlan } from "../load/plan.ts";
import {
  type Capabilities,
  FileError,
  type Host,
  type HttpResponse,
  type Machine,
  type Milliseconds,
  type Port,
  type Process,
  type RequestEvent,
} from "./machine.ts";

/** How one kind of machine does what the checks need. Commands run in the home directory, where `files` are. */
export interface ContractFixture {
  /** Written before each check, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Prints `out: ` and the variable GREETING, and exits with 3. */
  readonly printer: readonly string[];
  /** Reads a line and prints it in upper case. */
  readonly reader: readonly string[];
  /** Prints its working directory's files, then writes `made.txt` with `made` in it. */
  readonly writer: readonly string[];
  /** Checks that it is for, by their names, where another fixture has gone through the rest. Left out: all. */
  readonly only?: RegExp;
  /** The computer is emulated: all takes longer, and a second of load gives fewer answers. Left out: it is not. */
  readonly emulated?: boolean;
  /** Two hosts that all checks share, where making one takes long. Left out: each check gets fresh ones. */
  readonly hosts?: readonly [host: string, other: string];
  /** Serves until it is ended. Answers `/` with `Hello`, `/io` after 100 ms, anything else with 404. */
  readonly server: (port: Port) => readonly string[];
}

/** One thing that a machine must do. */
export interface ContractCheck {
  readonly name: string;
  /** What the machine must be capable of for this to make sense. Left out: nothing special. */
  readonly needs?: (capabilities: Capabilities) => boolean;
  /** Throws if the machine does something else. `hosts` are two fresh ones. */
  readonly run: (context: ContractContext) => Promise<void>;
}

/** What a check works with. */
export interface ContractContext {
  readonly machine: Machine;
  readonly fixture: ContractFixture;
  readonly host: Host;
  readonly other: Host;
}

/** What came of a check. */
export type ContractResult =
  | { readonly name: string; readonly outcome: "passed" | "not capable" }
  | { readonly name: string; readonly outcome: "failed"; readonly why: string };

const home = "/home/student";
const port: Port = 5180;
/** Of one wait inside a check: usually, and on an emulated computer. */
const [usualPatience, longPatience]: readonly [Milliseconds, Milliseconds] = [20_000, 60_000];
let patience = usualPatience;

/** Runs all checks on a machine, each on hosts of its own, then disposes it. */
export async function checkContract(machine: Machine, fixture: ContractFixture): Promise<readonly ContractResult[]> {
  const results: ContractResult[] = [];
  patience = fixture.emulated ? longPatience : usualPatience;
  for (const [index, { name, needs, run }] of contractChecks.entries()) {
    if (fixture.only && !fixture.only.test(name)) continue;
    if (needs && !needs(machine.capabilities)) {
      results.push({ name, outcome: "not capable" });
      continue;
    }
    const names = fixture.hosts ?? [`check-${index}`, `check-${index}-other`];
    const [host, other] = await Promise.all([machine.host(names[0]), machine.host(names[1])]);
    try {
      for (const [path, text] of Object.entries(fixture.files)) await host.writeFile(`${home}/${path}`, text);
      await inTime(name, run({ machine, fixture, host, other }));
      results.push({ name, outcome: "passed" });
    } catch (error) {
      results.push({ name, outcome: "failed", why: error instanceof Error ? error.message : String(error) });
    } finally {
      await Promise.all([host, other].map((each) => cleared(each, fixture.hosts !== undefined))).catch(() => {});
    }
  }
  machine.dispose();
  return results;
}

/** Ends what a check has left running, and takes its files away where the next check gets the same host. */
async function cleared(host: Host, shared: boolean): Promise<void> {
  await host.stop();
  if (!shared) return;
  for (const path of await host.listFiles(home)) await host.removeFile(path);
}

function inTime<T>(what: string, promise: Promise<T>, within = 3 * patience): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing within ${within} ms`)), within);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function equal(what: string, actual: unknown, expected: unknown): void {
  const [is, shouldBe] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== shouldBe) throw new Error(`${what}: ${is} instead of ${shouldBe}`);
}

function holds(what: string, fact: boolean): void {
  if (!fact) throw new Error(`Not so: ${what}`);
}

/** What a `FileError` says; of anything else, the error as text. */
function fileErrorOf(error: unknown): unknown {
  return error instanceof FileError ? { path: error.path, errno: error.errno } : String(error);
}

/** Resolves with what `promise` rejects with. */
async function rejection(what: string, promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`${what} did not fail`);
}

async function until(what: string, condition: () => boolean): Promise<void> {
  const from = performance.now();
  while (!condition()) {
    if (performance.now() - from > patience) throw new Error(`It never happened: ${what}`);
    await pause(20);
  }
}

function pause(ms: Milliseconds): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** What a process prints, as text that grows. */
function printed(process: Process): () => string {
  const decoder = new TextDecoder();
  let text = "";
  process.onOutput((bytes) => {
    text += decoder.decode(bytes, { stream: true });
  });
  return () => text;
}

async function serve({ fixture }: ContractContext, host: Host, on = port): Promise<Process> {
  const process = await host.spawn(fixture.server(on));
  const output = printed(process);
  try {
    await until(`port ${on} is open`, () => host.ports.get().includes(on));
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}. Printed: ${output()}`);
  }
  return process;
}

const bodyOf = (response: HttpResponse) => new TextDecoder().decode(response.body);

const plan: LoadPlan = {
  name: "contract",
  model: { kind: "closed", users: 4 },
  requests: [{ path: "/io" }],
  duration: 1000,
  timeout: 10_000,
  seed: 1,
};

/** In the order in which they build on each other. */
export const contractChecks: readonly ContractCheck[] = [
  {
    name: "files: written, read, listed, removed",
    run: async ({ host }) => {
      await host.writeFile(`${home}/a/b/ü.txt`, "Grüße");
      await host.writeFile(`${home}/bytes.bin`, new Uint8Array([0, 255, 10]));
      equal("text", new TextDecoder().decode(await host.readFile(`${home}/a/b/ü.txt`)), "Grüße");
      equal("bytes", [...(await host.readFile(`${home}/bytes.bin`))], [0, 255, 10]);
      const list = await host.listFiles(home);
      holds("both are listed", list.includes(`${home}/a/b/ü.txt`) && list.includes(`${home}/bytes.bin`));
      equal("sorted", list, [...list].sort());
      await host.removeFile(`${home}/bytes.bin`);
      const removed = `${home}/bytes.bin`;
      equal("reading a removed file", fileErrorOf(await rejection("Reading it", host.readFile(removed))), {
        path: removed,
        errno: "ENOENT",
      });
      equal("removing a removed file", fileErrorOf(await rejection("Removing it", host.removeFile(removed))), {
        path: removed,
        errno: "ENOENT",
      });
    },
  },
  {
    name: "spawn: output, also for who listens late; environment; exit code",
    run: async ({ host, fixture }) => {
      const process = await host.spawn(fixture.printer, { env: { GREETING: "hello" } });
      const early = printed(process);
      equal("exit", await process.exit, { kind: "exited", code: 3 });
      await until("the output comes", () => early().includes("out: hello"));
      const late = printed(process);
      await until("all output comes again", () => late() === early());
    },
  },
  {
    name: "spawn: input",
    run: async ({ host, fixture }) => {
      const process = await host.spawn(fixture.reader);
      const output = printed(process);
      process.input(new TextEncoder().encode("shout\n"));
      await until("the answer comes", () => output().includes("SHOUT"));
      await process.exit;
    },
  },
  {
    name: "spawn: a command that does not exist says so and exits 127",
    run: async ({ host }) => {
      const process = await host.spawn(["no-such-command"]);
      const output = printed(process);
      equal("exit", await process.exit, { kind: "exited", code: 127 });
      await until("it says so", () => output().includes("not found"));
    },
  },
  {
    name: "files: what a program writes is told, and restoreFiles undoes it",
    run: async ({ host, fixture }) => {
      const changed: string[] = [];
      host.onFileChange((path) => changed.push(path));
      const [known = ""] = Object.keys(fixture.files);
      await (await host.spawn(fixture.writer)).exit;
      await until("the change is told", () => changed.includes(`${home}/made.txt`));
      equal("made", new TextDecoder().decode(await host.readFile(`${home}/made.txt`)).trim(), "made");
      await host.stop();
      await host.restoreFiles();
      holds("it is gone", !(await host.listFiles(home)).includes(`${home}/made.txt`));
      equal("the page's", new TextDecoder().decode(await host.readFile(`${home}/${known}`)), fixture.files[known]);
    },
  },
  {
    name: "ports: open and close, observed",
    run: async (context) => {
      const seen: (readonly Port[])[] = [];
      const unsubscribe = context.host.ports.subscribe((ports) => seen.push(ports));
      equal("at once", seen, [[]]);
      await serve(context, context.host);
      await context.host.stop();
      await until("the port is closed", () => context.host.ports.get().length === 0);
      holds(
        "the opening was told",
        seen.some((ports) => ports.includes(port)),
      );
      unsubscribe();
    },
  },
  {
    name: "request: an answer with status, headers and body; refused where nothing listens",
    run: async (context) => {
      await rejection("A request to a closed port", context.host.request(port, { path: "/" }));
      await serve(context, context.host);
      const response = await context.host.request(port, { path: "/" });
      equal("status", response.status, 200);
      holds("the body says Hello", bodyOf(response).includes("Hello"));
      holds("there are headers", response.headers.length > 0);
      equal("missing page", (await context.host.request(port, { path: "/nowhere" })).status, 404);
    },
  },
  {
    name: "request: its time-out",
    run: async (context) => {
      await serve(context, context.host);
      await rejection("A slow page", context.host.request(port, { path: "/io", timeout: 20 }));
    },
  },
  {
    name: "connect: a byte stream",
    needs: ({ connect }) => connect,
    run: async (context) => {
      await serve(context, context.host);
      const connection = await context.host.connect(port);
      await connection.write(new TextEncoder().encode("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n"));
      let text = "";
      for (let bytes = await connection.read(); bytes !== null; bytes = await connection.read()) {
        text += new TextDecoder().decode(bytes);
      }
      connection.close();
      holds("it answers in HTTP", /^HTTP\/1\.\d 200/.test(text));
    },
  },
  {
    name: "load: ticks, then a report",
    run: async (context) => {
      await serve(context, context.host);
      // An open port says that the server listens, not that its worker has loaded the app.
      await context.host.request(port, { path: "/" });
      const run = context.host.load(port, plan);
      let ticks = 0;
      run.onTick(() => ticks++);
      const report = await run.report;
      equal("end", report.end, "complete");
      equal("failures", report.failed, {});
      holds(
        `about 40 answers (${report.done})`,
        report.done > (context.fixture.emulated ? 3 : 10) && report.done <= 44,
      );
      holds("the wait of the page shows", (report.latency.p50 ?? 0) >= 95);
      holds(`about ten ticks (${ticks})`, ticks >= 8);
    },
  },
  {
    name: "load: stopped, and refused",
    run: async (context) => {
      const refused = await context.host.load(port, { ...plan, duration: 300 }).report;
      holds("nobody listens", (refused.failed.refused ?? 0) > 0 && refused.done === 0);
      await serve(context, context.host);
      const run = context.host.load(port, { ...plan, duration: 30_000 });
      await pause(700);
      run.stop();
      equal("end", (await run.report).end, "stopped");
    },
  },
  {
    name: "processes: observed while they live",
    run: async (context) => {
      // What was stopped before may be told of a moment later.
      await until("nothing runs at first", () => context.host.processes.get().length === 0);
      const process = await serve(context, context.host);
      const row = context.host.processes.get().find(({ pid }) => pid === process.pid);
      holds("the started process has a row", row !== undefined && row.title !== "" && row.state !== "zombie");
      await context.host.request(port, { path: "/" });
      await until("its answer is counted", () => context.host.processes.get().some(({ requests }) => requests === 1));
      await context.host.stop();
      await until("no row is left", () => context.host.processes.get().length === 0);
    },
  },
  {
    name: "kill: SIGKILL ends a process, and says so",
    run: async (context) => {
      const process = await serve(context, context.host);
      await context.host.kill(process.pid, "SIGKILL");
      equal("exit", await process.exit, { kind: "killed", signal: "SIGKILL" });
      await rejection("Killing it again", context.host.kill(process.pid, "SIGKILL"));
    },
  },
  {
    name: "kill: other signals",
    needs: ({ signals }) => signals,
    run: async (context) => {
      const process = await serve(context, context.host);
      await context.host.kill(process.pid, "SIGTERM");
      await process.exit;
    },
  },
  {
    name: "kill: signals that it cannot send are refused, not swallowed",
    needs: ({ signals }) => !signals,
    run: async (context) => {
      const process = await serve(context, context.host);
      await rejection("SIGHUP", context.host.kill(process.pid, "SIGHUP"));
    },
  },
  {
    name: "request events: queued, accepted by a process, ended",
    needs: ({ requestEvents }) => requestEvents,
    run: async (context) => {
      const events = new Map<number, RequestEvent>();
      context.host.onRequestEvent((some) => {
        for (const event of some) events.set(event.id, { ...events.get(event.id), ...event });
      });
      await serve(context, context.host);
      await context.host.request(port, { path: "/io" });
      const ended = () => [...events.values()].find(({ end }) => end !== undefined);
      await until("a request has ended", () => ended() !== undefined);
      const event = ended();
      if (event?.accepted === undefined || event.end === undefined) throw new Error("It was never accepted");
      equal("outcome", event.outcome, "answered");
      equal("port", event.port, port);
      const { queued, accepted, end } = event;
      holds("in order", queued <= accepted && accepted <= end);
      holds(`it took about 100 ms (${end - queued})`, end - queued >= 95);
      holds(
        "a process of the host took it",
        context.host.processes.get().some(({ pid }) => pid === event.pid),
      );
      holds("on the machine's clock", Math.abs(context.machine.now() - end) < 10_000);
    },
  },
  {
    name: "hosts are apart: files, processes, ports",
    run: async (context) => {
      const { host, other, fixture } = context;
      for (const [path, text] of Object.entries(fixture.files)) await other.writeFile(`${home}/${path}`, text);
      await host.writeFile(`${home}/mine.txt`, "mine");
      await rejection("Reading the other's file", other.readFile(`${home}/mine.txt`));
      await Promise.all([serve(context, host), serve(context, other, port + 1)]);
      equal("ports here", host.ports.get(), [port]);
      equal("ports there", other.ports.get(), [port + 1]);
      const pids = new Set(host.processes.get().map(({ pid }) => pid));
      holds("processes there", other.processes.get().length > 0);
      await host.stop();
      equal("after stop", other.ports.get(), [port + 1]);
      equal("it still answers", (await other.request(port + 1, { path: "/" })).status, 200);
      holds("pids were here", pids.size > 0);
    },
  },
  {
    name: "stop: everything ends, and can be started again",
    run: async (context) => {
      const process = await serve(context, context.host);
      await context.host.stop();
      // What begins next is not to be taken for what ran before.
      equal("processes", context.host.processes.get(), []);
      equal("ports", context.host.ports.get(), []);
      await process.exit;
      await serve(context, context.host);
      equal("status", (await context.host.request(port, { path: "/" })).status, 200);
    },
  },
];
