import { createHash, type Hash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { DebianArchive } from "./debian-archive.ts";
import { readSituation, type Situation, situationNames } from "./situation.ts";

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
export const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "two-servers", "linux");

/**
 * The folder of this recipe's kernel, which takes the longest and changes the least. It is there if its `bzImage` is.
 */
export function kernelFolder(): string {
  const hash = createHash("sha256").update(recipe.kernelConfig).update(recipe.archives.kernel.sha256);
  return folderOf("kernel", hash);
}

/** The folder of Debian's packages as one archive. */
export function packagesFolder(): string {
  return folderOf("packages", withFiles(createHash("sha256"), ["linux/packages.txt", "linux/packages.lock"]));
}

/** The folder of this recipe's disc. It is there if its `manifest.json` is. */
export function discFolder(): string {
  return folderOf("disc", discHash());
}

/** The folder of the machine as it is right after booting. It is there if its `state` is. */
export function bootedFolder(): string {
  return folderOf("booted", bootHash());
}

/** The folder of a situation's snapshot. It is there if its `manifest.json` is. */
export function situationFolder(situation: Situation): string {
  return folderOf(`situation-${situation.name}`, bootHash().update(JSON.stringify(situation)));
}

/** All folders of this recipe, whether they are there or not. */
export function recipeFolders(): readonly string[] {
  const situations = situationNames().map((name) => situationFolder(readSituation(name)));
  return [kernelFolder(), packagesFolder(), discFolder(), bootedFolder(), ...situations];
}

/** What is missing of this recipe's image, in words; empty if nothing is. */
export function missingParts(): readonly string[] {
  const disc = existsSync(join(discFolder(), "manifest.json")) ? [] : ["the disc"];
  const situations = situationNames()
    .filter((name) => !existsSync(join(situationFolder(readSituation(name)), "manifest.json")))
    .map((name) => `the situation ${name}`);
  return [...disc, ...situations];
}

function bootHash(): Hash {
  const inputs = ["linux/kernel.config", "scripts/linux-image/take-snapshot.ts", "src/machine/linux/emulator.ts"];
  return withFiles(discHash(), inputs).update(recipe.v86);
}

function discHash(): Hash {
  const files = readdirSync("linux", { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".md") && !entry.name.endsWith(".pyc"))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith("linux/situations/") && path !== "linux/kernel.config");
  // How large its parts are is part of what a disc is.
  const others = ["python/requirements.txt", "src/machine/linux/disc-format.ts"];
  return withFiles(createHash("sha256"), [...files.sort(), ...others]);
}

function withFiles(hash: Hash, files: readonly string[]): Hash {
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(file));
  return hash;
}

function folderOf(what: string, hash: Hash): string {
  return join(cache, `${what}-${hash.digest("hex").slice(0, 16)}`);
}
