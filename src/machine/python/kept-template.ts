/**
 * Keeps the template between visits in Cache Storage, under the key of everything that it was made from. With it a machine opens in a
 * fraction of the time.
 *
 * It is made in a frame in which no reader's code has run yet, and checked by its digest when it is read. Where storage is denied or full
 * the machine makes its template at each visit.
 */
const cacheName = "two-servers-python-template";

/** The kept template with this key, or undefined. What is kept under other keys is of an older build and goes. */
export async function readTemplate(key: string): Promise<ArrayBuffer | undefined> {
  const cache = await openCache();
  if (!cache) return undefined;
  for (const request of await cache.keys()) {
    if (request.url !== address(key)) await cache.delete(request);
  }
  const response = await cache.match(address(key));
  if (!response) return undefined;
  const bytes = await response.arrayBuffer();
  if (response.headers.get("Digest") === (await digest(bytes))) return bytes;
  await cache.delete(address(key));
  return undefined;
}

/** Keeps a template; false where the browser does not let us. */
export async function keepTemplate(key: string, template: ArrayBuffer): Promise<boolean> {
  const cache = await openCache();
  if (!cache) return false;
  try {
    await cache.put(address(key), new Response(template, { headers: { Digest: await digest(template) } }));
    return true;
  } catch {
    // The disk is full, or the quota: the next visit makes its own.
    return false;
  }
}

async function openCache(): Promise<Cache | undefined> {
  try {
    return await caches.open(cacheName);
  } catch {
    // Storage is denied, or the page is not in a secure context.
    return undefined;
  }
}

/** Cache Storage wants addresses; nothing is ever requested from this one. Another browser makes its own template. */
function address(key: string): string {
  return `https://template.invalid/${key}?${encodeURIComponent(navigator.userAgent)}`;
}

async function digest(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
