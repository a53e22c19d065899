import { existsSync, readdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";

/** How many builds of each kind stay: the one in use, and one to go back to. */
const kept = 2;

/**
 * Removes what no recipe has used for long from the folder of builds.
 *
 * @param cache holds folders `<kind>-<hash>`
 * @param used folders in it that the recipe of today uses: they stay, and count as used now
 * @returns the folders that were removed, by name
 */
export function forgetOldBuilds(cache: string, used: readonly string[]): readonly string[] {
  const now = new Date();
  for (const folder of used) if (existsSync(folder)) utimesSync(folder, now, now);
  const lastUsed = (name: string) => statSync(join(cache, name)).mtimeMs;
  const builds = readdirSync(cache).filter((name) => /^[a-z-]+-[0-9a-f]{16}$/.test(name));
  const kinds = Map.groupBy(builds, (name) => name.slice(0, name.lastIndexOf("-")));
  const old = [...kinds.values()].flatMap((names) => names.toSorted((a, b) => lastUsed(b) - lastUsed(a)).slice(kept));
  const removed = old.filter((name) => !used.includes(join(cache, name)));
  for (const name of removed) rmSync(join(cache, name), { recursive: true });
  return removed;
}
