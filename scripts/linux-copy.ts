/**
 * Puts the Linux machine's image into the site, as far as one has been made for this recipe, with the scripts of the
 * machine and a manifest (see `src/machine/linux/image.ts`). Where none has, says how to get one.
 *
 *     node scripts/linux-copy.ts                  into `public/machine/linux/`, for the next build
 *     node scripts/linux-copy.ts --into FOLDER    beside what is there: the folder is being served
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import type { ImageFile } from "../src/machine/linux/disc-format.ts";
import { discFolder, situationFolder } from "./linux-image/recipe.ts";
import { readSituation, situationNames } from "./linux-image/situation.ts";

const machine = new URL("../src/machine/linux/", import.meta.url);
const { into } = parseArgs({ options: { into: { type: "string" } } }).values;
const output = into ?? "public/machine/linux";

/** As a classic script: module workers do not start in a frame without origin. */
async function bundle(entry: string): Promise<Uint8Array> {
  const result = await build({
    entryPoints: [fileURLToPath(new URL(entry, machine))],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2024",
    minify: true,
    legalComments: "inline",
    // What v86 asks for under Node.
    external: ["node:*", "crypto", "fs", "perf_hooks"],
    define: { "import.meta.url": '"https://image.invalid/"' },
    logOverride: { "empty-import-meta": "silent" },
  });
  const [file] = result.outputFiles;
  if (!file) throw new Error(`${entry} gave no bundle`);
  return file.contents;
}

async function put(name: string, bytes: Uint8Array): Promise<ImageFile> {
  const file = `${name}.${createHash("sha256").update(bytes).digest("hex").slice(0, 12)}.bin`;
  await writeFile(join(output, file), bytes);
  return { file, size: bytes.length };
}

async function copyImage(): Promise<void> {
  const folder = discFolder();
  const manifest: { disc: { size: number; parts: readonly ImageFile[] } } = JSON.parse(
    await readFile(join(folder, "manifest.json"), "utf8"),
  );
  const parts = {
    "frame-entry.js": await put("frame-entry.js", await bundle("frame-entry.ts")),
    "worker.js": await put("worker.js", await bundle("worker-entry.ts")),
    "v86.wasm": await put("v86.wasm", await readFile("node_modules/v86/build/v86.wasm")),
    "bios.bin": await put("bios.bin", await readFile(join(folder, "bios.bin"))),
    "vgabios.bin": await put("vgabios.bin", await readFile(join(folder, "vgabios.bin"))),
  };
  for (const { file } of manifest.disc.parts) {
    // Their names are their hashes.
    if (!existsSync(join(output, file))) await copyFile(join(folder, file), join(output, file));
  }
  await copyFile(join(folder, "packages.txt"), join(output, "packages.txt"));
  const situations: Record<string, object> = {};
  for (const name of situationNames()) {
    const from = situationFolder(readSituation(name));
    if (!existsSync(join(from, "manifest.json"))) {
      console.log(
        `The Linux machine: the situation ${name} is not made yet; npm start or npm run linux:image makes it`,
      );
      continue;
    }
    const about: { touched: readonly number[] } = JSON.parse(await readFile(join(from, "manifest.json"), "utf8"));
    const snapshot = await put(`${name}.zst`, await readFile(join(from, "snapshot.zst")));
    situations[name] = { ...about, snapshot };
    const files = [snapshot, ...Object.values(parts), ...about.touched.flatMap((at) => manifest.disc.parts[at] ?? [])];
    const total = files.reduce((sum, { size }) => sum + size, 0);
    console.log(`The Linux machine: ${name}, ${(total / 1e6).toFixed(1)} MB to download`);
  }
  // What it names is there before it is.
  await writeFile(join(output, "manifest.json.new"), JSON.stringify({ ...manifest, parts, situations }));
  await rename(join(output, "manifest.json.new"), join(output, "manifest.json"));
}

if (into === undefined) await rm(output, { recursive: true, force: true });
if (existsSync(join(discFolder(), "manifest.json"))) {
  await mkdir(output, { recursive: true });
  await copyImage();
} else {
  console.log(
    "The Linux machine: not made yet. npm start makes it beside the running site, npm run linux:image makes it alone.",
  );
}
