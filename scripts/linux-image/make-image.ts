/**
 * Makes the Linux machine's image with Node alone: the disc from Debian's packages, and a snapshot of each situation.
 * Each step is kept by the hash of its recipe, so that nothing is made twice, and what was interrupted goes on where it
 * was.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Preparation } from "../../src/machine/linux/preparation.ts";
import { lockBuilds } from "./build-lock.ts";
import { type ArchiveStore, fetchArchive, forgetArchives } from "./debian-archive.ts";
import { kernelFile, makeDisc } from "./disc-folder.ts";
import { ImageError } from "./image-error.ts";
import { keepFolder } from "./keep-folder.ts";
import { forgetOldBuilds } from "./old-builds.ts";
import { readLock } from "./package-lock.ts";
import { archivesFolder, bootedFolder, cache, missingParts, recipe, recipeFolders, situationFolder } from "./recipe.ts";
import { bundleScript, runScript } from "./run-script.ts";
import { readSituation, type Situation, situationNames } from "./situation.ts";

/** Who hears what happens. */
export interface ImageListener {
  readonly say: (line: string) => void;
  readonly progress: (preparation: Preparation) => void;
  /** The disc or a situation is there: the site can have it. */
  readonly made: () => Promise<void>;
}

/** Bytes of disk that a build takes, and that must be free. */
const space = 1_500_000_000;
/** Share of the work that the disc is. */
const discShare = 0.5;
/** How many situations are taken at once: one for each of two cores. */
const atOnce = 2;

/** Where packages come from. Another mirror can be named, and another snapshot archive. */
export function archiveStore(say: (line: string) => void): ArchiveStore {
  const mirror = process.env["DEBIAN_MIRROR"];
  return {
    mirrors: mirror
      ? [mirror.endsWith("/") ? mirror : `${mirror}/`]
      : ["https://deb.debian.org/", "http://deb.debian.org/"],
    snapshots: process.env["DEBIAN_SNAPSHOTS"] ?? "https://snapshot.debian.org/archive/",
    moment: recipe.archives.snapshot,
    folder: archivesFolder,
    say,
  };
}

/** Makes what is not there yet; only one situation, if it is named. Rejects with `ImageError`. */
export async function makeImage(listener: ImageListener, only?: string): Promise<void> {
  if (missingParts().length === 0) {
    listener.say("there already");
    return;
  }
  checkSpace();
  const unlock = await lockBuilds(cache, listener.say);
  const work = join(cache, "work");
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work);
  const tidyUp = () => {
    rmSync(work, { recursive: true, force: true });
    unlock();
  };
  process.once("exit", tidyUp);
  try {
    await makeAll(work, listener, only);
  } catch (error) {
    throw fullDisk(error) ?? error;
  } finally {
    process.off("exit", tidyUp);
    tidyUp();
  }
}

async function makeAll(work: string, { say, progress, made }: ImageListener, only: string | undefined): Promise<void> {
  const names = situationNames().filter((name) => only === undefined || name === only);
  let fraction = 0;
  const tell = (step: string) => progress({ state: "preparing", step, fraction });
  const store = archiveStore(say);
  const disc = await makeDisc({
    work,
    archive: (archive) => fetchArchive(archive, store),
    say(line) {
      say(line);
      tell(line);
    },
    progress(share) {
      fraction = Math.max(fraction, share * discShare);
    },
  });
  fraction = discShare;
  await made();
  const script = await bundleScript("scripts/linux-image/take-snapshot.ts", work);
  const waiting = names.map(readSituation).filter((each) => !existsSync(join(situationFolder(each), "manifest.json")));
  const share = (1 - discShare) / Math.max(1, waiting.length);
  const take = async (situation: Situation) => {
    say(`booting the situation ${situation.name} (1 to 3 minutes)`);
    tell(`taking the situation ${situation.name}`);
    await takeSnapshot({ work, disc, script, situation, say });
    fraction += share;
    await made();
  };
  // The first boots the machine for all.
  const [first, ...others] = waiting;
  if (first && !existsSync(join(bootedFolder(), "state"))) await take(first);
  else if (first) others.unshift(first);
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let next = others.shift(); next; next = others.shift()) await take(next);
    }),
  );
  const forgotten = forgetOldBuilds(cache, recipeFolders());
  if (forgotten.length > 0) say(`removed ${forgotten.length} builds that are no longer used`);
  forgetArchives(archivesFolder, [...readLock(), recipe.archives.bios]);
  say("done");
}

interface Taking {
  readonly work: string;
  readonly disc: string;
  readonly script: string;
  readonly situation: Situation;
  readonly say: (line: string) => void;
}

async function takeSnapshot({ work, disc, script, situation, say }: Taking): Promise<void> {
  const folder = situationFolder(situation);
  const made = join(work, situation.name);
  mkdirSync(made);
  mkdirSync(bootedFolder(), { recursive: true });
  const file = join(work, `${situation.name}.json`);
  writeFileSync(file, JSON.stringify(situation));
  const inputs = [
    kernelFile,
    join(disc, "disc"),
    "node_modules/v86/build/v86.wasm",
    join(disc, "bios.bin"),
    join(disc, "vgabios.bin"),
    join(bootedFolder(), "state"),
  ];
  await runScript(script, [...inputs, file, join(made, "snapshot")], (line) =>
    say(`${situation.name}: ${line.trim()}`),
  );
  const about: object = JSON.parse(readFileSync(join(made, "snapshot.json"), "utf8"));
  rmSync(join(made, "snapshot.json"));
  const manifest = { ...about, ...(situation.debian && { debian: situation.debian }) };
  writeFileSync(join(made, "manifest.json"), JSON.stringify(manifest));
  keepFolder(made, folder);
  rmSync(made, { recursive: true });
}

/** Throws `ImageError` where the disk is too full to begin. */
function checkSpace(): void {
  mkdirSync(cache, { recursive: true });
  const { bavail, bsize } = statfsSync(cache);
  if (bavail * bsize < space) {
    throw new ImageError(
      `${cache} has ${megabytes(bavail * bsize)} MB left, and the image takes ${megabytes(space)} MB while it is made. Make room, or choose another folder with XDG_CACHE_HOME.`,
    );
  }
}

function fullDisk(error: unknown): ImageError | undefined {
  const isFull = error instanceof Error && /ENOSPC/.test(`${error.message} ${"code" in error ? error.code : ""}`);
  return isFull
    ? new ImageError(`the disk is full. Make room in ${cache}, and start again: what is made is kept.`)
    : undefined;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
