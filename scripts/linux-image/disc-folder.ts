/** Makes the disc that the machine boots from: whole, and in the parts that a page loads. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unpackDeb } from "./deb-package.ts";
import type { DebianArchive } from "./debian-archive.ts";
import { splitDisc } from "./disc-parts.ts";
import { ext2Image } from "./ext2.ts";
import type { RootTree } from "./file-tree.ts";
import { ImageError } from "./image-error.ts";
import { keepFolder } from "./keep-folder.ts";
import { readLock } from "./package-lock.ts";
import { discFolder, recipe, rootFolder } from "./recipe.ts";
import { emptyTree, preparedTree, pythonName, treeToPrepare } from "./root-tree.ts";
import { bundleScript, runScript } from "./run-script.ts";
import { sitePackages } from "./site-packages.ts";
import { addPackage, treePath } from "./unpack-packages.ts";

/** What a step of the image needs to know. */
export interface Making {
  /** A folder for what is thrown away. */
  readonly work: string;
  /** Gives an archive's bytes, fetched or kept. */
  readonly archive: (archive: DebianArchive) => Promise<Uint8Array>;
  /** Tells what happens. */
  readonly say: (line: string) => void;
  /** Tells how much of the step is done, from 0 to 1. */
  readonly progress: (fraction: number) => void;
}

/** The built kernel. */
export const kernelFile = "linux/built/bzImage";

/** Everything in the file system has this identity and this time, so that the same files give the same bytes. */
const identity = {
  uuid: Uint8Array.from(Buffer.from("5d1f5a0e000040008000000000000001", "hex")),
  time: Date.UTC(2026, 0, 1) / 1000,
};
/** Shares of the work: packages come and are unpacked, the machine sets them up, the disc is written. */
const [unpacked, setUp] = [0.3, 0.9];
/** How many packages come at once. */
const downloads = 4;

/** The disc's folder, made where it is not there. Rejects with `ImageError`. */
export async function makeDisc(making: Making): Promise<string> {
  const folder = discFolder();
  if (existsSync(join(folder, "manifest.json"))) return folder;
  const { work, say, progress } = making;
  say("fetching and unpacking Debian's packages (63 MB)");
  const before = treeToPrepare(await unpackAll(making), { sitePackages: sitePackages() });
  const bios = await takeBios(making);
  progress(unpacked);
  say("setting the packages up, on the machine itself (2 to 4 minutes)");
  const changes = await prepare(before, bios, making);
  say("writing the disc");
  const tree = await preparedTree(before, changes);
  const made = join(work, "disc");
  mkdirSync(made, { recursive: true });
  const disc = join(made, "disc");
  writeFileSync(disc, ext2Image(tree, identity));
  const parts = splitDisc(disc, made);
  for (const [name, bytes] of bios) writeFileSync(join(made, name), bytes);
  writeFileSync(join(made, "packages.txt"), sourceList());
  writeFileSync(join(made, "manifest.json"), JSON.stringify({ ...manifest(), disc: parts }, null, 2));
  keepFolder(made, folder);
  progress(1);
  return folder;
}

async function unpackAll({ archive, progress }: Making): Promise<RootTree> {
  const tree = emptyTree();
  const locked = readLock();
  const coming = new Map<string, Promise<Uint8Array>>();
  const fetchFrom = (index: number) => {
    const next = locked[index];
    if (!next || coming.has(next.name)) return;
    const bytes = archive(next);
    // Whoever waits for it hears of a failure.
    bytes.catch(() => {});
    coming.set(next.name, bytes);
  };
  const status: string[] = [];
  for (const [index, locked_] of locked.entries()) {
    for (let ahead = 0; ahead < downloads; ahead++) fetchFrom(index + ahead);
    const bytes = await coming.get(locked_.name);
    if (!bytes) throw new ImageError(`${locked_.name} is not there.`);
    coming.delete(locked_.name);
    status.push(await addPackage(tree, bytes));
    progress(((index + 1) / locked.length) * unpacked);
  }
  tree.write("var/lib/dpkg/status", `${status.join("\n\n")}\n`);
  return tree;
}

