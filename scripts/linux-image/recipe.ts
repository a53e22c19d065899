import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { DebianArchive } from "./debian-archive.ts";

/** What the image is made from. */
export interface Recipe {
  readonly archives: {
    /** The moment whose packages the lock names, as snapshot.debian.org writes it. */
    readonly snapshot: string;
    readonly release: string;
    readonly kernel: DebianArchive;
    readonly bios: DebianArchive;
  };
  /** Options of the kernel, one a line. */
  readonly kernelConfig: string;
  /** Packages that are asked for. */
  readonly packages: readonly string[];
  /** Version of the emulator, to which snapshots are bound. */
  readonly v86: string;
}

/** The recipe in `linux/`. */
export const recipe: Recipe = {
  archives: JSON.parse(readFileSync("linux/archives.json", "utf8")),
  kernelConfig: readFileSync("linux/kernel.config", "utf8"),
  packages: readFileSync("linux/packages.txt", "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#")),
  v86: JSON.parse(readFileSync("package.json", "utf8")).devDependencies.v86,
};

/** Where images are kept. */
const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "two-servers", "linux");

/** Files besides `linux/` that the image depends on. */
const otherInputs = [
  "python/requirements.txt",
  "scripts/linux-image/take-snapshot.ts",
  "src/machine/linux/emulator.ts",
];

/** Changes whenever the image would. */
export function imageKey(): string {
  const hash = createHash("sha256").update(recipe.v86);
  const files = readdirSync("linux", { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".md"))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of [...files, ...otherInputs].sort()) hash.update(`${file}\n`).update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}

/** The folder of this recipe's image. It is there if its `manifest.json` is. */
export function imageFolder(): string {
  return join(cache, `image-${imageKey()}`);
}

/** The folder of this recipe's kernel, which takes the longest and changes the least. */
export function kernelFolder(): string {
  const hash = createHash("sha256").update(recipe.kernelConfig).update(recipe.archives.kernel.sha256);
  return join(cache, `kernel-${hash.digest("hex").slice(0, 16)}`);
}
