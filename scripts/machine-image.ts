/**
 * Makes what the Python machine is made of: the frame's page, and every part of the image, compressed and named after
 * its content, with a manifest (see `src/machine/python/page/image.ts`).
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { constants, zstdCompress } from "node:zlib";
import { build } from "esbuild";
import { unzipSync, type Zippable, zipSync } from "fflate";
import type { ArchiveList } from "../src/machine/python/page/archive.ts";
import { pathInLayer } from "../src/machine/python/process/snapshot/template-contents.ts";
import { withLinuxErrors } from "./linux-errors-in-wasm.ts";
import type { ArchivedWheel } from "./package-archive.ts";
import { makePreparedCode } from "./prepared-code.ts";

const root = new URL("../", import.meta.url);
const machine = new URL("src/machine/", root);
const pyodide = new URL("node_modules/pyodide/", root);
/** What takes long to make, by a hash of what it is made of. */
const made = new URL("build/machine/", root);

/** Zip entries carry a date: a fixed one keeps the archive the same from build to build. */
const zipDate = new Date("2026-01-01T00:00:00");

/** The folder of the POSIX layer's modules: a new file there is a source as well. */
export const posixFolder = fileURLToPath(new URL("python/posix/", machine));

/** For whom: a reader, or somebody who works on it, and wants it at once and with the source's names and lines. */
export type Purpose = "release" | "development";

/** A machine that was made. */
export interface MadeMachine {
  /** By their paths below `machine/`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Absolute paths of the files in `src/` that it was made of. */
  readonly sources: ReadonlySet<string>;
  readonly summary: string;
}

