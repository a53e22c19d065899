/** Debian's packages, installed into an archive of a root file system. */
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ImageError } from "./image-error.ts";
import { comparePackages, installedPackages, lockFile, readLock } from "./package-lock.ts";
import { packagesFolder, recipe } from "./recipe.ts";
import { run, say } from "./run.ts";

/**
 * The archive's path; kept for the next time. With `lock`, takes the newest packages and writes their versions down.
 */
export function debianPackages(work: string, lock = false): string {
  const kept = join(packagesFolder(), "root.tar");
  if (!lock && existsSync(kept)) return kept;
  say("installing Debian's packages (1 to 3 minutes)");
  const tarball = bootstrap(work, "http://deb.debian.org/debian");
  const found = packagesIn(tarball);
  if (lock) {
    writeFileSync(lockFile, found);
    say(`${found.trim().split("\n").length} packages written to linux/packages.lock`);
  }
  const moved = comparePackages(readLock(), found);
  if (moved.length > 0) takeOldOnes(work, moved);
  const folder = packagesFolder();
  mkdirSync(folder, { recursive: true });
  run("cp", [tarball, join(folder, "root.new")]);
  renameSync(join(folder, "root.new"), join(folder, "root.tar"));
  return join(folder, "root.tar");
}

/** Those of the day that the recipe names, instead of today's. */
function takeOldOnes(work: string, moved: readonly string[]): void {
  const { snapshot } = recipe.archives;
  say(`Debian has other packages than the lock (${moved.slice(0, 3).join(", ")}); taking those of ${snapshot}`);
  try {
    const old = bootstrap(work, `https://snapshot.debian.org/archive/debian/${snapshot}`);
    if (comparePackages(readLock(), packagesIn(old)).length === 0) return;
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
  }
  throw new ImageError(
    "the packages of linux/packages.lock are not to be had. Take the newest with: npm run linux:image -- --lock",
  );
}

function packagesIn(tarball: string): string {
  return installedPackages(run("tar", ["-xOf", tarball, "./var/lib/dpkg/status"]));
}

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
