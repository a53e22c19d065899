/**
 * Says within two minutes whether a change is right, as far as that can be said: types, lint, the unit tests that reach
 * what has changed, and the browser tests that belong to it. `npm test` says it for sure.
 *
 *     npm run test:quick [-- --since <commit>]
 *
 * What has changed is what is not committed yet; on a branch also what it has that main has not.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import { browserTestsOf, unitTestsBesides } from "./quick-tests.ts";

/** No browser test begins later than this, in seconds, but the first; the others are named. */
const lastBegin = 75;

const { values } = parseArgs({ options: { since: { type: "string" } } });

function git(...args: string[]): string[] {
  const output = execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return output.split("\n").filter((line) => line !== "");
}

/** Where the branch left main; the last commit where there is no main. */
function base(): string {
  try {
    return git("merge-base", "HEAD", "main")[0] ?? "HEAD";
  } catch {
    return "HEAD";
  }
}

function changedFiles(): string[] {
  const changed = git("diff", "--name-only", values.since ?? base());
  return [...new Set([...changed, ...git("ls-files", "--others", "--exclude-standard")])].filter((path) =>
    existsSync(path),
  );
}

/** A step with a name, which ends well or says why not. */
async function step(name: string, command: string, args: readonly string[]): Promise<boolean> {
  const began = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => {
      output += text;
    });
  }
  const [code] = await once(child, "close");
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${code === 0 ? "✓" : "✗"} ${name} (${seconds} s)`);
  if (code !== 0) console.log(output);
  return code === 0;
}

/** The first that fails ends a chain. */
async function chain(steps: readonly (() => Promise<boolean>)[]): Promise<boolean> {
  for (const next of steps) if (!(await next())) return false;
  return true;
}

/** Sources of the site that were written after it was built. */
function newerThanSite(): string[] {
  if (!existsSync("dist/index.html")) return ["dist/"];
  const built = statSync("dist/index.html").mtimeMs;
  const sources = git(
    "ls-files",
    "--cached",
    "--others",
    "--exclude-standard",
    "src",
    "content",
    "public",
    "*.json",
    "*.mjs",
  );
  return sources.filter(
    (path) => existsSync(path) && !/\.test\.tsx?$|\.md$/.test(path) && statSync(path).mtimeMs > built,
  );
}

/** What only the workers of the Python machine are made of. */
const ofWorkers = /^src\/machine\/python\/(frame|kernel|kernel-worker|native|posix|process|programs|typings)\//;

function buildSteps(): (() => Promise<boolean>)[] {
  const newer = newerThanSite();
  const machine = () => step("machine", "node", ["scripts/build-machine.ts", "--quick"]);
  if (newer.length === 0) return [];
  if (newer.every((path) => ofWorkers.test(path))) return [machine];
  return [() => step("site", "npm", ["run", "--silent", "build:site"]), machine];
}

const changed = changedFiles();
if (changed.length === 0) {
  console.log("Nothing has changed.");
  process.exit(0);
}
const code = changed.filter((path) => /\.(ts|tsx|mjs|astro|css|json)$/.test(path) && !path.startsWith("package"));
const imported = changed.filter((path) => /\.(ts|tsx)$/.test(path) && !path.startsWith("e2e/"));
const specs = browserTestsOf(changed);
const besides = unitTestsBesides(changed);

const checks: (() => Promise<boolean>)[] = [];
if (changed.some((path) => /\.(ts|tsx)$/.test(path)))
  checks.push(() =>
    step("types", "tsc", ["--noEmit", "--incremental", "--tsBuildInfoFile", ".cache/quick.tsbuildinfo"]),
  );
if (changed.some((path) => path.endsWith(".astro"))) {
  checks.push(() => step("types of Astro's files", "npm", ["run", "--silent", "astro", "--", "check"]));
}
if (code.length > 0) {
  checks.push(() => step("lint", "biome", ["check", "--error-on-warnings", "--no-errors-on-unmatched", ...code]));
}
if (changed.some((path) => path.endsWith(".py"))) checks.push(() => step("Python", "node", ["scripts/lint-python.ts"]));
const imports = ["src", "scripts", "e2e", "testing", "bench", "--config", ".dependency-cruiser.mjs"];
if (imported.length > 0) checks.push(() => step("imports", "depcruise", imports));

const units: (() => Promise<boolean>)[] = [];
if (imported.length > 0) units.push(() => step("unit tests", "vitest", ["related", "--run", ...imported]));
if (besides.length > 0) units.push(() => step("unit tests beside", "vitest", ["run", ...besides]));

// One core each.
const right = await Promise.all([chain(checks), chain([...units, ...(specs.length > 0 ? buildSteps() : [])])]);
let well = right.every((one) => one);
const left = [...specs];
if (well) {
  while (well && left.length > 0 && (left.length === specs.length || performance.now() < lastBegin * 1000)) {
    const [spec = ""] = left.splice(0, 1);
    well = await step(spec, "playwright", ["test", spec]);
  }
  if (left.length > 0) console.log(`Left to npm test: ${left.join(", ")}`);
}
if (!well) process.exit(1);
