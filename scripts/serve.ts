/**
 * Serves `dist/` as any plain static host would: right types, a redirect to a folder's closing slash, no special
 * headers. With `--isolate` it sends those that the Node machine's pages need, as a host can that reads
 * `src/service-worker/isolation.ts`.
 *
 *     node scripts/serve.ts [--port 4321] [--base /some/course/] [--isolate]
 */
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { parseArgs } from "node:util";
import sirv from "sirv";
import { isolationHeaders, needsIsolation } from "../src/service-worker/isolation.ts";

const folder = "dist";
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4321" },
    base: { type: "string", default: "/" },
    isolate: { type: "boolean", default: false },
  },
});
const base = values.base;

/** The path inside the site that a request asks for, `null` if it asks outside of it or for no path at all. */
function pathInSite(url: string): string | null {
  try {
    const { pathname } = new URL(url, "http://localhost");
    decodeURIComponent(pathname);
    return pathname.startsWith(base) ? `/${pathname.slice(base.length)}` : null;
  } catch {
    return null;
  }
}

/** A request for a folder without its closing slash, from which relative addresses would lead astray. */
function isFolderWithoutSlash(path: string): boolean {
  return !path.endsWith("/") && existsSync(join(folder, decodeURIComponent(path), "index.html"));
}

const files = sirv(folder, { etag: true });

const server = createServer((request, response) => {
  const path = pathInSite(request.url ?? "/");
  const notFound = () => {
    response.writeHead(404, { "Content-Type": "text/html; charset=utf-8" }).end(readFileSync(join(folder, "404.html")));
  };
  if (path === null) return notFound();
  if (isFolderWithoutSlash(path)) return response.writeHead(301, { Location: `${base}${path.slice(1)}/` }).end();
  if (values.isolate && needsIsolation(request.url ?? "/")) {
    for (const [name, value] of Object.entries(isolationHeaders)) response.setHeader(name, value);
  }
  request.url = path;
  return files(request, response, notFound);
});

/** Listens on the first free port from `port` on, and resolves with it. */
function listen(on: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    on.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" && port < 65_535) resolve(listen(on, port + 1));
      else reject(error);
    });
    on.listen(port, "127.0.0.1", () => resolve(port));
  });
}

if (!existsSync(join(folder, "index.html"))) {
  console.error("There is no site in dist/ yet. Build it with: npm run build");
  process.exit(1);
}
const port = await listen(server, Number(values.port));
console.log(`\nTwo Servers is ready at http://localhost:${port}${base}\nPress Ctrl+C to stop.`);
