/**
 * This computer's own Python with the packages of `python/requirements.txt`, in `build/native-python`: what the
 * reference tests and `npm run bench` compare the page with.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

const folder = resolve("build/native-python");
const pinned = "python/requirements.txt";
/** Of the archive: servers that are compared with those in the page, with what they need. */
const archive = "python/archive.txt";
const fromArchive = [
  "uvicorn",
  "hypercorn",
  "h11",
  "h2",
  "hpack",
  "hyperframe",
  "priority",
  "wsproto",
  "typing_extensions",
];

/** What the pinned packages need. The page runs 3.14: the nearest version that this computer has is taken. */
const names = ["python3.14", "python3.15", "python3.13", "python3.12", "python3.11", "python3.10", "python3", "python"];
const oldest = 10;

/** A native Python, ready to run. */
export interface NativePython {
  /** Holds `python`, `flask`, `gunicorn` and `waitress-serve`. */
  readonly bin: string;
  /** Where the packages are. */
  readonly packages: string;
  /** Where its standard library is. */
  readonly standardLibrary: string;
  /** For example `3.13.1`. */
  readonly version: string;
  /** To be added to the environment of what is run. */
  readonly env: Readonly<Record<string, string>>;
}

/** What this computer lacks; the message is one line. */
export class NativePythonError extends Error {
  override readonly name = "NativePythonError";
}

/** Finds it, and installs the packages if they are not there yet, which needs a network. Throws `NativePythonError`. */
export function nativePython(): NativePython {
  const { executable, version, standardLibrary } = find();
  const packages = `${folder}/packages`;
  const bin = `${packages}/bin`;
  const key = createHash("sha256")
    .update(readFileSync(pinned))
    .update(readFileSync(archive))
    .update(`${executable} ${version} 2`)
    .digest("hex");
  const keyFile = `${folder}/key`;
  if (!existsSync(keyFile) || readFileSync(keyFile, "utf8") !== key) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    install(executable, packages);
    symlinkSync(executable, `${bin}/python`);
    writeFileSync(keyFile, key);
  }
  const env = { PATH: `${bin}:${process.env["PATH"] ?? ""}`, PYTHONPATH: packages };
  return { bin, packages, standardLibrary, version, env };
}

function find(): { executable: string; version: string; standardLibrary: string } {
  const question =
    "import os, platform, sys; print(sys.executable, platform.python_version(), os.path.dirname(os.__file__), sep='\\n')";
  for (const name of names) {
    const { status, stdout } = spawnSync(name, ["-c", question], { encoding: "utf8" });
    if (status !== 0) continue;
    const [executable = "", version = "", standardLibrary = ""] = stdout.trim().split("\n");
    const [major, minor] = version.split(".").map(Number);
    const hasPip = spawnSync(executable, ["-m", "pip", "--version"]).status === 0;
    if (major === 3 && (minor ?? 0) >= oldest && hasPip) return { executable, version, standardLibrary };
  }
  throw new NativePythonError(
    `The native servers need Python 3.${oldest} or newer with pip, and there is none on the PATH.`,
  );
}

function install(python: string, packages: string): void {
  const lines = readFileSync(pinned, "utf8").split("\n");
  const isMarkupSafe = (line: string) => line.startsWith("markupsafe==");
  const hashed = `${folder}/requirements.txt`;
  const more = readFileSync(archive, "utf8")
    .split("\n")
    .filter((line) => fromArchive.includes(line.split("==")[0] ?? ""));
  writeFileSync(hashed, [...lines.filter((line) => !isMarkupSafe(line)), ...more].join("\n"));
  pip(python, packages, ["--require-hashes", "--requirement", hashed]);
  // The hash is that of the wheel for the page's Python, which has native code; another Python's wheel has another
  // hash.
  const version = lines.find(isMarkupSafe)?.split(" ")[0] ?? "markupsafe";
  pip(python, packages, [version]);
}

function pip(python: string, packages: string, what: readonly string[]): void {
  const options = ["--quiet", "--disable-pip-version-check", "--retries=2", "--no-deps", "--target", packages];
  const { status, stderr } = spawnSync(python, ["-m", "pip", "install", ...options, ...what], { encoding: "utf8" });
  if (status === 0) return;
  const offline = /after connection broken|ConnectionError|Temporary failure|Network is unreachable|getaddrinfo/;
  const last =
    stderr.split("\n").findLast((line) => line.startsWith("ERROR:")) ?? stderr.trim().split("\n").at(-1) ?? "";
  const why = offline.test(stderr) ? "the package index cannot be reached." : last;
  throw new NativePythonError(`The native servers could not be installed: ${why}`);
}
