/**
 * The site's one service worker. What else the site may want of one belongs in this file, too: a second one with the same scope would
 * replace it. It does two things.
 *
 * It keeps the site, so that everything works without a network after one visit. A version is kept whole, each file compared with what
 * the build made, before anything of it is used; it is used until no page of it is open any more, and then gives way to the newer one
 * as a whole. So no page is ever made of two versions.
 *
 * It isolates pages from other origins, which WebContainer needs, where the host does not send the headers itself: only those that run the
 * Node machine.
 *
 * With `?keep=nothing` in its address it does only the latter. A site that is built without keeping (`PUBLIC_OFFLINE=off`) has an empty
 * list of files, to the same effect; either removes what an earlier one has kept.
 */
import { PrecacheController } from "workbox-precaching/PrecacheController.js";
import { serviceWorkerStrings } from "../strings/strings.ts";
import { isolated, needsIsolation } from "./isolation.ts";
import { cacheNames, type KeptSite, keepsNothing, takeOver } from "./kept-site.ts";

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build. */
declare const keptSite: KeptSite;

const root = new URL("./", self.location.href).href;
const keeps = keptSite.files.length > 0 && self.location.search !== keepsNothing;
const onUse = new Set(keptSite.onUse.map((path) => new URL(path, root).href));
const site = new PrecacheController({ cacheName: cacheNames.site });
if (keeps) site.addToCacheList([...keptSite.files]);

self.addEventListener("install", (event) => {
  // Without files there are no versions that could be mixed.
  if (keeps) void site.install(event);
  else event.waitUntil(self.skipWaiting());
});

self.addEventListener("activate", (event) => {
  if (keeps) {
    void site.activate(event);
    event.waitUntil(forgetOldFiles());
  } else {
    event.waitUntil(Promise.all(Object.values(cacheNames).map((name) => caches.delete(name))));
  }
});

self.addEventListener("message", (event) => {
  if (event.data === takeOver) event.waitUntil(self.skipWaiting());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    if (keeps || self.registration.waiting || needsIsolation(request.url)) event.respondWith(page(request));
    return;
  }
  if (!keeps) return;
  const address = keptAddress(request.url);
  if (address !== undefined) event.respondWith(kept(address, request));
  else if (onUse.has(request.url) && !request.headers.has("Range")) event.respondWith(keptOnUse(event));
});

/** A page, isolated if it runs the Node machine. */
async function page(request: Request): Promise<Response> {
  const newer = self.registration.waiting;
  if (newer && request.destination === "document" && (await openPages()) < 2) {
    // The page that is left was the last one of this version. The browser asks again, and the newer worker answers. It takes over once this one
    // has answered everybody; a page that is asked for in that very moment Chromium leaves without an answer. Hence not at once.
    newer.postMessage(takeOver);
    return new Response(serviceWorkerStrings.newer, { headers: { Refresh: "1" } });
  }
  const response = await anyPage(request);
  return needsIsolation(request.url) ? isolated(response) : response;
}

async function anyPage(request: Request): Promise<Response> {
  if (!keeps) return fetch(request);
  const address = keptAddress(request.url);
  if (address !== undefined) return kept(address, request);
  const folder = keptAddress(`${withoutQuery(request.url)}/`);
  // Without its closing slash relative addresses would lead astray.
  return folder === undefined ? fetch(request) : Response.redirect(folder, 301);
}

/** What is kept under this address; from the host if the browser has lost it. */
async function kept(address: string, request: Request): Promise<Response> {
  return (await site.matchPrecache(address)) ?? fetch(request);
}

/** The address under which an answer is kept, if one is. A query changes nothing on a static site. */
function keptAddress(url: string): string | undefined {
  const plain = withoutQuery(url);
  return [plain, plain.replace(/\/index\.html$/, "/")].find((each) => site.getCacheKeyForURL(each) !== undefined);
}

function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

async function keptOnUse(event: FetchEvent): Promise<Response> {
  const cache = await caches.open(cacheNames.onUse);
  const found = await cache.match(event.request.url);
  if (found) return found;
  const response = await fetch(event.request);
  if (response.status === 200) event.waitUntil(cache.put(event.request.url, response.clone()).catch(notKept));
  return response;
}

/** The disk is full, or the quota: it is fetched again at the next visit. */
function notKept(reason: unknown): void {
  console.info("A part of a machine could not be kept:", reason);
}

async function forgetOldFiles(): Promise<void> {
  const cache = await caches.open(cacheNames.onUse);
  for (const { url } of await cache.keys()) if (!onUse.has(url)) await cache.delete(url);
}

/** Pages of this worker that are open, without the frames that machines live in. */
async function openPages(): Promise<number> {
  const windows = await self.clients.matchAll({ type: "window" });
  return windows.filter(({ url }) => !withoutQuery(url).startsWith(`${root}machine/`)).length;
}
