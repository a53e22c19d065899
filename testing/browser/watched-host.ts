/**
 * The built site on a host whose pages watch themselves. WebDriver tells nothing of a page's console; so each page that
 * is opened begins with a script that writes down what is wrong. It stands before the page's own policy, which is as it
 * was built. What a service worker fetches is served as it is.
 */
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import sirv from "sirv";

/** Runs in the page. */
const watch = `<script>
globalThis.complaints = [];
{
  const { complaints } = globalThis;
  const fileOf = ({ src, href }) => src || href;
  addEventListener("error", (event) => complaints.push(event.message ?? "not loaded: " + fileOf(event.target)), true);
  addEventListener("unhandledrejection", ({ reason }) => complaints.push("rejected: " + reason));
  addEventListener("securitypolicyviolation", (event) => {
    complaints.push(event.violatedDirective + " refuses " + event.blockedURI);
  });
  const { error } = console;
  console.error = (...words) => {
    complaints.push(words.join(" "));
    error.apply(console, words);
  };
}
</script>`;

/** A host that is up. */
export interface WatchedHost {
  /** The site's root. */
  readonly address: string;
  /** What was asked for, and is not there: paths. */
  readonly missing: readonly string[];
  /** Goes away, unless it has, and with it every open connection. */
  down(): Promise<void>;
}

/** Serves the site in `dist` on a port of its own. */
export async function watchedHost(): Promise<WatchedHost> {
  const files = sirv("dist", { etag: true });
  const missing: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const page = join("dist", decodeURIComponent(pathname), "index.html");
    if (request.headers["sec-fetch-dest"] === "document" && pathname.endsWith("/") && existsSync(page)) {
      response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
      response.end(readFileSync(page, "utf8").replace(/<head[^>]*>/, (head) => head + watch));
      return;
    }
    files(request, response, () => {
      missing.push(pathname);
      response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The host has no port.");
  return {
    address: `http://localhost:${address.port}/`,
    missing,
    async down() {
      if (!server.listening) return;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
