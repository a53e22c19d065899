/** Wheels from the package index, downloaded by pip, for whatever Python this computer has. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readWheelName } from "./wheel.ts";

const cpython314 = ["--only-binary=:all:", "--implementation=cp", "--python-version=3.14", "--abi=cp314", "--abi=none"];

/** For whom wheels are downloaded: options of `pip download`. */
export const targets = {
  /** MarkupSafe has no wheel without native code, so one platform has to be named. */
  linux: [
    ...cpython314,
    "--platform=manylinux_2_28_x86_64",
    "--platform=manylinux_2_17_x86_64",
    "--platform=manylinux2014_x86_64",
    "--platform=any",
  ],
  /** Pyodide's platform (PEP 783): native code in these wheels is WebAssembly, and runs in the page. */
  webAssembly: [...cpython314, "--platform=pyemscripten_2026_0_wasm32", "--platform=any"],
} as const;

/** Something that this computer lacks. The message is one line that says what. */
export class MissingError extends Error {}

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

/** Downloads wheels into `into`. `what`: further options of `pip download`, and requirements. Throws `MissingError`. */
export function download(into: string, target: readonly string[], what: readonly string[]): void {
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
export function wheelsIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".whl"))
    .sort();
}

/** A line of a lock file for each of these wheels: name, version and hash. */
export function pinsOf(folder: string, wheels: readonly string[]): string {
  return wheels
    .map((file) => {
      const { name, version } = readWheelName(file);
      return `${name}==${version} --hash=sha256:${sha256(readFileSync(join(folder, file)))}\n`;
    })
    .join("");
}

/** SHA-256, in hexadecimal digits. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
