/**
 * Keeps what the machine is opened from between visits, in Cache Storage: the parts as they are once unpacked, and the
 * template. With it a machine opens in a fraction of the time. Where storage is denied or full the machine makes
 * everything anew at each visit.
 */
import { keptName } from "../../../kept-names.ts";

const cacheName = "two-servers-python-template";

/** Files of one build of the machine, by names that change with their content. */
export class ImageCache {
  private constructor(private readonly cache: Cache | undefined) {}

  /** Opens the store of the site with this root; one that keeps nothing where the browser does not let us. */
  static async open(siteRoot: URL): Promise<ImageCache> {
    try {
      // Older versions kept theirs under one name for all sites of the origin. What was in it is made again from the
      // parts.
      const [cache] = await Promise.all([caches.open(keptName(cacheName, siteRoot)), caches.delete(cacheName)]);
      return new ImageCache(cache);
    } catch {
      // Storage is denied, or the page is not in a secure context.
      return new ImageCache(undefined);
    }
  }

  /** The kept file with this name, as long as it is whole. Its bytes need not have been read yet. */
  async read(name: string): Promise<Blob | undefined> {
    const response = await this.cache?.match(address(name));
    if (!response) return undefined;
    const content = await response.blob();
    return String(content.size) === response.headers.get(sizeHeader) ? content : undefined;
  }

  /** Keeps a file; false where the browser does not let us. */
  async write(name: string, content: Blob): Promise<boolean> {
    if (!this.cache) return false;
    try {
      await this.cache.put(address(name), new Response(content, { headers: { [sizeHeader]: String(content.size) } }));
      return true;
    } catch {
      // The disk is full, or the quota: the next visit makes its own.
      return false;
    }
  }

  /** Forgets everything that has none of these names: what was kept by an older build. */
  async deleteOthers(names: readonly string[]): Promise<void> {
    const addresses = new Set(names.map(address));
    for (const { url } of (await this.cache?.keys()) ?? []) {
      if (!addresses.has(url)) await this.cache?.delete(url);
    }
  }
}

const sizeHeader = "X-Size";

/** Cache Storage wants addresses; nothing is ever requested from these. */
function address(name: string): string {
  return `https://machine.invalid/${encodeURIComponent(name)}`;
}
