/**
 * Builds the Linux machine's image: kernel, root file system, snapshot. Kept in the user's cache folder by the hash of its recipe, so that
 * no recipe is built twice; `scripts/linux-copy.ts` puts it into the site.
 *
 *     node scripts/linux-image.ts           build what is not there yet
 *     node scripts/linux-image.ts --lock    take the newest packages, and write their versions to linux/packages.lock
 *
 * Takes Debian or Ubuntu, root, 3 GB of disk and about 15 minutes.
 */
import { type SpawnSyncOptions, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { unzipSync } from "fflate";
import { ensureTools } from "./linux-image/build-tools.ts";
import { fetchArchive } from "./linux-image/debian-archive.ts";
import { ImageError } from "./linux-image/image-error.ts";
import { comparePackages, installedPackages, lockFile, readLock } from "./linux-image/package-lock.ts";
import { imageFolder, imageKey, kernelFolder, recipe } from "./linux-image/recipe.ts";

/** Runs a program at low priority; what it prints is shown where it fails. */
function run(program: string, args: readonly string[], options: SpawnSyncOptions = {}): string {
  const result = spawnSync("nice", ["-n", "15", program, ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    ...options,
  });
  if (result.status === 0) return String(result.stdout ?? "");
  const printed = `${result.stdout ?? ""}${result.stderr ?? ""}`.trim().split("\n").slice(-15).join("\n");
  throw new ImageError(`${program} failed:\n${printed}`);
}

function say(line: string): void {
  console.log(`Linux image: ${line}`);
}

/** The kernel, built from Debian's source with our options. */
async function buildKernel(work: string): Promise<string> {
  const folder = kernelFolder();
  const image = join(folder, "bzImage");
  if (existsSync(image)) return image;
  say(`fetching the source of Linux ${recipe.archives.kernel.version} (140 MB)`);
  const archive = join(work, "linux-source.deb");
  await fetchArchive(recipe.archives.kernel, recipe.archives.snapshot, archive);
  run("dpkg-deb", ["-x", archive, join(work, "source")]);
  run("tar", ["-xf", join(work, "source/usr/src/linux-source-6.1.tar.xz"), "-C", work]);
  const source = join(work, "linux-source-6.1");
  const make = [
    "-C",
    source,
    "ARCH=i386",
    "KBUILD_BUILD_TIMESTAMP=2026-01-01",
    "KBUILD_BUILD_USER=two-servers",
    "KBUILD_BUILD_HOST=two-servers",
  ];
  run("make", [...make, "tinyconfig"]);
  const config = join(source, ".config");
  writeFileSync(config, `${readFileSync(config, "utf8")}\n${recipe.kernelConfig}`);
  run("make", [...make, "olddefconfig"]);
  checkConfig(readFileSync(config, "utf8"));
  say("building the kernel (3 to 10 minutes)");
  run("make", [...make, "-j2", "bzImage"]);
  mkdirSync(folder, { recursive: true });
  run("cp", [join(source, "arch/x86/boot/bzImage"), `${image}.new`]);
  renameSync(`${image}.new`, image);
  return image;
}

/** Throws if the kernel's own rules have changed one of our options. */
function checkConfig(config: string): void {
  const lines = new Set(config.split("\n"));
  const lost = recipe.kernelConfig
    .split("\n")
    .filter((line) => line.startsWith("CONFIG_"))
    .filter((line) => (line.endsWith("=n") ? lines.has(line.replace(/=n$/, "=y")) : !lines.has(line)));
  if (lost.length > 0) throw new ImageError(`the kernel did not take these options: ${lost.join(", ")}`);
}

/** Debian's packages as one archive, and their versions. */
function bootstrap(work: string, mirror: string): string {
  const tarball = join(work, "root.tar");
  const { release } = recipe.archives;
  run("mmdebstrap", [
    "--arch=i386",
    "--variant=minbase",
    `--include=${recipe.packages.join(",")}`,
    release,
    tarball,
    `deb ${mirror} ${release} main`,
    `deb ${mirror} ${release}-updates main`,
  ]);
  return tarball;
}

function debianPackages(work: string, lock: boolean): string {
  say("installing Debian's packages (1 to 3 minutes)");
  const tarball = bootstrap(work, "http://deb.debian.org/debian");
  const found = installedPackages(run("tar", ["-xOf", tarball, "./var/lib/dpkg/status"]));
  if (lock) {
    writeFileSync(lockFile, found);
    say(`${found.trim().split("\n").length} packages written to linux/packages.lock`);
    return tarball;
  }
  const moved = comparePackages(readLock(), found);
  if (moved.length === 0) return tarball;
  const { snapshot } = recipe.archives;
  say(`Debian has newer packages than the lock (${moved.slice(0, 3).join(", ")}); taking those of ${snapshot}`);
  try {
    const old = bootstrap(work, `https://snapshot.debian.org/archive/debian/${snapshot}`);
    const still = comparePackages(readLock(), installedPackages(run("tar", ["-xOf", old, "./var/lib/dpkg/status"])));
    if (still.length === 0) return old;
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
  }
  throw new ImageError(
    `the packages of linux/packages.lock are not to be had. Take the newest with: npm run linux:image -- --lock`,
  );
}

/** Flask and the servers as the Python machine has them, and a command for each. */
function unpackSitePackages(work: string): string {
  const folder = join(work, "site-packages");
  run("node", ["scripts/python-packages.ts"]);
  mkdirSync(join(folder, "bin"), { recursive: true });
  for (const [path, bytes] of Object.entries(unzipSync(readFileSync("build/python/site-packages.zip")))) {
    if (path.endsWith("/")) continue;
    const file = join(folder, "lib", path);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, bytes);
  }
  for (const [name, module, start] of [
    ["flask", "flask.cli", "main"],
    ["gunicorn", "gunicorn.app.wsgiapp", "run"],
    ["waitress-serve", "waitress.runner", "run"],
  ] as const) {
    const script = `#!/usr/bin/python3\nimport sys\n\nfrom ${module} import ${start}\n\nsys.exit(${start}())\n`;
    writeFileSync(join(folder, "bin", name), script, { mode: 0o755 });
  }
  return folder;
}

