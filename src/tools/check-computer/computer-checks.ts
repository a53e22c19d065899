/** What is tried on a computer: each kind of lab, and what it stands on. */
import { type Host, type Machine, MachineError, type MachineKind, type OpenOptions } from "../../machine/machine.ts";
import { checkComputerStrings } from "../../strings/strings.ts";

const words = checkComputerStrings;

/** How something was found. "not here": this site does not offer it. */
export type ComputerState = "works" | "slow" | "does not" | "not here";

/** What was found of one thing, in a sentence or two. */
export interface CheckedState {
  readonly finding: ComputerState;
  readonly detail: string;
}

/** One thing that is tried. */
export interface ComputerCheck {
  readonly name: string;
  /** Never rejects: what goes wrong is a result. */
  readonly run: () => Promise<CheckedState>;
}

/** What the checks have to do with. */
export interface CheckContext {
  readonly siteRoot: URL;
  readonly open: (kind: MachineKind, options: OpenOptions) => Promise<Machine>;
}

/** A first start that takes longer is no fun in class, in milliseconds. */
const slowStart = 20_000;
/** A first download that takes longer, in milliseconds. */
const slowDownload = 30_000;
/** What the first lab loads, in bytes. */
const firstLab = 8_000_000;
/** How long a server, and a whole Debian, may take, in milliseconds. */
const serverWithin = 60_000;
const linuxWithin = 180_000;
const port = 5000;

const app = `from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    return "Hello"
`;

/** The checks, in the order in which they are run: each stands on those before it. */
export function computerChecks(context: CheckContext): readonly ComputerCheck[] {
  const checks: readonly (readonly [name: string, run: () => Promise<CheckedState>])[] = [
    [words.names.browser, checkBrowser],
    [words.names.storage, checkStorage],
    [words.names.network, () => checkNetwork(context.siteRoot)],
    [words.names.python, () => checkPython(context)],
    [words.names.linux, () => checkLinux(context)],
  ];
  return checks.map(([name, run]) => ({ name, run: () => run().catch(failed) }));
}

/** The worst that was found: what a class has to know. */
export function verdictOf(results: readonly CheckedState[]): Exclude<ComputerState, "not here"> {
  const found = (finding: ComputerState) => results.some((result) => result.finding === finding);
  if (found("does not")) return "does not";
  return found("slow") ? "slow" : "works";
}

function failed(error: unknown): CheckedState {
  const remedy = error instanceof MachineError ? ` ${error.remedy}` : "";
  return { finding: "does not", detail: (error instanceof Error ? error.message : String(error)) + remedy };
}

async function checkBrowser(): Promise<CheckedState> {
  if (typeof WebAssembly !== "object" || !("Suspending" in WebAssembly)) {
    return { finding: "does not", detail: words.details.noSuspending };
  }
  const cores = navigator.hardwareConcurrency;
  // Only some browsers say, and none says more than 8.
  const gigabytes: unknown = Reflect.get(navigator, "deviceMemory");
  const memory = typeof gigabytes === "number" ? words.details.memory(gigabytes) : "";
  const detail = words.details.browser(cores, memory);
  return cores < 2 ? { finding: "slow", detail: `${detail} ${words.details.fewCores}` } : { finding: "works", detail };
}

/** A lab keeps what it has loaded in Cache Storage. */
async function checkStorage(): Promise<CheckedState> {
  const name = "two-servers-check";
  try {
    const cache = await caches.open(name);
    await cache.put("https://check.invalid/", new Response("kept"));
    await caches.delete(name);
    return { finding: "works", detail: words.details.kept };
  } catch {
    return { finding: "slow", detail: words.details.notKept };
  }
}

/** Loads the largest part of the Python machine past every cache, and says how long all of it would take. */
async function checkNetwork(siteRoot: URL): Promise<CheckedState> {
  const folder = new URL("machine/python/", siteRoot);
  const manifest = await (await fetchAnew(new URL("manifest.json", folder))).json();
  const file: unknown = manifest?.parts?.["pyodide.asm.wasm"]?.file;
  if (typeof file !== "string") throw new Error(`${new URL("manifest.json", folder).pathname} names no interpreter`);
  const began = performance.now();
  const { byteLength } = await (await fetchAnew(new URL(file, folder))).arrayBuffer();
  const took = performance.now() - began;
  const first = (took * firstLab) / byteLength;
  const detail = words.details.network(byteLength, took, first);
  return { finding: first > slowDownload ? "slow" : "works", detail };
}

async function fetchAnew(url: URL): Promise<Response> {
  const response = await fetch(url, { cache: "no-store" });
  if (!response.ok) throw new Error(`${url.pathname}: ${response.status} ${response.statusText}`);
  return response;
}

/** Opens the Python machine, starts `flask run` and asks it for a page. */
async function checkPython({ siteRoot, open }: CheckContext): Promise<CheckedState> {
  const began = performance.now();
  const machine = await open("python", { siteRoot });
  try {
    const opened = performance.now() - began;
    const host = await machine.host("check");
    await host.writeFile("/home/student/app.py", app);
    await host.spawn(["flask", "run", "--port", String(port)], { cwd: "/home/student" });
    await listening(host);
    const { status } = await host.request(port, { path: "/", timeout: serverWithin });
    const answered = performance.now() - began - opened;
    await host.stop();
    if (status !== 200) return { finding: "does not", detail: words.details.wrongAnswer(status) };
    const finding = opened + answered > slowStart ? "slow" : "works";
    return { finding, detail: words.details.answered(opened, answered) };
  } finally {
    machine.dispose();
  }
}

/** Resolves once something listens on the port. */
async function listening(host: Host): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(new Error(words.details.noServer(serverWithin))), serverWithin);
  const leave = host.ports.subscribe((ports) => {
    if (ports.includes(port)) resolve();
  });
  await promise.finally(() => {
    clearTimeout(timer);
    leave();
  });
}

/** Opens the Linux machine, if the site's host has it. */
async function checkLinux({ siteRoot, open }: CheckContext): Promise<CheckedState> {
  const began = performance.now();
  try {
    const machine = await open("linux", { siteRoot, signal: AbortSignal.timeout(linuxWithin) });
    const opened = performance.now() - began;
    machine.dispose();
    return { finding: opened > slowStart ? "slow" : "works", detail: words.details.started(opened) };
  } catch (error) {
    if (error instanceof MachineError && error.cause === "image-missing") {
      return { finding: "not here", detail: error.message };
    }
    if (error instanceof DOMException && error.name === "TimeoutError") {
      throw new Error(words.details.notOpened(linuxWithin));
    }
    throw error;
  }
}
