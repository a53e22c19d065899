/**
 * What the service worker keeps of a built site, as the build has found it. Plain data and rules, the same at build
 * time and in the worker.
 */

/** A file that is kept whole before anything of it is used. */
export interface PrecachedFile {
  /** Relative to the site's root; a page goes by the address of its folder, `lessons/01-two-servers/`. */
  readonly url: string;
  /** The page's or file's content as a word; `null` where its name changes with its content. */
  readonly revision: string | null;
  /**
   * What a browser compares the content with: a host in the middle of an update, or one that changes files, is noticed.
   */
  readonly integrity: string;
}

/** A file that is kept once it was used. */
export interface RuntimeCachedFile {
  /** Relative to the site's root; its name changes with its content. */
  readonly url: string;
  /** As of a `KeptFile`. */
  readonly integrity: string;
}

/** One version of the site. */
export interface PrecacheManifest {
  /** Changes with any file. */
  readonly version: string;
  readonly files: readonly PrecachedFile[];
  /** Files that are too large to be kept before they were used once: the Linux image, and the archive of Python packages. */
  readonly runtime: readonly RuntimeCachedFile[];
}

/** Names of caches, before the path of the site. Older versions had these very names, for all sites of the origin. */
export const cacheNames = {
  /** The site. */
  site: "two-servers-site",
  /** What is kept once it was used. */
  runtime: "two-servers-on-use",
} as const;

/** The file's name, below the site's root. */
export const serviceWorkerFile = "service-worker.js";

/** The query of the worker's address with which it keeps nothing and only isolates pages of the Node machine. */
export const keepsNothing = "?keep=nothing";

/** What a page says to a newer worker that waits: nobody uses the older version any more. */
export const takeOver = "take over";

/** Names that change with the content: Astro's, and those of machine parts. */
const hashedName = /^_astro\/.*\.[\w-]{8,}\.\w+$|\.[0-9a-f]{12,}\.[\w.]+$/;

/** Whether a file's name changes with its content, so that it never has to be asked for again. */
export function isHashed(path: string): boolean {
  return hashedName.test(path);
}

/** Files for hosts, which readers never ask for; and the worker itself. */
const neverKept = /^(?:hosting\/[^/]+\.\w+|_headers|\.htaccess|service-worker\.js)$/;

/** The Linux image, and what `pip install` installs. */
const keptOnUse = /^machine\/(?:linux\/|python\/(?:wheels\/|pip\.zip\.|archive\.json\.))/;

/** How a file is kept: whole before the site is used, once it was used, or not at all. */
export type CachePolicy = "precache" | "runtime" | "never";

/** How a file of the built site is kept. */
export function cachePolicyOf(path: string): CachePolicy {
  if (path === "hosting/index.html") return "precache";
  if (neverKept.test(path)) return "never";
  return keptOnUse.test(path) && isHashed(path) ? "runtime" : "precache";
}

/** The address that a file of the built site is asked for with: a page's is its folder's, which every host knows. */
export function addressOf(path: string): string {
  const folder = path.replace(/(^|\/)index\.html$/, "$1");
  return folder === "" ? "./" : folder;
}
