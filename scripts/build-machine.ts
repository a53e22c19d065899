/**
 * Builds what the Python machine is made of into `public/machine/`: the frame's page, and every part of the image, compressed and named
 * after its content, with a manifest (see `src/machine/python/page/image.ts`).
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { constants, zstdCompress } from "node:zlib";
import { build } from "esbuild";
import { unzipSync, type Zippable, zipSync } from "fflate";
import { withLinuxErrors } from "./linux-errors-in-wasm.ts";
import { makePreparedCode } from "./prepared-code.ts";

const root = new URL("../", import.meta.url);
const machine = new URL("src/machine/", root);
const pyodide = new URL("node_modules/pyodide/", root);
const output = new URL("public/machine/", root);
/** What takes long to make, by a hash of what it is made of. */
const made = new URL("build/machine/", root);

/** Zip entries carry a date: a fixed one keeps the archive the same from build to build. */
const zipDate = new Date("2026-01-01T00:00:00");

/** Bundles a worker's or the frame's script as a classic script: module workers do not start in a frame without origin. */
async function bundle(entry: string, constants: Record<string, unknown> = {}): Promise<Uint8Array> {
  const result = await build({
    entryPoints: [fileURLToPath(new URL(entry, machine))],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2024",
    minify: true,
    legalComments: "inline",
    external: ["node:*", "ws"],
    define: {
      "import.meta.url": '"https://image.invalid/"',
      ...Object.fromEntries(Object.entries(constants).map(([name, value]) => [name, JSON.stringify(value)])),
    },
  });
  const [file] = result.outputFiles;
  if (!file) throw new Error(`${entry} gave no bundle`);
  return file.contents;
}

/** The page that a side's browser shows pages in, with its scripts in it: a frame without origin has nothing to load them from. */
async function browserFrame(): Promise<string> {
  const script = async (name: string) =>
    new TextDecoder()
      .decode(await bundle(`../lab/browser/${name}`))
      .replaceAll("</script", "<\\/script")
      .trim();
  const [frame, shim, html] = await Promise.all([
    script("frame-script.ts"),
    script("page-shim.ts"),
    readFile(new URL("../lab/browser/frame.html", machine), "utf8"),
  ]);
  const place = "<!-- scripts -->";
  if (!html.includes(place)) throw new Error(`src/lab/browser/frame.html has no place for its scripts: ${place}`);
  // The first is text, for the pages that the second one shows.
  return html.replace(place, () => `<script type="text/plain" id="shim">${shim}</script><script>${frame}</script>`);
}

/** Modules that programs find by these names; the others are within the layer. */
const importedByName: ReadonlySet<string> = new Set(["sitecustomize.py", "pip.py"]);

async function posixLayer(): Promise<Uint8Array> {
  const folder = new URL("python/posix/", machine);
  const files: Zippable = {};
  for (const name of (await readdir(folder)).sort()) {
    if (!name.endsWith(".py")) continue;
    const path = importedByName.has(name) ? name : `posix_layer/${name}`;
    files[path] = [await readFile(new URL(name, folder)), { mtime: zipDate }];
  }
  return zipSync(files);
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

/** The archive with its files as they are: compressed together they take less than one by one, and Python need not inflate them. */
function stored(archive: Uint8Array): Uint8Array {
  const files = Object.entries(unzipSync(archive)).map(([path, bytes]) => [path, [bytes, { mtime: zipDate }]] as const);
  return zipSync(Object.fromEntries(files) as Zippable, { level: 0 });
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

const compressWithZstd = promisify(zstdCompress);
const slowest = {
  [constants.ZSTD_c_compressionLevel]: 22,
  [constants.ZSTD_c_windowLog]: 24,
};

async function compress(hash: string, bytes: Uint8Array): Promise<Uint8Array> {
  return once(`${hash}.zst`, () => compressWithZstd(bytes, { params: slowest }));
}

const lock = JSON.parse(await readFile(new URL("pyodide-lock.json", pyodide), "utf8"));
const layer = await posixLayer();
const sitePackages = stored(await readFile(new URL("build/python/site-packages.zip", root)));
const recipe = await Promise.all(
  ["scripts/prepared-code.ts", "src/machine/python/process/snapshot/template-contents.ts", "package-lock.json"].map(
    (path) => readFile(new URL(path, root)),
  ),
);
const parts: Record<string, Uint8Array> = {
  "frame-entry.js": await bundle("python/frame/frame-entry.ts"),
  "kernel-worker.js": await bundle("python/kernel-worker/kernel-worker.ts"),
  "process-worker.js": await bundle("python/process/process-worker.ts"),
  "program-worker.js": await bundle("python/native/program-worker.ts", { bundledPackages: await packages() }),
  "hashing.js": await bundle("python/process/hashing-script.ts"),
  "pyodide.asm.mjs": await readFile(new URL("pyodide.asm.mjs", pyodide)),
  "pyodide.asm.wasm": withLinuxErrors(await readFile(new URL("pyodide.asm.wasm", pyodide))),
  "python_stdlib.zip": stored(await readFile(new URL("python_stdlib.zip", pyodide))),
  "posix-layer.zip": layer,
  "site-packages.zip": sitePackages,
  "prepared-code": await once(`${sha256(layer, sitePackages, ...recipe)}.prepared-code`, () =>
    makePreparedCode(pyodide, { posixLayer: layer, sitePackages }),
  ),
};

await rm(output, { recursive: true, force: true });
await mkdir(new URL("python/", output), { recursive: true });
const manifestParts: Record<string, { file: string; compressed: number; size: number }> = {};
const key = createHash("sha256");
for (const [name, bytes] of Object.entries(parts)) key.update(`${name} ${sha256(bytes)}\n`);
await Promise.all(
  Object.entries(parts).map(async ([name, bytes]) => {
    const hash = sha256(bytes);
    const compressed = await compress(hash, bytes);
    const file = `${name}.${hash.slice(0, 12)}.zst.bin`;
    await writeFile(new URL(`python/${file}`, output), compressed);
    manifestParts[name] = { file, compressed: compressed.length, size: bytes.length };
  }),
);
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
await writeFile(new URL("python/manifest.json", output), JSON.stringify(manifest, null, 2));
await writeFile(new URL("frame.html", output), await readFile(new URL("sealed-frame/frame.html", machine)));
await writeFile(new URL("browser.html", output), await browserFrame());
const total = Object.values(manifestParts).reduce((sum, part) => sum + part.compressed, 0);
console.log(`The Python machine: ${Object.keys(parts).length} parts, ${(total / 1e6).toFixed(2)} MB compressed`);
