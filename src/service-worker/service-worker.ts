/**
 * The site's one service worker. What else the site may want of one belongs in this file, too: a second one with the
 * same scope would replace it. It does two things.
 *
 * It keeps the site, so that everything works without a network after one visit. A version is kept whole, each file
 * compared with what the build made, before anything of it is used; it is used until no page of it is open any more,
 * and then gives way to the newer one as a whole. So no page is ever made of two versions. Parts that are kept once
 * they were used are compared as well.
 *
 * It isolates pages from other origins, which WebContainer needs, where the host does not send the headers itself: only
 * those that run the Node machine.
 *
 * With `?keep=nothing` in its address it does only the latter. A site that is built without keeping
 * (`PUBLIC_OFFLINE=off`) has an empty list of files, to the same effect; either removes what an earlier one has kept.
 */
import { PrecacheController } from "workbox-precaching/PrecacheController.js";
import { keptName } from "../kept-names.ts";
import { serviceWorkerStrings } from "../strings/strings.ts";
import { checkedBody } from "./checked-body.ts";
import { isolated, needsIsolation } from "./isolation.ts";
import { cacheNames, keepsNothing, type PrecacheManifest, takeOver } from "./precache.ts";
import { forgetUnscoped, takeOverFiles } from "./unscoped-caches.ts";

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build. */
declare const precacheManifest: PrecacheManifest;

const rootAddress = new URL("./", self.location.href);
const root = rootAddress.href;
const keeps = precacheManifest.files.length > 0 && self.location.search !== keepsNothing;
const siteCache = keptName(cacheNames.site, rootAddress);
const runtimeCache = keptName(cacheNames.runtime, rootAddress);
/** Checksums, by address. */
const runtimeIntegrities = new Map(
  precacheManifest.runtime.map(({ url, integrity }) => [new URL(url, root).href, integrity]),
);
const integrities = new Map(precacheManifest.files.map(({ url, integrity }) => [new URL(url, root).href, integrity]));
const site = new PrecacheController({ cacheName: siteCache });
if (keeps) site.addToCacheList([...precacheManifest.files]);

self.addEventListener("install", (event) => {
  // Without files there are no versions that could be mixed.
  if (keeps) event.waitUntil(takeOverOldCaches().then(() => site.install(event)));
  else event.waitUntil(self.skipWaiting());
});

self.addEventListener("activate", (event) => {
  if (keeps) {
    void site.activate(event);
    event.waitUntil(Promise.all([forgetOldFiles(), forgetUnscoped(rootAddress)]));
  } else {
    const own = [siteCache, runtimeCache].map((name) => caches.delete(name));
    event.waitUntil(Promise.all([...own, forgetUnscoped(rootAddress)]));
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
  else {
    const integrity = runtimeIntegrities.get(request.url);
    if (integrity !== undefined) event.respondWith(keptOnUse(event, integrity));
  }
});

/** A page, isolated if it runs the Node machine. */
async function page(request: Request): Promise<Response> {
  const newer = self.registration.waiting;
  if (newer && request.destination === "document" && (await openPages()) < 2) {
    // The page that is left was the last one of this version. The browser asks again, and the newer worker answers. It
    // takes over once this one has answered everybody; a page that is asked for in that very moment Chromium leaves
    // without an answer. Hence not at once.
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
  return folder === undefined ? unkept(request) : Response.redirect(folder, 301);
}

/** A page that is not kept. One that is not translated stands in another language's folder: the English one is kept. */
async function unkept(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const [, inLanguage] = /^[a-z]{2}\/(.*)$/.exec(withoutQuery(request.url).slice(root.length)) ?? [];
    const english = inLanguage === undefined ? undefined : keptAddress(root + inLanguage);
    if (english === undefined) throw error;
    return Response.redirect(english);
  }
}

/** What is kept under this address. If the browser has lost it, it comes from the host, as long as it is the same. */
async function kept(address: string, request: Request): Promise<Response> {
  const found = await site.matchPrecache(address);
  if (found) return found;
  // A page of whatever version is better than none, and brings the newer worker.
  if (request.mode === "navigate") return fetch(request);
  const integrity = integrities.get(address);
  return fetch(address, integrity === undefined ? {} : { integrity });
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

/**
 * A part of a machine: kept if it was used before, or from the host. Whoever asks for the rest of one gets all of it,
 * checked.
 */
async function keptOnUse(event: FetchEvent, integrity: string): Promise<Response> {
  const { url } = event.request;
  const cache = await caches.open(runtimeCache);
  const found = await cache.match(url);
  if (found) return found;
  const response = await fetch(url, { signal: event.request.signal });
  if (response.status !== 200 || response.body === null) return response;
  const { body, whole } = checkedBody(response.body, integrity);
  const { headers } = response;
  const keep = async () => {
    const bytes = await whole;
    if (bytes !== undefined) await cache.put(url, new Response(bytes, { headers }));
  };
  event.waitUntil(keep().catch(notKept));
  return new Response(body, { headers });
}

/** The disk is full, or the quota: it is fetched again at the next visit. */
function notKept(reason: unknown): void {
  console.info("A part of a machine could not be kept:", reason);
}

/** What older versions have kept of this site need not be fetched again. */
async function takeOverOldCaches(): Promise<void> {
  try {
    const files = precacheManifest.files.flatMap(({ url, integrity }) => {
      const key = site.getCacheKeyForURL(new URL(url, root).href);
      return key === undefined ? [] : [{ key, integrity }];
    });
    await takeOverFiles(cacheNames.site, siteCache, files);
    const parts = [...runtimeIntegrities].map(([key, integrity]) => ({ key, integrity }));
    await takeOverFiles(cacheNames.runtime, runtimeCache, parts);
  } catch (error) {
    // The disk is full: both are there for a while. What is missing is fetched.
    notKept(error);
  }
}

async function forgetOldFiles(): Promise<void> {
  const cache = await caches.open(runtimeCache);
  for (const { url } of await cache.keys()) if (!runtimeIntegrities.has(url)) await cache.delete(url);
}

/** Pages of this worker that are open, without the frames that machines live in. */
async function openPages(): Promise<number> {
  const windows = await self.clients.matchAll({ type: "window" });
  return windows.filter(({ url }) => !withoutQuery(url).startsWith(`${root}machine/`)).length;
}
