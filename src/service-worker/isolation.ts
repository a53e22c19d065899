/**
 * Which pages are isolated from other origins (COOP and COEP), which the Node machine needs: those that run it. The one
 * rule, for the service worker, the servers of this project and the header files for others.
 */

/** What isolates a page. */
export const isolationHeaders = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
} as const;

/** Path of the check of the Node machine, below the site's root. */
export const checkPath = "/check/node/";

/** Whether a page is one that runs the Node machine: `?machine=node`, and the check of the machine. */
export function needsIsolation(address: string): boolean {
  const { pathname, searchParams } = new URL(address, "http://localhost");
  return searchParams.get("machine") === "node" || pathname.endsWith(checkPath);
}

/** The same answer, with the headers that isolate. */
export function isolated(response: Response): Response {
  // A redirect that the browser is to follow, or a file from another origin: neither can be changed.
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(isolationHeaders)) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
