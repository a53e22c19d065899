/** Runs a course with this computer's own Python, on loopback. */
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { NativePython } from "../../scripts/native-python.ts";
import { connectTcp } from "../../src/machine/node/container/tcp-connection.ts";
import { converse } from "../../testing/browser/conversation.ts";
import { Output, pause } from "./output.ts";
import {
  type Course,
  markerLogged,
  markerRequest,
  type Observed,
  type Scenario,
  type ScenarioSide,
  withoutMarkers,
} from "./scenario.ts";

const wrapper = fileURLToPath(new URL("on-terminal.py", import.meta.url));
const files = fileURLToPath(new URL("files/", import.meta.url));

const signalNames = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

/** How long nothing is printed before a program counts as having said all, in milliseconds. */
const quiet = 200;

/** Where a port is free; five digits, as the page's own. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** The native servers. */
export class NativeSide implements ScenarioSide {
  /** Where the programs run. */
  readonly folder: string;

  constructor(private readonly python: NativePython) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), "two-servers-reference-")));
  }

  async run({ server, scenarios }: Course, port: number): Promise<ReadonlyMap<string, Observed>> {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder);
    cpSync(files, this.folder, { recursive: true });
    const observed = new Map<string, Observed>();
    if (!server) {
      for (const scenario of scenarios) observed.set(scenario.name, await this.#perform(scenario, port));
      return observed;
    }
    const program = this.#start(server.argv, port);
    try {
      await program.output.until(server.ready);
      if (server.thenPrints) await program.output.untilTimes(server.thenPrints.text, server.thenPrints.times);
      await program.output.settle(quiet);
      observed.set("start", { output: program.output.take() });
      for (const [number, scenario] of scenarios.entries()) {
        const result = await this.#perform(scenario, port);
        if (server.logsRequests) {
          await converse(await connectTcp(port), markerRequest(number));
          await program.output.until(markerLogged(number));
        } else await program.output.settle(quiet);
        observed.set(scenario.name, { ...result, log: withoutMarkers(program.output.take()) });
      }
      process.kill(await program.pid, server.stop);
      observed.set("end", { exit: await program.exit(), output: program.output.take() });
    } finally {
      program.end();
    }
    return observed;
  }

  /** Takes the folder away. */
  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #perform(scenario: Scenario, port: number): Promise<Observed> {
    if ("says" in scenario) {
      const { text, ending } = await converse(await connectTcp(port), scenario.says);
      return { answer: text, ending };
    }
    const program = this.#start(scenario.runs, port, scenario.env);
    try {
      return { exit: await program.exit(), output: program.output.take() };
    } finally {
      program.end();
    }
  }

  #start(argv: readonly string[], port: number, env: Readonly<Record<string, string>> = {}): NativeProgram {
    return new NativeProgram(
      this.python,
      argv.map((word) => word.replace("{port}", String(port))),
      this.folder,
      env,
    );
  }
}

class NativeProgram {
  readonly output = new Output();
  readonly pid: Promise<number>;
  readonly #over: Promise<string>;
  readonly #child: ChildProcess;
  #group: number | undefined;

  constructor(python: NativePython, argv: readonly string[], cwd: string, env: Readonly<Record<string, string>>) {
    this.#child = spawn(join(python.bin, "python"), [wrapper, ...argv], {
      cwd,
      stdio: ["pipe", "pipe", "inherit", "pipe"],
      env: {
        ...python.env,
        HOME: cwd,
        LANG: "C.UTF-8",
        TERM: "xterm-256color",
        GUNICORN_CMD_ARGS: "--no-control-socket",
        PYTHONDONTWRITEBYTECODE: "1",
        ...env,
      },
    });
    this.#child.stdout?.on("data", (bytes: Buffer) => this.output.add(bytes.toString()));
    const pid = Promise.withResolvers<number>();
    const code = Promise.withResolvers<string>();
    let told = "";
    this.#child.stdio[3]?.on("data", (bytes: Buffer) => {
      told += bytes.toString();
      const [first, second] = told.split("\n");
      if (first) {
        this.#group = Number(first);
        pid.resolve(Number(first));
      }
      if (second) code.resolve(exitText(Number(second)));
    });
    this.pid = pid.promise;
    // Not before all that it printed has come.
    this.#over = new Promise((resolve) => this.#child.once("close", resolve)).then(() => code.promise);
  }

  /** Waits until it has ended: `exited 0` or `killed by SIGKILL`. */
  exit(): Promise<string> {
    return Promise.race([this.#over, pause(15_000).then(() => "still running")]);
  }

  /** Ends what is left of it: its terminal made it the leader of a group. */
  end(): void {
    try {
      if (this.#group !== undefined) process.kill(-this.#group, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
    this.#child.kill("SIGKILL");
  }
}

/** Python's way of telling: negative is a signal. */
function exitText(code: number): string {
  return code < 0 ? `killed by ${signalNames.get(-code)}` : `exited ${code}`;
}
