/**
 * Where this site is, whatever folder of whatever host serves it. Every page carries its own way back to the root
 * in `<meta name="site-root">`, because `dist/` is built without knowing its address.
 */

/** The name of the meta element that holds a page's way to the root. */
export const siteRootMetaName = "site-root";

/** The address of the site's root folder, with a closing slash. Throws on a page that is not one of the site's. */
export function siteRoot(page: Document = document): URL {
  const way = page.querySelector<HTMLMetaElement>(`meta[name="${siteRootMetaName}"]`)?.content;
  if (way === undefined) throw new Error(`This page has no <meta name="${siteRootMetaName}">.`);
  return new URL(way, page.baseURI);
}

/** Whether an address leads to the computer that it is opened on, so that it works nowhere else. */
export function isOwnComputer({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
}
