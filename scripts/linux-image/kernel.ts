/** The machine's kernel, built from Debian's source with the options of `linux/kernel.config`. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fetchArchive } from "./debian-archive.ts";
import { ImageError } from "./image-error.ts";
import { kernelFolder, recipe } from "./recipe.ts";
import { run, say } from "./run.ts";

/** The path of the kernel, which is built in `work` unless it is there already. */
export async function buildKernel(work: string): Promise<string> {
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
