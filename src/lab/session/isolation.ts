/**
 * Isolates the page from other origins, which the Node machine needs: by headers of the host, or, where it sends none,
 * by the site's service worker, which adds them.
 */

import { keptName } from "../../kept-names.ts";
import { keepsNothing, serviceWorkerFile } from "../../service-worker/precache.ts";

/** What came of it. */
export type Isolation =
  | "isolated"
  /** The page is about to be loaded again, isolated. */
  | "reloading"
  /** In a frame of another page, without HTTPS, or without service workers. */
  | "impossible";

/** Remembers within a tab that it was tried, so that a page does not load again and again. */
const triedName = "two-servers:isolation-tried";

/** Whether this page stands in a frame of another one: only that one's headers could isolate it. */
export function isFramed(): boolean {
  return window.top !== window;
}

/** Isolates this page if it is not. To be called only after the reader has chosen the Node machine. */
export async function isolatePage(siteRoot: URL): Promise<Isolation> {
  const triedKey = keptName(triedName, siteRoot);
  if (crossOriginIsolated) {
    sessionStorage.removeItem(triedKey);
    return "isolated";
  }
  if (isFramed() || !isSecureContext || !("serviceWorker" in navigator)) return "impossible";
  if (sessionStorage.getItem(triedKey) === location.href) return "impossible";
  try {
    const scope = siteRoot.pathname;
    const registered = await navigator.serviceWorker.getRegistration(siteRoot);
    // The one that keeps the site isolates as well. Where there is none yet, nobody waits until everything is kept.
    if (!registered?.active || registered.scope !== siteRoot.href) {
      await navigator.serviceWorker.register(new URL(`${serviceWorkerFile}${keepsNothing}`, siteRoot), { scope });
    }
    await navigator.serviceWorker.ready;
  } catch {
    return "impossible";
  }
  sessionStorage.setItem(triedKey, location.href);
  location.reload();
  return "reloading";
}
