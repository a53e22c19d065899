/**
 * Writes the service worker, which has to know every file of the built site: after everything else that writes into it.
 */
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { build } from "esbuild";
import {
  addressOf,
  cachePolicyOf,
  isHashed,
  type PrecachedFile,
  type PrecacheManifest,
  type RuntimeCachedFile,
  serviceWorkerFile,
} from "../../service-worker/precache.ts";
import { languageOf } from "../../site/languages.ts";

const sha = (bytes: Uint8Array | string, encoding: "base64" | "hex") =>
  createHash("sha256").update(bytes).digest(encoding);

/** Large files last: what a page needs is there first. */
const bySize = (a: { readonly size: number }, b: { readonly size: number }) => a.size - b.size;

/**
 * Whether it shows the English text in the frame of another language (`src/site/Alternates.astro`). Without a network
 * the English page itself stands in for it.
 */
function isUntranslated(path: string, bytes: Buffer): boolean {
  return languageOf(path) !== "en" && path.endsWith(".html") && bytes.includes(" data-untranslated");
}

/** What there is to keep of the site in this folder. */
export async function precacheManifestOf(folder: string): Promise<PrecacheManifest> {
  const found: { readonly file: PrecachedFile; readonly size: number }[] = [];
  const runtime: RuntimeCachedFile[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/");
    const policy = cachePolicyOf(path);
    if (policy === "never") continue;
    const bytes = await readFile(join(folder, path));
    if (isUntranslated(path, bytes)) continue;
    const integrity = `sha256-${sha(bytes, "base64")}`;
    if (policy === "runtime") {
      runtime.push({ url: path, integrity });
      continue;
    }
    const revision = isHashed(path) ? null : sha(bytes, "hex").slice(0, 16);
    found.push({ file: { url: addressOf(path), revision, integrity }, size: bytes.length });
  }
  found.sort(bySize);
  const files = found.map(({ file }) => file);
  runtime.sort((a, b) => (a.url < b.url ? -1 : 1));
  const all = [...files, ...runtime].map(({ url, integrity }) => `${url} ${integrity}`).sort();
  return { version: sha(all.join("\n"), "hex").slice(0, 16), files, runtime: runtime };
}

/** A site of which nothing is kept: with its worker, what an earlier version has kept goes. */
export const emptyManifest: PrecacheManifest = { version: "none", files: [], runtime: [] };

/** The worker's code for such a site. */
export async function serviceWorkerFor(site: PrecacheManifest): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("../../service-worker/service-worker.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    minify: true,
    legalComments: "inline",
    define: { precacheManifest: JSON.stringify(site), "process.env.NODE_ENV": '"production"' },
  });
  const [file] = outputFiles;
  if (!file) throw new Error("The service worker gave no bundle");
  return file.text;
}

/**
 * Must stand last among the integrations: their last steps run in the order of the list, and this one has to see what
 * the others wrote.
 */
export function keepSite({ keep }: { readonly keep: boolean }): AstroIntegration {
  return {
    name: "keep-site",
    hooks: {
      "astro:build:done": async ({ dir, logger }) => {
        const site = keep ? await precacheManifestOf(fileURLToPath(dir)) : emptyManifest;
        await writeFile(new URL(serviceWorkerFile, dir), await serviceWorkerFor(site));
        logger.info(keep ? `${site.files.length} files are kept for use without a network` : "nothing is kept");
      },
    },
  };
}
