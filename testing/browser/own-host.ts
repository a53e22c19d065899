/** A host of its own for a copy of the built site: it can go away, come back, and have another version. */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { dirname, join } from "node:path";
import sirv from "sirv";
import { emptyManifest, precacheManifestOf, serviceWorkerFor } from "../../src/integrations/output/keep-site.ts";

/** A copy of a built site on a port of its own. */
export class OwnHost {
  readonly #folder: string;
  #server: Server | undefined;
  #port = 0;

  /**
   * @param name of the copy's folder, below `build/`; each lane of the tests has its own, because two browsers may run one
   *   spec at once
   * @param site what is copied
   * @param linux with the Linux image, which is large
   */
  constructor(name: string, { site = "dist", linux = false } = {}) {
    this.#folder = join("build", `${name}-${process.env["TEST_PARALLEL_INDEX"] ?? "0"}`);
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder, { recursive: true });
    const filter = (path: string) => linux || !/linux\/\w+[.\w]*\.[0-9a-f]{12}\./.test(path);
    cpSync(site, this.#folder, { recursive: true, filter });
  }

  /** The site's root. */
  get address(): string {
    return `http://localhost:${this.#port}/`;
  }

  /** Comes up, on the port that it had before. */
  async up(): Promise<void> {
    const files = sirv(this.#folder, { dev: true, etag: true });
    const server = createServer((request, response) =>
      files(request, response, () => void response.writeHead(404).end("Not found")),
    );
    await new Promise<void>((resolve) => server.listen(this.#port, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("The host has no port.");
    this.#port = address.port;
    this.#server = server;
  }

  /** Goes away, and with it every open connection. */
  async down(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  /**
   * Puts another version in place. Each page, and files without a hash in their names, say which one they are of: pages
   * in `<meta name="version">`, the list of the Python machine's parts in `version`, the machine's frame in its title.
   */
  async publish(version: string): Promise<void> {
    for (const entry of readdirSync(this.#folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && entry.name.endsWith(".html")) {
        const html = readFileSync(path, "utf8").replace(/<meta name="version"[^>]*>|(?=<\/head>)/, "");
        writeFileSync(path, html.replace("</head>", `<meta name="version" content="${version}"></head>`));
      }
    }
    const list = join(this.#folder, "machine/python/manifest.json");
    writeFileSync(list, JSON.stringify({ ...JSON.parse(readFileSync(list, "utf8")), version }));
    this.write("service-worker.js", await serviceWorkerFor(await precacheManifestOf(this.#folder)));
  }

  /** Puts the worker in place that a site without keeping has. */
  async keepNothing(): Promise<void> {
    this.write("service-worker.js", await serviceWorkerFor(emptyManifest));
  }

  /** Writes a file of the site. */
  write(path: string, text: string): void {
    mkdirSync(join(this.#folder, dirname(path)), { recursive: true });
    writeFileSync(join(this.#folder, path), text);
  }
}
