/**
 * The site's one service worker. What else the site may want of one belongs in this file, too: a second one with the same
 * scope would replace it.
 *
 * It isolates pages from other origins (COOP and COEP), which WebContainer needs, where the host does not send these
 * headers itself. Registered only when a reader chooses the Node machine, and it touches no other page than those that
 * run it: `?machine=node`, and the check of the Node machine.
 */
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  if (needsIsolation(event.request)) event.respondWith(isolated(event.request));
});

/** The same rule as in src/integrations/isolation.ts. */
function needsIsolation(request) {
  const { pathname, searchParams } = new URL(request.url);
  if (request.mode !== "navigate") return false;
  return searchParams.get("machine") === "node" || pathname.endsWith("/check/node/");
}

async function isolated(request) {
  const response = await fetch(request);
  // A redirect that the browser is to follow, or a file from another origin: neither can be changed.
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
