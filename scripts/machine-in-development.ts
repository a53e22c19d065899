/**
 * Serves the Python machine while somebody works on it: `machine/` is made of the sources as they are when a page asks
 * for its manifest, so that the next start of a machine has what was written last. A page that is open loads again.
 */
import { resolve } from "node:path";
import type { ViteDevServer } from "vite";
import type { MadeMachine, Purpose } from "./machine-image.ts";

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  json: "application/json",
  bin: "application/octet-stream",
};

/** What makes machines: `machine-image.ts`, which a build of the site need not load. */
export interface MachineMaker {
  readonly makeMachine: (purpose: Purpose) => Promise<MadeMachine>;
  readonly posixFolder: string;
  readonly haveChanged: (paths: readonly string[], since: number) => Promise<boolean>;
}

/** The machine of the newest sources. */
export class NewestMachine {
  readonly #maker: MachineMaker;
  #made: { readonly machine: Promise<MadeMachine>; readonly when: number } | undefined;
  /** The last that could be made: says which files are sources while one of them has a mistake. */
  #sources: ReadonlySet<string> = new Set();

  constructor(maker: MachineMaker) {
    this.#maker = maker;
  }

  /** Whether the machine is made of this file. */
  isMadeOf(path: string): boolean {
    return this.#sources.has(path) || (path.startsWith(this.#maker.posixFolder) && path.endsWith(".py"));
  }

  /** The machine as the sources are now. Rejects if one has a mistake. */
  async get(): Promise<MadeMachine> {
    if (this.#made === undefined || (await this.#isOutdated(this.#made.when))) return this.#make();
    return this.#made.machine;
  }

  /** A file of the machine that was made last: what its manifest names. */
  async file(path: string): Promise<Uint8Array | undefined> {
    const machine = await (path.endsWith(".bin") && this.#made ? this.#made.machine : this.get());
    return machine.files.get(path);
  }

  async #make(): Promise<MadeMachine> {
    const when = Date.now();
    const machine = this.#maker.makeMachine("development");
    this.#made = { machine, when };
    try {
      const { sources } = await machine;
      this.#sources = sources;
    } catch (error) {
      this.#made = undefined;
      throw error;
    }
    return machine;
  }

  /** Whether a source has changed since, or has gone, or a module has come. */
  async #isOutdated(when: number): Promise<boolean> {
    return this.#maker.haveChanged([this.#maker.posixFolder, ...this.#sources], when);
  }
}

/** What Vite takes of a plugin, as far as this one goes. */
export interface DevelopmentPlugin {
  readonly name: string;
  readonly apply: "serve";
  configureServer(server: ViteDevServer): Promise<void>;
}

/** For Vite's development server; a build has no part in it. */
export function machineInDevelopment(): DevelopmentPlugin {
  return {
    name: "machine-in-development",
    apply: "serve",
    async configureServer(server) {
      const newest = new NewestMachine(await import("./machine-image.ts"));
      const began = performance.now();
      newest.get().then(
        () => server.config.logger.info(`The Python machine was made in ${seconds(began)}`),
        (error: unknown) => server.config.logger.error(String(error)),
      );
      server.watcher.on("all", (_event: string, path: string) => {
        if (newest.isMadeOf(resolve(path))) server.ws.send({ type: "full-reload" });
      });
      server.middlewares.use("/machine", (request, response, next) => {
        const path = new URL(request.url ?? "/", "http://localhost").pathname.slice(1);
        newest.file(path).then(
          (bytes) => {
            if (bytes === undefined) return next();
            response.setHeader("Content-Type", types[path.slice(path.lastIndexOf(".") + 1)] ?? "text/plain");
            response.setHeader("Cache-Control", "no-store");
            response.end(bytes);
          },
          (error: unknown) => {
            server.config.logger.error(String(error));
            response.statusCode = 500;
            response.end(String(error));
          },
        );
      });
    },
  };
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