async function takeSnapshot(work: string, kernel: string, root: string, bios: string, snapshot: string): Promise<void> {
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
  const raw = join(work, "snapshot");
  run(
    "node",
    [
      script,
      kernel,
      root,
      "node_modules/v86/build/v86.wasm",
      join(bios, "bios.bin"),
      join(bios, "vgabios-stdvga.bin"),
      raw,
    ],
    { stdio: "inherit" },
  );
  say("compressing the snapshot");
  run("zstd", ["-q", "-19", "-T2", "-f", raw, "-o", snapshot]);
}

async function makeImage(lock: boolean): Promise<void> {
  if (process.platform !== "linux" || !existsSync("/etc/debian_version") || process.getuid?.() !== 0) {
    throw new ImageError(
      "it is built on Debian or Ubuntu by root: run npm run linux:image there, or in a container of one.",
    );
  }
  if (!lock && existsSync(join(imageFolder(), "manifest.json"))) {
    say(`there already, in ${imageFolder()}`);
    return;
  }
  ensureTools(say);
  const work = mkdtempSync(join(tmpdir(), "two-servers-linux-"));
  try {
    const tarball = debianPackages(work, lock);
    const kernel = await buildKernel(work);
    say("making the root file system");
    const root = join(work, "root.zst");
    say(
      run("sh", ["linux/build-root.sh", join(process.cwd(), "linux"), tarball, unpackSitePackages(work), root]).trim(),
    );
    say("fetching the BIOS");
    const archive = join(work, "seabios.deb");
    await fetchArchive(recipe.archives.bios, recipe.archives.snapshot, archive);
    run("dpkg-deb", ["-x", archive, join(work, "seabios")]);
    const bios = join(work, "seabios/usr/share/seabios");
    say("booting it, and starting nginx and gunicorn (3 to 8 minutes)");
    const made = join(work, "image");
    mkdirSync(made);
    await takeSnapshot(work, kernel, root, bios, join(made, "snapshot.zst"));
    run("cp", [join(bios, "bios.bin"), join(made, "bios.bin")]);
    run("cp", [join(bios, "vgabios-stdvga.bin"), join(made, "vgabios.bin")]);
    writeFileSync(join(made, "packages.txt"), sourceList());
    writeFileSync(join(made, "manifest.json"), JSON.stringify(manifest(), null, 2));
    const folder = imageFolder();
    mkdirSync(join(folder, ".."), { recursive: true });
    rmSync(folder, { recursive: true, force: true });
    run("cp", ["-r", made, folder]);
    const size = readdirSync(folder).reduce((sum, name) => sum + readFileSync(join(folder, name)).length, 0);
    say(`done, ${(size / 1e6).toFixed(1)} MB in ${folder}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
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
    debianHost: "production",
    key: imageKey(),
  };
}

try {
  await makeImage(process.argv.includes("--lock"));
} catch (error) {
  if (!(error instanceof ImageError)) throw error;
  console.error(`Linux image: ${error.message}`);
  process.exitCode = 1;
}
