/** Runs a course on the Python machine, in the page. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Part, Said } from "../../testing/browser/conversation.ts";
import { home, type PageComputer, type Running } from "../../testing/browser/machine.ts";
import { pause } from "./output.ts";
import {
  type Course,
  markerLogged,
  markerRequest,
  type Observed,
  type Scenario,
  type ScenarioSide,
  withoutMarkers,
} from "./scenario.ts";

const files = fileURLToPath(new URL("files/", import.meta.url));

/** How long a program may take to print as many lines as the native one did, in milliseconds. */
const patience = 6000;

/** The servers in the page. */
export class PageSide implements ScenarioSide {
  #shown = 0;

  /** `native`: what the other side has observed, which says how many lines to wait for. */
  constructor(
    private readonly computer: PageComputer,
    private readonly native: ReadonlyMap<string, Observed>,
  ) {}

  async run({ server, scenarios, installs }: Course, port: number): Promise<ReadonlyMap<string, Observed>> {
    if (installs) {
      const { output, exit } = await this.computer.run(["pip", "install", "--quiet", ...installs]);
      if (exit.kind !== "exited" || exit.code !== 0) throw new Error(`pip installs nothing: ${output}`);
    }
    for (const name of readdirSync(files)) {
      if (name.endsWith(".py")) await this.computer.write(name, readFileSync(`${files}/${name}`, "utf8"));
    }
    const observed = new Map<string, Observed>();
    if (!server) {
      for (const scenario of scenarios) observed.set(scenario.name, await this.#perform(scenario, port));
      return observed;
    }
    const program = await this.#start(server.argv, port);
    await program.prints(server.ready);
    observed.set("start", { output: await this.#printed(program, this.native.get("start")?.["output"]) });
    for (const [number, scenario] of scenarios.entries()) {
      const result = await this.#perform(scenario, port);
      let log: string;
      if (server.logsRequests) {
        await this.#converse(port, markerRequest(number));
        await program.prints(markerLogged(number));
        log = withoutMarkers(await this.#taken(program));
      } else log = await this.#printed(program, this.native.get(scenario.name)?.["log"]);
      observed.set(scenario.name, { ...result, log });
    }
    await program.kill(server.stop);
    const exit = exitText(await program.exit());
    observed.set("end", { exit, output: await this.#printed(program, this.native.get("end")?.["output"]) });
    return observed;
  }

  async #perform(scenario: Scenario, port: number): Promise<Observed> {
    if ("says" in scenario) {
      const { text, ending } = await this.#converse(port, scenario.says);
      return { answer: text, ending };
    }
    const program = await this.#start(scenario.runs, port, scenario.env);
    const exit = exitText(await program.exit());
    return { exit, output: await program.output() };
  }

  #converse(port: number, parts: readonly Part[]): Promise<Said> {
    const { name, page } = this.computer;
    return page.evaluate(({ name, port, parts }) => machineDriver.converse(name, port, parts), { name, port, parts });
  }

  #start(argv: readonly string[], port: number, env: Readonly<Record<string, string>> = {}): Promise<Running> {
    const words = argv.map((word) => word.replace("{port}", String(port)));
    return this.computer.start(words, { cwd: home, env });
  }

  /** What the server has printed since the last time, once it is as much as natively, or never will be. */
  async #printed(program: Running, expected = ""): Promise<string> {
    const lines = (text: string) => text.split("\n").length;
    const deadline = performance.now() + patience;
    let output = (await program.output()).slice(this.#shown);
    while (lines(output) < lines(expected) && performance.now() < deadline) {
      await pause(25);
      output = (await program.output()).slice(this.#shown);
    }
    await pause(50);
    return this.#taken(program);
  }

  async #taken(program: Running): Promise<string> {
    const output = (await program.output()).slice(this.#shown);
    this.#shown += output.length;
    return output;
  }
}

function exitText(status: Awaited<ReturnType<Running["exit"]>>): string {
  return status.kind === "exited" ? `exited ${status.code}` : `killed by ${status.signal}`;
}
