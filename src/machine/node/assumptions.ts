/** What the Node machine assumes of WebContainer, tried in a real one by the page `/check/node/`. */
import type { WebContainer } from "@webcontainer/api";
import { assumptionStrings as words } from "../../strings/strings.ts";
import type { Milliseconds } from "../machine.ts";
import { bootContainer } from "./boot.ts";
import { inputOf, readOutput } from "./container-output.ts";
import { LineReader } from "./json-lines.ts";
import { fetchPrograms, mountPrograms, programsFolder } from "./programs.ts";

/** What came of trying one assumption. */
export interface AssumptionResult {
  readonly result: "works" | "does not" | "no answer";
  readonly detail: string;
}

/** Something that the machine, or the files of a lab, rely on or would like to use. */
export interface Assumption {
  /** What is tried, and what depends on it. */
  readonly name: string;
  readonly try: (container: WebContainer) => Promise<AssumptionResult>;
}

const patience: Milliseconds = 20_000;

/** A check of `container/checks.ts`. */
function inContainer(check: keyof typeof words): Assumption {
  return {
    name: words[check],
    try: async (container) => {
      const process = await container.spawn("node", [`${programsFolder}/checks.cjs`, check]);
      let found: AssumptionResult | undefined;
      let printed = "";
      const reader = new LineReader(
        (message) => {
          found = findingOf(message);
        },
        (line) => {
          printed = line;
        },
      );
      await inTime(Promise.all([readOutput(process, (text) => reader.push(text)), process.exit]));
      process.kill();
      return found ?? { result: "no answer", detail: printed };
    },
  };
}

function findingOf(message: unknown): AssumptionResult | undefined {
  const finding: unknown = typeof message === "object" && message !== null && Reflect.get(message, "finding");
  if (typeof finding !== "object" || finding === null) return undefined;
  return {
    result: Reflect.get(finding, "works") === true ? "works" : "does not",
    detail: String(Reflect.get(finding, "detail")),
  };
}

async function inTime(what: Promise<unknown>): Promise<void> {
  await Promise.race([what, new Promise((resolve) => setTimeout(resolve, patience))]);
}

const works = (fact: boolean, detail: string): AssumptionResult => ({ result: fact ? "works" : "does not", detail });

const missingCommand: Assumption = {
  name: words.missingCommand,
  try: async (container) => {
    try {
      const process = await container.spawn("no-such-command");
      const code = await process.exit;
      return works(code === 127, `exit code ${code}`);
    } catch (error) {
      return works(true, `rejected: ${error instanceof Error ? error.message : error}`);
    }
  },
};

const inputReaches: Assumption = {
  name: words.inputReaches,
  try: async (container) => {
    const script = "process.stdin.once('data', (line) => { console.log('got ' + line); process.exit() })";
    const process = await container.spawn("node", ["-e", script]);
    let printed = "";
    const reading = readOutput(process, (text) => {
      printed += text;
    });
    inputOf(process)("hello\n");
    await inTime(Promise.all([reading, process.exit]));
    return works(printed.includes("got hello"), JSON.stringify(printed));
  },
};

const fileWatch: Assumption = {
  name: words.fileWatch,
  try: async (container) => {
    await container.fs.mkdir("watched", { recursive: true });
    const names: string[] = [];
    const watcher = container.fs.watch("watched", { recursive: true }, (_, name) => names.push(String(name)));
    const process = await container.spawn("node", ["-e", "require('fs').writeFileSync('watched/made.txt', 'made')"]);
    await process.exit;
    await new Promise((resolve) => setTimeout(resolve, 500));
    watcher.close();
    return works(names.length > 0, names.join(", "));
  },
};

const fetchFromPage: Assumption = {
  name: words.fetchFromPage,
  try: async (container) => {
    const url = new Promise<string>((resolve) => container.on("server-ready", (_port, address) => resolve(address)));
    const server = await container.spawn("node", [
      "-e",
      "require('http').createServer((_, response) => response.end('hello')).listen(4123)",
    ]);
    const address = await Promise.race([url, new Promise<undefined>((resolve) => setTimeout(resolve, 5000))]);
    try {
      if (address === undefined) return { result: "no answer", detail: "no server-ready event within 5 s" };
      const response = await fetch(address, { signal: AbortSignal.timeout(8000) });
      return works((await response.text()) === "hello", `${address}: status ${response.status}`);
    } catch (error) {
      return works(false, `${address}: ${error instanceof Error ? error.message : error}`);
    } finally {
      server.kill();
    }
  },
};

/** In the order in which they are tried. The last may leave a process that nothing can end. */
export const assumptions: readonly Assumption[] = [
  missingCommand,
  inputReaches,
  fileWatch,
  inContainer("fork"),
  inContainer("tcp"),
  inContainer("require"),
  inContainer("cluster"),
  inContainer("sigterm"),
  inContainer("sighup"),
  inContainer("kill"),
  inContainer("cores"),
  inContainer("watch"),
  fetchFromPage,
  inContainer("loop"),
];

/** A booted WebContainer with the programs that the assumptions need. Rejects with `MachineError`. */
export async function openForChecks(siteRoot: URL): Promise<WebContainer> {
  const container = await bootContainer();
  await mountPrograms(container, await fetchPrograms(siteRoot));
  return container;
}
