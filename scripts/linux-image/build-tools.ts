import { spawnSync } from "node:child_process";
import { ImageError } from "./image-error.ts";

/** Programs that the image is built with, and the Debian packages that have them. */
const tools: Readonly<Record<string, string>> = {
  gcc: "gcc",
  make: "make",
  flex: "flex",
  bison: "bison",
  bc: "bc",
  mke2fs: "e2fsprogs",
  xz: "xz-utils",
  zstd: "zstd",
  mmdebstrap: "mmdebstrap",
  "arch-test": "arch-test",
};

/** Installs what is missing of them with apt-get, and says so. */
export function ensureTools(say: (line: string) => void): void {
  const missing = Object.entries(tools)
    .filter(([program]) => spawnSync("which", [program]).status !== 0)
    .map(([, name]) => name);
  if (missing.length > 0) {
    say(`installing with apt-get what is missing to build it: ${missing.join(", ")}`);
    const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    for (const args of [
      ["update", "-q"],
      ["install", "-q", "-y", "--no-install-recommends", ...missing],
    ]) {
      const { status, stderr } = spawnSync("apt-get", args, { env: environment, encoding: "utf8" });
      if (status !== 0) throw new ImageError(`apt-get ${args[0]} failed: ${stderr.trim().split("\n").at(-1)}`);
    }
  }
  if (spawnSync("arch-test", ["i386"]).status !== 0) {
    throw new ImageError(
      "this computer's kernel does not run i386 programs, which Debian's packages need to be set up.",
    );
  }
}
