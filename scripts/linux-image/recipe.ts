import { createHash, type Hash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, sep } from "node:path";
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
  /** Packages that are asked for. */
  readonly packages: readonly string[];
  /** Version of the emulator, to which snapshots are bound. */
  readonly v86: string;
}

/** The recipe in `linux/`. */
export const recipe: Recipe = {
  archives: JSON.parse(readFileSync("linux/archives.json", "utf8")),
  packages: readFileSync("linux/packages.txt", "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#")),
  v86: JSON.parse(readFileSync("package.json", "utf8")).devDependencies.v86,
};

/** Where images are kept. */
export const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "two-servers", "linux");

/** The folder of fetched package files, by hash. */
export const archivesFolder = join(cache, "archives");

/** The folder of what the machine's own programs make of the packages. A half is there if its file is. */
export function rootFolder(): string {
  return folderOf("root", discHash());
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
  return [rootFolder(), discFolder(), bootedFolder(), ...situations];
}

/** What is missing of this recipe's image, in words; empty if nothing is. */
export function missingParts(): readonly string[] {
  const disc = existsSync(join(discFolder(), "manifest.json")) ? [] : ["the disc"];
  const situations = situationNames()
    .filter((name) => !existsSync(join(situationFolder(readSituation(name)), "manifest.json")))
    .map((name) => `the situation ${name}`);
  return [...disc, ...situations];
}

/** What the machine is built with or boots with, and what says where packages come from. */
const notOfTheDisc = [
  "linux/kernel.config",
  "linux/built/bzImage",
  "linux/built/built.json",
  "linux/debian-archive-keys.asc",
];

const discScripts = ["disc-folder", "ext2", "prepare-root", "root-tree", "unpack-packages"].map(
  (name) => `scripts/linux-image/${name}.ts`,
);

function bootHash(): Hash {
  const inputs = ["linux/built/bzImage", "scripts/linux-image/take-snapshot.ts", "src/machine/linux/emulator.ts"];
  return withFiles(discHash(), inputs).update(recipe.v86);
}

function discHash(): Hash {
  const files = readdirSync("linux", { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".md") && !entry.name.endsWith(".pyc"))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => path.split(sep).join("/"))
    .filter((path) => !path.startsWith("linux/situations/") && !notOfTheDisc.includes(path));
  // How large its parts are is part of what a disc is, and how it is written.
  const others = ["python/requirements.txt", "src/machine/linux/disc-format.ts", ...discScripts];
  return withFiles(createHash("sha256"), [...files.sort(), ...others]);
}

function withFiles(hash: Hash, files: readonly string[]): Hash {
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(file));
  return hash;
}

function folderOf(what: string, hash: Hash): string {
  return join(cache, `${what}-${hash.digest("hex").slice(0, 16)}`);
}
