/** A machine without the lab around it, for tests: hosts with files, programs and ports, driven from the test. */
import { fileURLToPath } from "node:url";
import { type Page, test as playwrightTest } from "@playwright/test";
import { build } from "esbuild";
import type { LoadPlan, LoadReport } from "../../src/load/plan.ts";
import type {
  ExitStatus,
  HttpRequest,
  Pid,
  Port,
  ProcessInfo,
  RequestEvent,
  Signal,
  SpawnOptions,
} from "../../src/machine/machine.ts";
import type { MachineAnswer, MachineDriver } from "./machine-in-page.ts";
import { pages } from "./site.ts";
import { SystemCallTrace, traceable } from "./system-call-trace.ts";

/** Where programs run unless told otherwise. */
export const home = "/home/student";
/** How long a server may take to say what is expected of it, in milliseconds. */
const patience = 25_000;

let script: Promise<string> | undefined;

/** The machine's code and its driver, for a page. */
function pageScript(): Promise<string> {
  script ??= build({
    entryPoints: [fileURLToPath(new URL("machine-in-page.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2024",
    define: { "import.meta.env": "{}" },
    logLevel: "error",
  }).then(({ outputFiles: [file] }) => file?.text ?? "");
  return script;
}

/**
 * Gives a page of the built site `globalThis.openMachine`.
 *
 * The script comes as one of the site's own, because policies stay in force: the page's, and the sealed frame's above
 * all.
 */
export async function addMachineCode(page: Page): Promise<void> {
  const url = new URL("machine-under-test.js", page.url()).href;
  const content = await pageScript();
  await page.route(url, (route) => route.fulfill({ contentType: "text/javascript", body: content }));
  // No script of the page gives a script its address: its policy would refuse that.
  await page.evaluate(`import(${JSON.stringify(url)}).then(() => undefined)`);
}

/** A process that a test has started. */
export class Running {
  constructor(
    private readonly page: Page,
    private readonly host: string,
    private readonly id: number,
    readonly pid: Pid,
  ) {}

  /** What its terminal has shown so far, lines ended by `\n`. */
  output(): Promise<string> {
    return this.page.evaluate((id) => machineDriver.output(id), this.id);
  }

  /** What it has sent to its terminal, escape sequences and all, from the `begin`th character on. */
  sent(begin: number): Promise<string> {
    return this.page.evaluate(({ id, begin }) => machineDriver.sent(id, begin), { id: this.id, begin });
  }

  /** Waits until the output matches; the whole output. Fails at once if the process ends without. */
  async prints(pattern: RegExp, milliseconds = patience): Promise<string> {
    const { found, output, exit } = await this.page.evaluate(
      ({ id, source, flags, milliseconds }) => machineDriver.heard(id, source, flags, milliseconds),
      { id: this.id, source: pattern.source, flags: pattern.flags, milliseconds },
    );
    if (found) return output;
    const how = exit === undefined ? `did not print it in ${milliseconds} ms` : `ended (${JSON.stringify(exit)})`;
    throw new Error(`Waited for ${pattern}: the process ${how}. It printed:\n${output}`);
  }

  /** How it ended, once it has. */
  async exit(milliseconds = patience): Promise<ExitStatus> {
    const { exit, output } = await this.page.evaluate(
      // `[]` matches nothing.
      ({ id, milliseconds }) => machineDriver.heard(id, "[]", "", milliseconds),
      { id: this.id, milliseconds },
    );
    if (exit === undefined) throw new Error(`It has not ended after ${milliseconds} ms. It printed:\n${output}`);
    return exit;
  }

  /** Types at its terminal. */
  async type(text: string): Promise<void> {
    await this.page.evaluate(({ id, text }) => machineDriver.input(id, text), { id: this.id, text });
  }

  /** Gives its terminal another size, in characters. */
  async resize(columns: number, rows: number): Promise<void> {
    const { id, page } = this;
    await page.evaluate(({ id, columns, rows }) => machineDriver.resize(id, columns, rows), { id, columns, rows });
  }

  async kill(signal: Signal): Promise<void> {
    const { host, pid } = this;
    await this.page.evaluate(({ host, pid, signal }) => machineDriver.kill(host, pid, signal), { host, pid, signal });
  }
}

/** A connection that a test has opened. */
export class TestConnection {
  constructor(
    private readonly page: Page,
    private readonly id: number,
  ) {}

  async write(text: string): Promise<void> {
    await this.page.evaluate(({ id, text }) => machineDriver.write(id, text), { id: this.id, text });
  }

  /** Everything until the server's end, or the failure. */
  readAll(): Promise<{ text: string; failure: string | undefined }> {
    return this.page.evaluate((id) => machineDriver.readAll(id), this.id);
  }

  async end(): Promise<void> {
    await this.page.evaluate((id) => machineDriver.endConnection(id), this.id);
  }

  async close(): Promise<void> {
    await this.page.evaluate((id) => machineDriver.closeConnection(id), this.id);
  }
}

/** One host of the machine under test. */
export class PageComputer {
  constructor(
    readonly page: Page,
    readonly name: string,
  ) {}

  /** Writes a file; paths without a leading slash are in the home folder. */
  async write(path: string, text: string): Promise<void> {
    const absolute = path.startsWith("/") ? path : `${home}/${path}`;
    await this.page.evaluate(({ name, path, text }) => machineDriver.writeFile(name, path, text), {
      name: this.name,
      path: absolute,
      text,
    });
  }

  async read(path: string): Promise<string> {
    const absolute = path.startsWith("/") ? path : `${home}/${path}`;
    return this.page.evaluate(({ name, path }) => machineDriver.readFile(name, path), {
      name: this.name,
      path: absolute,
    });
  }

  async start(argv: readonly string[], options: SpawnOptions = {}): Promise<Running> {
    const { id, pid } = await this.page.evaluate(
      ({ name, argv, options }) => machineDriver.spawn(name, argv, options),
      { name: this.name, argv, options },
    );
    return new Running(this.page, this.name, id, pid);
  }

  /** Runs a program to its end. */
  async run(argv: readonly string[], options: SpawnOptions = {}): Promise<{ output: string; exit: ExitStatus }> {
    const process = await this.start(argv, options);
    const exit = await process.exit();
    return { exit, output: await process.output() };
  }

  /** Runs a Python script; what it printed. It must end well. */
  async python(source: string): Promise<string> {
    await this.write("script.py", source);
    const { output, exit } = await this.run(["python", "script.py"]);
    if (exit.kind !== "exited" || exit.code !== 0) {
      throw new Error(`The script ended with ${JSON.stringify(exit)}. It printed:\n${output}`);
    }
    return output;
  }

  async kill(pid: Pid, signal: Signal): Promise<void> {
    await this.page.evaluate(({ name, pid, signal }) => machineDriver.kill(name, pid, signal), {
      name: this.name,
      pid,
      signal,
    });
  }

  /** Waits until all its programs wait, at most so many milliseconds. */
  async rests(milliseconds: number): Promise<void> {
    await this.page.evaluate(({ name, milliseconds }) => machineDriver.rests(name, milliseconds), {
      name: this.name,
      milliseconds,
    });
  }

  processes(): Promise<readonly ProcessInfo[]> {
    return this.page.evaluate((name) => machineDriver.table(name), this.name);
  }

  /** Processes that live and have this parent, by pid. */
  async childrenOf(pid: Pid): Promise<readonly Pid[]> {
    const table = await this.processes();
    return table.filter(({ parent, state }) => parent === pid && state !== "zombie").map((process) => process.pid);
  }

  ports(): Promise<readonly Port[]> {
    return this.page.evaluate((name) => machineDriver.ports(name), this.name);
  }

  request(port: Port, request: HttpRequest | string): Promise<MachineAnswer> {
    return this.page.evaluate(({ name, port, request }) => machineDriver.request(name, port, request), {
      name: this.name,
      port,
      request: typeof request === "string" ? { path: request } : request,
    });
  }

  async connect(port: Port): Promise<TestConnection> {
    const id = await this.page.evaluate(({ name, port }) => machineDriver.connect(name, port), {
      name: this.name,
      port,
    });
    return new TestConnection(this.page, id);
  }

  load(port: Port, plan: LoadPlan): Promise<LoadReport> {
    return this.page.evaluate(({ name, port, plan }) => machineDriver.load(name, port, plan), {
      name: this.name,
      port,
      plan,
    });
  }

  /** From now on request events are kept. */
  async watchRequests(): Promise<void> {
    await this.page.evaluate((name) => machineDriver.watchRequests(name), this.name);
  }

  /** What is known last of each request. */
  requestEvents(): Promise<readonly RequestEvent[]> {
    return this.page.evaluate((name) => machineDriver.requestEvents(name), this.name);
  }

  async stop(): Promise<void> {
    await this.page.evaluate((name) => machineDriver.stop(name), this.name);
  }

  async restoreFiles(): Promise<void> {
    await this.page.evaluate((name) => machineDriver.restoreFiles(name), this.name);
  }
}

/** A machine that is open, and the page that it runs in. */
export interface OpenedMachine {
  readonly page: Page;
  readonly about: ReturnType<MachineDriver["about"]>;
  readonly trace: SystemCallTrace;
}

let hosts = 0;

/**
 * Playwright's test with a machine and, for each test, a computer of its own in it. The machine is opened once for all:
 * it must bear that. Every process of a computer ends with its test.
 */
export const test = playwrightTest.extend<{ computer: PageComputer }, { machine: OpenedMachine }>({
  machine: [
    async ({ browser }, use, { project }) => {
      const { baseURL } = project.use;
      if (baseURL === undefined) throw new Error("The tests have no address to go to");
      const context = await browser.newContext({ baseURL });
      const page = await context.newPage();
      const trace = new SystemCallTrace(page);
      await page.goto(traceable(pages.concept));
      await addMachineCode(page);
      const about = await page.evaluate(async (siteRoot) => {
        globalThis.machineDriver = await MachineUnderTest.open(siteRoot);
        return machineDriver.about();
      }, baseURL);
      await use({ page, about, trace });
      await context.close();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  computer: async ({ machine }, use, testInfo) => {
    machine.trace.forget();
    hosts += 1;
    const computer = new PageComputer(machine.page, `computer-${hosts}`);
    await use(computer);
    await machine.trace.attachTo(testInfo);
    await computer.stop();
  },
});

export { expect } from "@playwright/test";