/** Makes the machine. What was made of the same before is taken from there. Rejects if a source has a mistake. */
export async function makeMachine(purpose: Purpose): Promise<MadeMachine> {
  const maker = new Maker(purpose);
  const archive = await maker.archive();
  const [frame, browserFrame, parts] = await Promise.all([
    maker.source("sealed-frame/frame.html"),
    maker.browserFrame(),
    maker.parts(archive.list),
  ]);
  const files = new Map<string, Uint8Array>([
    ["frame.html", frame],
    ["browser.html", browserFrame],
  ]);
  const manifestParts: Record<string, { file: string; compressed: number; size: number }> = {};
  const key = createHash("sha256");
  for (const [name, bytes] of Object.entries(parts)) key.update(`${name} ${hashOf(bytes)}\n`);
  await Promise.all(
    Object.entries(parts).map(async ([name, bytes]) => {
      const hash = hashOf(bytes);
      const compressed = await maker.compress(hash, bytes);
      const file = `${name}.${hash.slice(0, 12)}.zst.bin`;
      files.set(`python/${file}`, compressed);
      manifestParts[name] = { file, compressed: compressed.length, size: bytes.length };
    }),
  );
  const lock = JSON.parse(await readFile(new URL("pyodide-lock.json", pyodide), "utf8"));
  const manifest = {
    key: key.digest("hex"),
    versions: {
      python: lock.info.python,
      pyodide: await version("node_modules/pyodide/package.json"),
      packages: await packageVersions(),
    },
    // In one order, whichever part was compressed first: the same source gives the same site.
    parts: Object.fromEntries(Object.entries(manifestParts).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  files.set("python/manifest.json", new TextEncoder().encode(JSON.stringify(manifest, null, 2)));
  for (const [path, bytes] of archive.files) files.set(`python/${path}`, bytes);
  const total = Object.values(manifestParts).reduce((sum, part) => sum + part.compressed, 0);
  const summary = `The Python machine: ${Object.keys(parts).length} parts, ${(total / 1e6).toFixed(2)} MB compressed`;
  return { files, sources: maker.sources, summary };
}

const compressWithZstd = promisify(zstdCompress);
const levels = {
  release: { [constants.ZSTD_c_compressionLevel]: 22, [constants.ZSTD_c_windowLog]: 24 },
  /** The archive is a hundred megabytes, half of it byte code: more would take minutes, for a twentieth less. */
  archive: { [constants.ZSTD_c_compressionLevel]: 12, [constants.ZSTD_c_windowLog]: 24 },
  development: { [constants.ZSTD_c_compressionLevel]: 1 },
} as const;

/** What was compressed for development, by the hash of the content. */
const compressedQuickly = new Map<string, Uint8Array>();

class Maker {
  readonly sources = new Set<string>();

  readonly #purpose: Purpose;

  constructor(purpose: Purpose) {
    this.#purpose = purpose;
  }

  /** Every part of the image, by its name. */
  async parts(archiveList: Uint8Array): Promise<Record<string, Uint8Array>> {
    const layer = await this.#posixLayer();
    const sitePackages = await storedZip(new URL("build/python/site-packages.zip", root));
    return {
      "frame-entry.js": await this.#bundle("python/frame/frame-entry.ts"),
      "kernel-worker.js": await this.#bundle("python/kernel-worker/kernel-worker.ts"),
      "process-worker.js": await this.#bundle("python/process/process-worker.ts"),
      "program-worker.js": await this.#bundle("python/native/program-worker.ts"),
      "text-worker.js": await this.#bundle("python/native/text-worker.ts"),
      "hashing.js": await this.#bundle("python/process/hashing-script.ts"),
      "pyodide.asm.mjs": await readOnce(new URL("pyodide.asm.mjs", pyodide)),
      "pyodide.asm.wasm": await interpreter(),
      "python_stdlib.zip": await storedZip(new URL("python_stdlib.zip", pyodide)),
      "posix-layer.zip": layer,
      "site-packages.zip": sitePackages,
      "archive.json": archiveList,
      "pip.zip": await readOnce(new URL("build/python/pip.zip", root)),
      "prepared-code": await this.#preparedCode(layer, sitePackages),
    };
  }

  /**
   * The page that a side's browser shows pages in, with its scripts in it: a frame without origin has nothing to load
   * them from.
   */
  async browserFrame(): Promise<Uint8Array> {
    const script = async (name: string) =>
      new TextDecoder()
        .decode(await this.#bundle(`../lab/browser/${name}`))
        .replaceAll("</script", "<\\/script")
        .trim();
    const [frame, shim, page] = await Promise.all([
      script("frame-script.ts"),
      script("page-shim.ts"),
      this.source("../lab/browser/frame.html"),
    ]);
    const html = new TextDecoder().decode(page);
    const place = "<!-- scripts -->";
    if (!html.includes(place)) throw new Error(`src/lab/browser/frame.html has no place for its scripts: ${place}`);
    // The first is text, for the pages that the second one shows.
    const scripts = `<script type="text/plain" id="shim">${shim}</script><script>${frame}</script>`;
    return new TextEncoder().encode(html.replace(place, () => scripts));
  }

  /** A file of the sources as it is. */
  async source(path: string): Promise<Uint8Array> {
    const url = new URL(path, machine);
    this.sources.add(fileURLToPath(url));
    return readFile(url);
  }

  /**
   * The wheels that pip installs, each a file of its own, and the list of them (`src/machine/python/page/archive.ts`).
   */
  async archive(): Promise<{ files: ReadonlyMap<string, Uint8Array>; list: Uint8Array }> {
    const folder = new URL("build/python/", root);
    const wheels: ArchivedWheel[] = JSON.parse(await readFile(new URL("archive.json", folder), "utf8"));
    const files = new Map<string, Uint8Array>();
    const list: ArchiveList = await Promise.all(
      wheels.map(async ({ file: wheel, ...about }) => {
        const bytes = await readOnce(new URL(`archive/${wheel}`, folder));
        const hash = hashOf(bytes);
        const compressed = await this.compress(hash, bytes, "archive");
        const file = `wheels/${about.name.toLowerCase()}.${hash.slice(0, 12)}.zst.bin`;
        files.set(file, compressed);
        return { ...about, wheel, sha256: hash, file, compressed: compressed.length, size: bytes.length };
      }),
    );
    return { files, list: new TextEncoder().encode(JSON.stringify(list)) };
  }

  async compress(hash: string, bytes: Uint8Array, level: "release" | "archive" = "release"): Promise<Uint8Array> {
    if (this.#purpose === "release") {
      const name = level === "release" ? `${hash}.zst` : `${hash}.${level}.zst`;
      return once(name, () => compressWithZstd(bytes, { params: levels[level] }));
    }
    const params = levels.development;
    const known = compressedQuickly.get(hash) ?? (await compressWithZstd(bytes, { params }));
    compressedQuickly.set(hash, known);
    return known;
  }

  /**
   * Bundles a worker's or the frame's script as a classic script: module workers do not start in a frame without
   * origin.
   */
  async #bundle(entry: string, constants: Record<string, unknown> = {}): Promise<Uint8Array> {
    const { contents, inputs } = await unchanged(`${this.#purpose} ${entry}`, async () => {
      const release = this.#purpose === "release";
      const result = await build({
        entryPoints: [fileURLToPath(new URL(entry, machine))],
        bundle: true,
        write: false,
        metafile: true,
        format: "iife",
        platform: "browser",
        target: "es2024",
        minify: release,
        sourcemap: release ? false : "inline",
        legalComments: "inline",
        external: ["node:*", "ws"],
        alias: { "node:zlib": fileURLToPath(new URL("python/programs/text/zlib.ts", machine)) },
        define: {
          "import.meta.url": '"https://image.invalid/"',
          ...Object.fromEntries(Object.entries(constants).map(([name, value]) => [name, JSON.stringify(value)])),
        },
      });
      const [file] = result.outputFiles;
      if (!file) throw new Error(`${entry} gave no bundle`);
      const inputs = Object.keys(result.metafile.inputs).map((path) => resolve(path));
      return { contents: file.contents, inputs };
    });
    for (const path of inputs) if (!path.includes("node_modules")) this.sources.add(path);
    return contents;
  }

  async #posixLayer(): Promise<Uint8Array> {
    const files: Zippable = {};
    for (const name of (await readdir(posixFolder)).sort()) {
      if (!name.endsWith(".py")) continue;
      files[pathInLayer(name)] = [await this.source(`python/posix/${name}`), { mtime: zipDate }];
    }
    // Stored, as the others are: zstd finds more in the sources than deflate leaves.
    return zipSync(files, { level: 0 });
  }

  /**
   * For development that of the packages alone: it holds while the layer is edited, whose modules CPython compiles
   * itself.
   */
  async #preparedCode(posixLayer: Uint8Array, sitePackages: Uint8Array): Promise<Uint8Array> {
    const recipe = await Promise.all(
      ["scripts/prepared-code.ts", "src/machine/python/process/snapshot/template-contents.ts", "package-lock.json"].map(
        (path) => readFile(new URL(path, root)),
      ),
    );
    const zips = { posixLayer, sitePackages };
    if (this.#purpose === "release") {
      const name = `${sha256(posixLayer, sitePackages, ...recipe)}.prepared-code`;
      return once(name, () => makePreparedCode(pyodide, zips));
    }
    const name = `${sha256(sitePackages, ...recipe)}.packages.prepared-code`;
    return once(name, () => makePreparedCode(pyodide, zips, { without: ["posix_layer"] }));
  }
}

