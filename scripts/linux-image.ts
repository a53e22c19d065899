/**
 * Builds the Linux machine's image: kernel, disc, and a snapshot of each situation. Kept in the user's cache folder by
 * the hashes of their recipes, so that nothing is built twice, and of each the last one before stays as well;
 * `scripts/linux-copy.ts` puts them into the site.
 *
 *     node scripts/linux-image.ts             build what is not there yet
 *     node scripts/linux-image.ts --if-root   the same, and nothing at all where it cannot be built
 *     node scripts/linux-image.ts --tested    tell a test's reader what was left out for want of it
 *     node scripts/linux-image.ts --lock      take the newest packages, and write their versions to linux/packages.lock
 *
 * Takes Debian or Ubuntu, root, 3 GB of disk and about 15 minutes.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { ensureTools } from "./linux-image/build-tools.ts";
import { fetchArchive } from "./linux-image/debian-archive.ts";
import { debianPackages } from "./linux-image/debian-packages.ts";
import { splitDisc } from "./linux-image/disc-parts.ts";
import { ImageError } from "./linux-image/image-error.ts";
import { buildKernel } from "./linux-image/kernel.ts";
import { forgetOldBuilds } from "./linux-image/old-builds.ts";
import { lockFile, readLock } from "./linux-image/package-lock.ts";
import {
  bootedFolder,
  cache,
  discFolder,
  missingParts,
  recipe,
  recipeFolders,
  situationFolder,
} from "./linux-image/recipe.ts";
import { run, say } from "./linux-image/run.ts";
import { unpackSitePackages } from "./linux-image/site-packages.ts";
import { readSituation, type Situation, situationNames } from "./linux-image/situation.ts";

/** Puts a folder that has been made whole where it belongs. */
function keep(made: string, folder: string): void {
  mkdirSync(join(folder, ".."), { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  rmSync(`${folder}.new`, { recursive: true, force: true });
  run("cp", ["-r", made, `${folder}.new`]);
  renameSync(`${folder}.new`, folder);
}

/** The root file system as a disc, whole and in parts, with the BIOS and what is known about the packages. */
async function buildDisc(work: string): Promise<void> {
  const folder = discFolder();
  if (existsSync(join(folder, "manifest.json"))) return;
  const tarball = debianPackages(work);
  say("making the root file system");
  const made = join(work, "disc");
  mkdirSync(made, { recursive: true });
  const disc = join(made, "disc");
  say(run("sh", ["linux/build-root.sh", join(process.cwd(), "linux"), tarball, unpackSitePackages(work), disc]).trim());
  const parts = splitDisc(disc, made);
  const archive = join(work, "seabios.deb");
  await fetchArchive(recipe.archives.bios, recipe.archives.snapshot, archive);
  run("dpkg-deb", ["-x", archive, join(work, "seabios")]);
  const bios = join(work, "seabios/usr/share/seabios");
  run("cp", [join(bios, "bios.bin"), join(made, "bios.bin")]);
  run("cp", [join(bios, "vgabios-stdvga.bin"), join(made, "vgabios.bin")]);
  writeFileSync(join(made, "packages.txt"), sourceList());
  writeFileSync(join(made, "manifest.json"), JSON.stringify({ ...manifest(), disc: parts }, null, 2));
  keep(made, folder);
}

async function takeSnapshot(work: string, kernel: string, situation: Situation): Promise<void> {
  const folder = situationFolder(situation);
  if (existsSync(join(folder, "manifest.json"))) return;
  say(`booting the situation ${situation.name} (1 to 5 minutes)`);
  const script = join(work, "take-snapshot.mjs");
  await build({
    entryPoints: ["scripts/linux-image/take-snapshot.ts"],
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    outfile: script,
    logLevel: "error",
  });
  const made = join(work, situation.name);
  mkdirSync(made);
  const file = join(work, `${situation.name}.json`);
  writeFileSync(file, JSON.stringify(situation));
  const disc = discFolder();
  const inputs = [
    kernel,
    join(disc, "disc"),
    "node_modules/v86/build/v86.wasm",
    join(disc, "bios.bin"),
    join(disc, "vgabios.bin"),
    join(bootedFolder(), "state"),
  ];
  mkdirSync(bootedFolder(), { recursive: true });
  run("node", [script, ...inputs, file, join(made, "snapshot")], { stdio: "inherit" });
  // Servers of one kind have much in common, far apart: a wide window finds it.
  run("zstd", ["-q", "-17", "--long=25", "-T2", "-f", join(made, "snapshot"), "-o", join(made, "snapshot.zst")]);
  rmSync(join(made, "snapshot"));
  const about: object = JSON.parse(readFileSync(join(made, "snapshot.json"), "utf8"));
  rmSync(join(made, "snapshot.json"));
  writeFileSync(
    join(made, "manifest.json"),
    JSON.stringify({ ...about, ...(situation.debian && { debian: situation.debian }) }),
  );
  keep(made, folder);
  say(`${situation.name}: ${(readFileSync(join(folder, "snapshot.zst")).length / 1e6).toFixed(1)} MB`);
}

async function makeImage(only: string | undefined): Promise<void> {
  const names = situationNames().filter((name) => only === undefined || name === only);
  if (missingParts().length === 0) {
    say("there already");
    return;
  }
  if (!canBuild()) {
    throw new ImageError(
      "it is built on Debian or Ubuntu by root: run npm run linux:image there, or in a container of one.",
    );
  }
  ensureTools(say);
  const work = mkdtempSync(join(tmpdir(), "two-servers-linux-"));
  try {
    const kernel = await buildKernel(work);
    await buildDisc(work);
    for (const name of names) await takeSnapshot(work, kernel, readSituation(name));
    const forgotten = forgetOldBuilds(cache, recipeFolders());
    if (forgotten.length > 0) say(`removed ${forgotten.length} builds that are no longer used`);
    say("done");
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function canBuild(): boolean {
  return process.platform === "linux" && existsSync("/etc/debian_version") && process.getuid?.() === 0;
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
    readFileSync(lockFile, "utf8"),
  ].join("\n");
}

function manifest(): object {
  const locked = readLock();
  const python: { name: string; version: string }[] = JSON.parse(readFileSync("build/python/packages.json", "utf8"));
  const packages: Record<string, string | undefined> = {
    nginx: locked.get("nginx"),
    uWSGI: locked.get("uwsgi-core"),
    systemd: locked.get("systemd"),
    Supervisor: locked.get("supervisor"),
    Python: locked.get("python3.11"),
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

const [option, only] = process.argv.slice(2);
try {
  if (option === "--lock") {
    ensureTools(say);
    const work = mkdtempSync(join(tmpdir(), "two-servers-linux-"));
    debianPackages(work, true);
    rmSync(work, { recursive: true, force: true });
  } else if (option === "--if-root" && !canBuild()) {
    say("left out: it is built on Debian or Ubuntu by root");
  } else if (option === "--tested") {
    const missing = missingParts();
    if (missing.length > 0)
      say(
        `tests of the Linux machine were left out: ${missing.join(", ")} is not there (npm run linux:image makes it)`,
      );
  } else await makeImage(option === "--only" ? only : undefined);
} catch (error) {
  if (!(error instanceof ImageError)) throw error;
  console.error(`Linux image: ${error.message}`);
  process.exitCode = 1;
}
