/** The page's side of keeping the site on the reader's device: asked for once, taken back by a switch. */
import { isKeptBy, keptName } from "../kept-names.ts";
import { siteRoot } from "../site-root.ts";
import { cacheNames, keepsNothing, serviceWorkerFile } from "./precache.ts";
import { forgetUnscoped } from "./unscoped-caches.ts";

/** Where the reader's choice is kept: `on` or `off`. Left out: on, unless the browser is told to save data. */
const choiceName = "two-servers:offline";
/** The key of older versions, for all copies of the site on an origin. */
const oldChoiceKey = "two-servers: offline";

/** How the keeping stands. */
export type KeepingState =
  /** Everything is here. */
  | "kept"
  | "being kept"
  /** It was tried, and something could not be fetched or stored. */
  | "failed"
  /** The reader has turned it off. */
  | "off"
  /** The browser has no service workers for this page: storage is denied, or there is no HTTPS. */
  | "impossible";

/**
 * Keeps the site, unless the reader or a browser that saves data does not want that. Called on each page, and does
 * nothing more if all is kept.
 */
export async function keepUnlessOff(): Promise<void> {
  if (window.top === window && isWanted()) await keep();
}

/** The reader wants the site kept. */
export async function turnOn(): Promise<KeepingState> {
  remember("on");
  return keep();
}

/**
 * The reader wants nothing kept: the worker goes, and every cache of this site with it. Another copy of the site keeps
 * its own.
 */
export async function turnOff(): Promise<KeepingState> {
  remember("off");
  try {
    await (await registration())?.unregister();
    for (const name of await caches.keys()) if (isKeptBy(name, siteRoot())) await caches.delete(name);
    await forgetUnscoped(siteRoot());
  } catch {
    // What the browser denies us, it does not keep either.
    return "impossible";
  }
  return "off";
}

/** How it stands now. */
export async function keepingState(): Promise<KeepingState> {
  if (!("serviceWorker" in navigator) || isDenied()) return "impossible";
  try {
    if (!isWanted()) return "off";
    const found = await registration();
    if (found?.active && !found.active.scriptURL.endsWith(keepsNothing)) return "kept";
    if (found?.installing || found?.waiting) return "being kept";
    return (await caches.has(keptName(cacheNames.site, siteRoot()))) ? "failed" : "being kept";
  } catch {
    return "impossible";
  }
}

async function keep(): Promise<KeepingState> {
  if (!("serviceWorker" in navigator)) return "impossible";
  const root = siteRoot();
  try {
    await navigator.serviceWorker.register(new URL(serviceWorkerFile, root), { scope: root.pathname });
  } catch {
    // Storage is denied, the page is not secure, or the host does not answer: the site works as it does without.
    return "impossible";
  }
  return keepingState();
}

/** The worker of this site; not one of a site around it. */
async function registration(): Promise<ServiceWorkerRegistration | undefined> {
  const found = await navigator.serviceWorker.getRegistration(siteRoot());
  return found?.scope === siteRoot().href ? found : undefined;
}

/** Whether the browser lets this site store nothing. */
function isDenied(): boolean {
  try {
    localStorage.getItem(choiceName);
    return false;
  } catch {
    // Looking is what is denied.
    return true;
  }
}

function isWanted(): boolean {
  try {
    const choice = readChoice();
    return choice === null ? !savesData() : choice === "on";
  } catch {
    // Where nothing may be stored, nothing is.
    return false;
  }
}

/** What the reader has chosen; what an older version has kept is taken over, once. */
function readChoice(): string | null {
  const key = keptName(choiceName, siteRoot());
  const old = localStorage.getItem(oldChoiceKey);
  if (old !== null && localStorage.getItem(key) === null) localStorage.setItem(key, old);
  localStorage.removeItem(oldChoiceKey);
  return localStorage.getItem(key);
}

/** Whether the reader has told the browser to save data. Not all browsers say. */
function savesData(): boolean {
  const connection: unknown = Reflect.get(navigator, "connection");
  return typeof connection === "object" && connection !== null && Reflect.get(connection, "saveData") === true;
}

function remember(choice: "on" | "off"): void {
  try {
    localStorage.setItem(keptName(choiceName, siteRoot()), choice);
  } catch {
    // It holds for this page.
  }
}