async function version(path: string): Promise<string> {
  const { version } = JSON.parse(await readFile(new URL(path, root), "utf8"));
  return version;
}

/** The bundled packages; `scripts/python-packages.ts` wrote the list. */
async function packages(): Promise<{ name: string; version: string }[]> {
  return JSON.parse(await readFile(new URL("build/python/packages.json", root), "utf8"));
}

/** Versions of the bundled packages, by name in lower case. */
async function packageVersions(): Promise<Record<string, string>> {
  return Object.fromEntries((await packages()).map(({ name, version }) => [name.toLowerCase(), version]));
}

/** What was made in this run, with the files that it was made of. */
const madeHere = new Map<string, Promise<Made>>();

interface Made {
  readonly when: number;
  readonly contents: Uint8Array;
  readonly inputs: readonly string[];
}

/** What `make` gave before in this run, unless one of its inputs has changed meanwhile. */
async function unchanged(name: string, make: () => Promise<Omit<Made, "when">>): Promise<Made> {
  const before = await madeHere.get(name)?.catch(() => undefined);
  if (before !== undefined && !(await haveChanged(before.inputs, before.when))) return before;
  const when = Date.now();
  const making = make().then((result) => ({ ...result, when }));
  madeHere.set(name, making);
  return making;
}

/**
 * Files are dated by a clock that ticks: what was written just after a moment may bear a date just before it.
 * Milliseconds.
 */
