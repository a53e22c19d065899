/**
 * Caches of older versions, which all copies of the site on an origin shared. Each copy takes its files over, once, and
 * leaves those of the others where they are.
 */
import { hasIntegrity } from "./integrity.ts";
import { cacheNames } from "./precache.ts";

/** A file that may be there: where it was, where it goes, and what a browser would compare it with. */
export interface WantedFile {
  /** The address under which it was kept. */
  readonly key: string;
  readonly integrity: string;
}

/**
 * Copies what is there of these files, and is what it should be, from an older version's cache into one of this site's
 * own.
 */
export async function takeOverFiles(from: string, into: string, files: readonly WantedFile[]): Promise<void> {
  if (!(await caches.has(from))) return;
  const [old, own] = await Promise.all([caches.open(from), caches.open(into)]);
  for (const { key, integrity } of files) {
    const response = await old.match(key);
    if (response === undefined || response.redirected) continue;
    const bytes = await response.clone().arrayBuffer();
    if (await hasIntegrity(bytes, integrity)) await own.put(key, response);
  }
}

/** Removes what older versions have kept of the site below this root, and their caches once they are empty. */
export async function forgetUnscoped(root: URL): Promise<void> {
  for (const name of Object.values(cacheNames)) {
    if (!(await caches.has(name))) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) if (request.url.startsWith(root.href)) await cache.delete(request);
    if ((await cache.keys()).length === 0) await caches.delete(name);
  }
}