/** The PC's firmware, by the name that it has on the site. */
async function takeBios({ archive }: Making): Promise<ReadonlyMap<string, Uint8Array>> {
  const { data } = await unpackDeb(await archive(recipe.archives.bios));
  const fileOf = (name: string) => {
    const entry = data.find(({ header }) => treePath(header.name) === `usr/share/seabios/${name}`);
    if (!entry?.data) throw new ImageError(`the package seabios has no ${name}.`);
    return entry.data;
  };
  return new Map([
    ["bios.bin", fileOf("bios.bin")],
    ["vgabios.bin", fileOf("vgabios-stdvga.bin")],
  ]);
}

/** What the machine's own programs changed, as tar archives of the two machines that share the work. */
async function prepare(
  before: RootTree,
  bios: ReadonlyMap<string, Uint8Array>,
  { work, say, progress }: Making,
): Promise<readonly Uint8Array[]> {
  const kept = rootFolder();
  mkdirSync(kept, { recursive: true });
  const halves = [1, 2].map((half) => ({ half, file: join(kept, `changes-${half}.tar`) }));
  const disc = join(work, "unprepared");
  writeFileSync(disc, ext2Image(before, identity));
  for (const [name, bytes] of bios) writeFileSync(join(work, name), bytes);
  const script = await bundleScript("scripts/linux-image/prepare-root.ts", work);
  const firmware = [join(work, "bios.bin"), join(work, "vgabios.bin")];
  let lines = 0;
  await Promise.all(
    halves
      .filter(({ file }) => !existsSync(file))
      .map(({ half, file }) =>
        runScript(
          script,
          [kernelFile, disc, "node_modules/v86/build/v86.wasm", ...firmware, String(half), file],
          (line) => {
            say(`machine ${half}: ${line}`);
            lines++;
            // About so many lines come.
            progress(Math.min(setUp, unpacked + (lines / 30) * (setUp - unpacked)));
          },
        ),
      ),
  );
  return halves.map(({ file }) => readFileSync(file));
}

/** What must go with Debian's binaries: which packages they are, and where their sources lie. */
function sourceList(): string {
  const { kernel, bios, snapshot } = recipe.archives;
  return [
    "The Linux machine of Two Servers holds these Debian packages, unmodified but for files left out (see linux/left-out.txt).",
    "Their sources are at https://sources.debian.org/ and, for exactly these versions, at",
    `https://snapshot.debian.org/archive/debian/${snapshot}/ (each package's page: https://tracker.debian.org/pkg/NAME).`,
    "",
    `linux-source-6.1 ${kernel.version}: built with linux/kernel.config, https://deb.debian.org/${kernel.path}`,
    `seabios ${bios.version}: https://deb.debian.org/${bios.path}`,
    "",
    ...readLock().map(({ name, version }) => `${name} ${version}`),
    "",
  ].join("\n");
}

function manifest(): object {
  const locked = new Map(readLock().map(({ name, version }) => [name, version]));
  const python: { name: string; version: string }[] = JSON.parse(readFileSync("build/python/packages.json", "utf8"));
  const packages: Record<string, string | undefined> = {
    nginx: locked.get("nginx"),
    uWSGI: locked.get("uwsgi-core"),
    systemd: locked.get("systemd"),
    Supervisor: locked.get("supervisor"),
    Python: locked.get(pythonName),
    ...Object.fromEntries(
      python
        .filter(({ name }) => ["flask", "gunicorn", "waitress"].includes(name.toLowerCase()))
        .map(({ name, version }) => [
          name === "gunicorn" ? name : `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
          version,
        ]),
    ),
  };
  return {
    v86: recipe.v86,
    debian: locked.get("base-files") ?? "",
    kernel: recipe.archives.kernel.version,
    packages,
  };
}
