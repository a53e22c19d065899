/**
 * Builds what the Python machine is made of into `public/machine/`: the frame's page, and every part of the image, compressed and named
 * after its content, with a manifest (see `src/machine/python/image.ts`).
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { type Zippable, zipSync } from "fflate";

const root = new URL("../", import.meta.url);
const machine = new URL("src/machine/", root);
const pyodide = new URL("node_modules/pyodide/", root);
const output = new URL("public/machine/", root);

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

const lock = JSON.parse(await readFile(new URL("pyodide-lock.json", pyodide), "utf8"));
const parts: Record<string, Uint8Array> = {
  "frame-entry.js": await bundle("python/frame-entry.ts"),
  "kernel-worker.js": await bundle("python/kernel-worker.ts"),
  "process-worker.js": await bundle("python/process/process-worker.ts"),
  "program-worker.js": await bundle("python/light/program-worker.ts", { bundledPackages: await packages() }),
  "pyodide.asm.mjs": await readFile(new URL("pyodide.asm.mjs", pyodide)),
  "pyodide.asm.wasm": await readFile(new URL("pyodide.asm.wasm", pyodide)),
  "python_stdlib.zip": await readFile(new URL("python_stdlib.zip", pyodide)),
  "posix-layer.zip": await posixLayer(),
  "site-packages.zip": await readFile(new URL("build/python/site-packages.zip", root)),
};

await rm(output, { recursive: true, force: true });
await mkdir(new URL("python/", output), { recursive: true });
const manifestParts: Record<string, { file: string; compressed: number; size: number }> = {};
const key = createHash("sha256");
for (const [name, bytes] of Object.entries(parts)) {
  const hash = createHash("sha256").update(bytes).digest("hex");
  key.update(`${name} ${hash}\n`);
  const compressed = gzipSync(bytes, { level: 9 });
  // Not `.gz`: some hosts would then say `Content-Encoding: gzip`, and the browser would decompress before us.
  const file = `${name}.${hash.slice(0, 12)}.gzip.bin`;
  await writeFile(new URL(`python/${file}`, output), compressed);
  manifestParts[name] = { file, compressed: compressed.length, size: bytes.length };
}
const manifest = {
  key: key.digest("hex"),
  versions: {
    python: lock.info.python,
    pyodide: await version("node_modules/pyodide/package.json"),
    packages: await packageVersions(),
  },
  parts: manifestParts,
};
await writeFile(new URL("python/manifest.json", output), JSON.stringify(manifest, null, 2));
await writeFile(new URL("frame.html", output), await readFile(new URL("sealed-frame/frame.html", machine)));
await writeFile(new URL("browser.html", output), await browserFrame());
const total = Object.values(manifestParts).reduce((sum, part) => sum + part.compressed, 0);
console.log(`The Python machine: ${Object.keys(parts).length} parts, ${(total / 1e6).toFixed(2)} MB compressed`);
