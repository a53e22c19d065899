/** Zips the built site so that the same files give the same bytes, on any computer at any time. */
import { type Zippable, zipSync } from "fflate";

/** Zip entries carry a date, without a time zone: one for all keeps the archive the same. */
const zipDate = new Date("2026-01-01T00:00:00");

/** Files that are compressed already. */
const compressed = /\.(?:bin|png|zip|pf_\w+|pagefind)$/;

/** @param files contents by path, with forward slashes */
export function releaseZip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const entries: Zippable = {};
  for (const path of [...files.keys()].sort()) {
    const bytes = files.get(path);
    if (bytes) entries[path] = [bytes, { mtime: zipDate, level: compressed.test(path) ? 0 : 9 }];
  }
  return zipSync(entries);
}

/** The largest of them: what a host's limits are held against. Throws where there is none. */
export function largestOf(files: ReadonlyMap<string, Uint8Array>): { readonly path: string; readonly size: number } {
  const [first] = [...files].map(([path, { length: size }]) => ({ path, size })).sort((a, b) => b.size - a.size);
  if (!first) throw new Error("There are no files.");
  return first;
}
