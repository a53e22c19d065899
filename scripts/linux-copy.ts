/**
 * Puts the Linux machine's image into `public/machine/linux/`, where one has been built for this recipe, with the scripts of the machine and a
 * manifest (see `src/machine/linux/image.ts`). Where none has, says how to get one.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { imageFolder } from "./linux-image/recipe.ts";

const machine = new URL("../src/machine/linux/", import.meta.url);
const output = new URL("../public/machine/linux/", import.meta.url);

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

async function copyImage(folder: string): Promise<void> {
  const parts: Record<string, Uint8Array> = {
    "frame-entry.js": await bundle("frame-entry.ts"),
    "worker.js": await bundle("worker-entry.ts"),
    "v86.wasm": await readFile("node_modules/v86/build/v86.wasm"),
    "bios.bin": await readFile(join(folder, "bios.bin")),
    "vgabios.bin": await readFile(join(folder, "vgabios.bin")),
    "snapshot.zst": await readFile(join(folder, "snapshot.zst")),
  };
  const about: Record<string, { file: string; size: number }> = {};
  for (const [name, bytes] of Object.entries(parts)) {
    const hash = createHash("sha256").update(bytes).digest("hex");
    const file = `${name}.${hash.slice(0, 12)}.bin`;
    await writeFile(new URL(file, output), bytes);
    about[name] = { file, size: bytes.length };
  }
  const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
  await writeFile(new URL("manifest.json", output), JSON.stringify({ ...manifest, parts: about }, null, 2));
  await copyFile(join(folder, "packages.txt"), new URL("packages.txt", output));
  const total = Object.values(about).reduce((sum, part) => sum + part.size, 0);
  console.log(`The Linux machine: ${Object.keys(about).length} parts, ${(total / 1e6).toFixed(1)} MB`);
}

const folder = imageFolder();
await rm(output, { recursive: true, force: true });
if (existsSync(join(folder, "manifest.json"))) {
  await mkdir(output, { recursive: true });
  await copyImage(folder);
} else {
  console.log(
    "The Linux machine: left out, for no image has been built. On Debian or Ubuntu, root can: npm run linux:image",
  );
}
