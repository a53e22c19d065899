/** Serves the built site as any plain static host would: right types, a redirect to a folder's closing slash. */
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import sirv from "sirv";
import { isolationHeaders, needsIsolation } from "../src/service-worker/isolation.ts";

/** Below it lies what may come while the site is served. */
const growing = "/machine/linux/";

/** How the site is served. */
export interface ServeOptions {
  /** Where the built site lies; left out: in `dist`. */
  readonly folder?: string;
  /** The first port that is tried. */
  readonly port: number;
  /** The folder that the site is in, with slashes at both ends. */
  readonly base: string;
  /** Sends the headers that the Node machine's pages need. */
  readonly isolate: boolean;
  /** What is answered beside the site's files, by path in the site: a value to be sent as JSON, or nothing. */
  readonly answers?: Readonly<Record<string, () => object | undefined>>;
}

/**
 * Resolves with the server's port, the first free one. Rejects with `Error` whose message is for the reader of the
 * terminal.
 */
export async function serveSite({
  port,
  base,
  isolate,
  answers = {},
  folder = "dist",
}: ServeOptions): Promise<{ port: number; server: Server }> {
  if (!existsSync(join(folder, "index.html"))) {
    throw new Error(`There is no site in ${folder}/ yet. Build it with: npm run build`);
  }
  const files = sirv(folder, { etag: true });
  const grown = sirv(folder, { etag: true, dev: true });
  const server = createServer((request, response) => {
    const path = pathInSite(request.url ?? "/", base);
    const notFound = () => {
      response
        .writeHead(404, { "Content-Type": "text/html; charset=utf-8" })
        .end(readFileSync(join(folder, "404.html")));
    };
    if (path === null) return notFound();
    if (isFolderWithoutSlash(folder, path))
      return response.writeHead(301, { Location: `${base}${path.slice(1)}/` }).end();
    const answer = answers[path]?.();
    if (answer) {
      response.writeHead(200, { "Content-Type": "application/json", "Cache-Control": "no-store" });
      return response.end(JSON.stringify(answer));
    }
    if (isolate && needsIsolation(request.url ?? "/")) {
      for (const [name, value] of Object.entries(isolationHeaders)) response.setHeader(name, value);
    }
    request.url = path;
    return path.startsWith(growing) ? grown(request, response, notFound) : files(request, response, notFound);
  });
  return { port: await listen(server, port), server };
}

/** The path inside the site that a request asks for, `null` if it asks outside of it or for no path at all. */
function pathInSite(url: string, base: string): string | null {
  try {
    const { pathname } = new URL(url, "http://localhost");
    decodeURIComponent(pathname);
    return pathname.startsWith(base) ? `/${pathname.slice(base.length)}` : null;
  } catch {
    return null;
  }
}

/** A request for a folder without its closing slash, from which relative addresses would lead astray. */
function isFolderWithoutSlash(folder: string, path: string): boolean {
  return !path.endsWith("/") && existsSync(join(folder, decodeURIComponent(path), "index.html"));
}

/** Listens on the first free port from `port` on, and resolves with it. */
function listen(on: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    on.once("error", (error: NodeJS.ErrnoException) => {
      // Somebody else's, or one that only root may have.
      if (error.code === "EADDRINUSE" && port < 65_535) resolve(listen(on, port + 1));
      else reject(new Error(`Port ${port} cannot be listened on (${error.code}). Choose another: --port 4321`));
    });
    on.listen(port, "127.0.0.1", () => resolve(port));
  });
}
