/** Takes the newest packages of a release, and writes down what they are. */
import { readFileSync, writeFileSync } from "node:fs";
import type { Paragraph } from "./debian-control.ts";
import { packagesOf } from "./debian-release.ts";
import { compareVersions } from "./debian-version.ts";
import { ImageError } from "./image-error.ts";
import { lockFile, writtenLock } from "./package-lock.ts";
import { recipe } from "./recipe.ts";
import { resolvePackages } from "./resolve-packages.ts";

/** Debian's keys, which sign its Release files. */
const keysFile = "linux/debian-archive-keys.asc";

/** Resolves with how many packages there are. Rejects with `ImageError`. */
export async function writeLock(mirror: string): Promise<number> {
  const keys = readFileSync(keysFile, "utf8");
  const { release } = recipe.archives;
  const available = new Map<string, Paragraph>();
  for (const suite of [release, `${release}-updates`]) {
    for (const [name, fields] of await packagesOf(suite, (path) => fetchBytes(`${mirror}debian/${path}`), keys)) {
      const there = available.get(name);
      const isNewer = compareVersions(fields.get("Version") ?? "", there?.get("Version") ?? "") > 0;
      if (!there || isNewer) available.set(name, fields);
    }
  }
  const packages = resolvePackages(available, recipe.packages).flatMap((name) => available.get(name) ?? []);
  writeFileSync(lockFile, writtenLock(packages));
  return packages.length;
}

async function fetchBytes(address: string): Promise<Uint8Array> {
  const response = await fetch(address).catch((cause) => {
    throw new ImageError(`${address} does not answer: ${String(cause)}`);
  });
  if (!response.ok) throw new ImageError(`${address} answers ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}
