/**
 * Fetches the Python packages that run on the Python machine and packs them once, into
 * `build/python/site-packages.zip`, with their names and versions beside it in `packages.json`.
 *
 * They are resolved for the machine's Python, whatever Python this computer has, and pinned by hash in
 * `python/requirements.txt`. Native code is left out: it would not run on WebAssembly, and nothing needs it.
 *
 *     node scripts/python-packages.ts           pack what requirements.txt says
 *     node scripts/python-packages.ts --lock    write requirements.txt from requirements.in
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync, type Zippable, zipSync } from "fflate";
import { belongsInBundle, headersOf, packageOfMetadata, readWheelName } from "./wheel.ts";

const wanted = "python/requirements.in";
const pinned = "python/requirements.txt";
const folder = "build/python";
const bundle = join(folder, "site-packages.zip");
const list = join(folder, "packages.json");
const key = join(folder, "site-packages.key");

/** Wheels for CPython 3.14. MarkupSafe has none without native code, so one platform has to be named. */
const target = [
  "--only-binary=:all:",
  "--implementation=cp",
  "--python-version=3.14",
  "--abi=cp314",
  "--abi=none",
  "--platform=manylinux_2_28_x86_64",
  "--platform=manylinux_2_17_x86_64",
  "--platform=manylinux2014_x86_64",
  "--platform=any",
];

/** Something that this computer lacks. The message is one line that says what. */
class MissingError extends Error {}

/** Ends the build with one line that says what is missing. */
function giveUp(line: string): never {
  throw new MissingError(line);
}

/** A Python that has pip. */
function findPython(): string {
  const pythons = ["python3", "python", "py"].filter((name) => spawnSync(name, ["--version"]).status === 0);
  if (pythons.length === 0) giveUp("no Python found. Install Python 3 with pip (any version) and try again.");
  const withPip = pythons.find((name) => spawnSync(name, ["-m", "pip", "--version"]).status === 0);
  return (
    withPip ?? giveUp(`${pythons[0]} has no pip. Install it (on Debian: apt-get install python3-pip) and try again.`)
  );
}

/** Downloads wheels into `into`. */
function download(into: string, what: readonly string[]): void {
  const pip = spawnSync(
    findPython(),
    [
      "-m",
      "pip",
      "download",
      "--quiet",
      "--disable-pip-version-check",
      "--retries=2",
      ...target,
      "--dest",
      into,
      ...what,
    ],
    { encoding: "utf8" },
  );
  if (pip.status === 0) return;
  const errors = pip.stderr.split("\n").filter((line) => line.startsWith("ERROR:"));
  if (/after connection broken|ConnectionError|Temporary failure|Network is unreachable|getaddrinfo/.test(pip.stderr)) {
    giveUp("the package index cannot be reached. Check the network connection and try again.");
  }
  giveUp(`pip failed. ${errors.at(-1) ?? pip.stderr.trim().split("\n").at(-1) ?? ""}`);
}

/** The wheels in a folder, sorted by name. */
function wheelsIn(wheels: string): readonly string[] {
  return readdirSync(wheels)
    .filter((name) => name.endsWith(".whl"))
    .sort();
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Writes requirements.txt: each wheel that requirements.in leads to, with its version and hash. */
function lock(wheels: string): void {
  download(wheels, ["--requirement", wanted]);
  const lines = wheelsIn(wheels).map((file) => {
    const { name, version } = readWheelName(file);
    return `${name}==${version} --hash=sha256:${sha256(readFileSync(join(wheels, file)))}`;
  });
  writeFileSync(pinned, `# Written by: npm run python:lock (from requirements.in)\n${lines.join("\n")}\n`);
  console.log(`Python packages: ${lines.length} pinned in ${pinned}.`);
}

/** Packs the pinned wheels. The same wheels make the same bytes. */
function pack(wheels: string): void {
  download(wheels, ["--no-deps", "--require-hashes", "--requirement", pinned]);
  const files: Zippable = {};
  const packages = [];
  for (const wheel of wheelsIn(wheels)) {
    for (const [path, bytes] of Object.entries(unzipSync(readFileSync(join(wheels, wheel))))) {
      if (path.endsWith(".dist-info/METADATA")) {
        const headers = headersOf(new TextDecoder().decode(bytes));
        packages.push(packageOfMetadata(headers));
        files[path] = new TextEncoder().encode(headers);
      } else if (belongsInBundle(path)) files[path] = bytes;
    }
  }
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  const zip = zipSync(sorted, { level: 9, mtime: new Date(1980, 0, 1) });
  mkdirSync(folder, { recursive: true });
  writeFileSync(bundle, zip);
  writeFileSync(list, `${JSON.stringify(packages, null, 2)}\n`);
  console.log(
    `Python packages: ${packages.map(({ name, version }) => `${name} ${version}`).join(", ")} (${Math.round(zip.length / 1024)} KiB).`,
  );
}

/** Changes whenever the bundle would. */
function bundleKey(): string {
  const inputs = [pinned, "scripts/python-packages.ts", "scripts/wheel.ts"];
  return sha256(Buffer.concat(inputs.map((file) => readFileSync(file))));
}

const wheels = mkdtempSync(join(tmpdir(), "two-servers-wheels-"));
try {
  if (process.argv.includes("--lock")) {
    lock(wheels);
  } else if (existsSync(bundle) && existsSync(list) && existsSync(key) && readFileSync(key, "utf8") === bundleKey()) {
    console.log("Python packages: unchanged.");
  } else {
    pack(wheels);
    writeFileSync(key, bundleKey());
  }
} catch (error) {
  if (!(error instanceof MissingError)) throw error;
  console.error(`Python packages: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(wheels, { recursive: true });
}
