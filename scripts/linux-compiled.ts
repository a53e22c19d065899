/**
 * Builds what of the Linux machine is compiled, and kept in `linux/built/` so that nobody else needs a compiler: the
 * kernel from Debian's source, and a small library. The same compiler gives the same bytes.
 *
 *     node scripts/linux-compiled.ts           build it anew, and write down from what
 *     node scripts/linux-compiled.ts --check   build it, and compare it with what is kept
 *
 * Takes Debian 12 with gcc, gcc-multilib, make, flex, bison, bc, xz-utils and dpkg, 2 GB of disk and five to ten
 * minutes.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CompiledFile, compiledFiles, readCompiled, writtenCompiled } from "./linux-image/compiled.ts";
import { fetchArchive } from "./linux-image/debian-archive.ts";
import { ImageError } from "./linux-image/image-error.ts";
import { archiveStore } from "./linux-image/make-image.ts";
import { recipe } from "./linux-image/recipe.ts";

const forLibrary = [
  ..."-m32 -Os -fPIC -shared -nostdlib -fno-builtin -fno-stack-protector -fno-asynchronous-unwind-tables".split(" "),
  ..."-Wl,--build-id=none -Wl,--hash-style=gnu -s".split(" "),
];

function run(program: string, args: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (error) throw new ImageError(`${program} cannot be run: ${error.message}`);
  if (status !== 0)
    throw new ImageError(`${program} failed:\n${`${stdout}${stderr}`.trim().split("\n").slice(-15).join("\n")}`);
}

async function buildKernel(work: string, output: string): Promise<void> {
  const { kernel } = recipe.archives;
  console.log(`fetching the source of Linux ${kernel.version} (140 MB)`);
  const archive = join(work, "linux-source.deb");
  writeFileSync(archive, await fetchArchive(kernel, archiveStore(console.log)));
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
  const ours = readFileSync("linux/kernel.config", "utf8");
  writeFileSync(config, `${readFileSync(config, "utf8")}\n${ours}`);
  run("make", [...make, "olddefconfig"]);
  checkConfig(ours, readFileSync(config, "utf8"));
  console.log("building the kernel (3 to 10 minutes)");
  run("make", [...make, "-j2", "bzImage"]);
  writeFileSync(output, readFileSync(join(source, "arch/x86/boot/bzImage")));
}

/** Throws if the kernel's own rules have changed one of our options. */
function checkConfig(ours: string, config: string): void {
  const lines = new Set(config.split("\n"));
  const lost = ours
    .split("\n")
    .filter((line) => line.startsWith("CONFIG_"))
    .filter((line) => (line.endsWith("=n") ? lines.has(line.replace(/=n$/, "=y")) : !lines.has(line)));
  if (lost.length > 0) throw new ImageError(`the kernel did not take these options: ${lost.join(", ")}`);
}

async function buildFile({ name }: CompiledFile, work: string, output: string): Promise<void> {
  if (name === "bzImage") await buildKernel(work, output);
  else run("gcc", [...forLibrary, "-o", output, "linux/guest/accepted.c"]);
}

const work = mkdtempSync(join(tmpdir(), "two-servers-compiled-"));
try {
  const isCheck = process.argv.includes("--check");
  mkdirSync("linux/built", { recursive: true });
  const kept = readCompiled();
  for (const file of compiledFiles) {
    const output = join(work, file.name);
    await buildFile(file, work, output);
    const bytes = readFileSync(output);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    console.log(`${file.name}: ${bytes.length} bytes, SHA-256 ${sha256}`);
    if (!isCheck) writeFileSync(join("linux/built", file.name), bytes);
    else if (kept[file.name]?.sha256 !== sha256)
      throw new ImageError(`${file.name} is not what is kept in linux/built.`);
  }
  if (!isCheck) writeFileSync("linux/built/built.json", writtenCompiled());
} catch (error) {
  if (!(error instanceof ImageError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