const tick = 20;

/** Whether a file was written at that moment (milliseconds of the epoch) or later, or has gone. */
export async function haveChanged(paths: readonly string[], since: number): Promise<boolean> {
  const changed = await Promise.all(
    paths.map(async (path) => {
      const at = await stat(path).catch(() => undefined);
      return at === undefined || at.mtimeMs >= since - tick;
    }),
  );
  return changed.includes(true);
}

async function readOnce(url: URL): Promise<Uint8Array> {
  const { contents } = await unchanged(url.href, async () => {
    return { contents: await readFile(url), inputs: [fileURLToPath(url)] };
  });
  return contents;
}

/** CPython, with Linux's errno numbers. */
async function interpreter(): Promise<Uint8Array> {
  const url = new URL("pyodide.asm.wasm", pyodide);
  const { contents } = await unchanged(`${url.href} of Linux`, async () => {
    return { contents: withLinuxErrors(await readFile(url)), inputs: [fileURLToPath(url)] };
  });
  return contents;
}

/**
 * Of the standard library: the line editor of CPython's own prompt, which needs a terminal library that this CPython is
 * built without. What other modules take from its package stays.
 */
const lineEditor = /^_pyrepl\/(?!(?:__init__|__main__|pager|trace|types|utils)\.py$)./;

/** Of the standard library: what only Windows has a use for, and what nothing else imports. */
const ofWindows = /^(?:asyncio\/(?:windows_\w+|proactor_events)|multiprocessing\/popen_spawn_win32)\.py$/;

/** Of the standard library: what takes the place of a module written in C, which this CPython has. */
const withoutC = /^_pydatetime\.py$/;

/**
 * The archive with its files as they are: compressed together they take less than one by one, and Python need not
 * inflate them.
 */
async function storedZip(url: URL): Promise<Uint8Array> {
  const { contents } = await unchanged(`${url.href} stored`, async () => {
    const entries = Object.entries(unzipSync(await readFile(url))).filter(
      ([path]) => ![lineEditor, ofWindows, withoutC].some((left) => left.test(path)),
    );
    const files: Zippable = Object.fromEntries(entries.map(([path, bytes]) => [path, [bytes, { mtime: zipDate }]]));
    return { contents: zipSync(files, { level: 0 }), inputs: [fileURLToPath(url)] };
  });
  return contents;
}

/** Hashes of what is the same object as before. */
const hashes = new WeakMap<Uint8Array, string>();

function hashOf(bytes: Uint8Array): string {
  const hash = hashes.get(bytes) ?? sha256(bytes);
  hashes.set(bytes, hash);
  return hash;
}

function sha256(...inputs: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const input of inputs) hash.update(input);
  return hash.digest("hex");
}

/** What was made of the same inputs before, or what `make` makes of them. */
async function once(name: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const file = new URL(name, made);
  try {
    return await readFile(file);
  } catch {
    // Not made yet.
    const bytes = await make();
    await mkdir(made, { recursive: true });
    await writeFile(file, bytes);
    return bytes;
  }
}
