/** Writes the service worker, which has to know every file of the built site: after everything else that writes into it. */
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { build } from "esbuild";
import {
  addressOf,
  type FileOnUse,
  isHashed,
  type KeptFile,
  type KeptSite,
  keepingOf,
  serviceWorkerFile,
} from "../../service-worker/precache.ts";

const sha = (bytes: Uint8Array | string, encoding: "base64" | "hex") =>
  createHash("sha256").update(bytes).digest(encoding);

/** Large files last: what a page needs is there first. */
const bySize = (a: { readonly size: number }, b: { readonly size: number }) => a.size - b.size;

/** What there is to keep of the site in this folder. */
export async function keptSiteIn(folder: string): Promise<KeptSite> {
  const found: { readonly file: KeptFile; readonly size: number }[] = [];
  const onUse: FileOnUse[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/");
    const keeping = keepingOf(path);
    if (keeping === "never") continue;
    const bytes = await readFile(join(folder, path));
    const integrity = `sha256-${sha(bytes, "base64")}`;
    if (keeping === "on use") {
      onUse.push({ url: path, integrity });
      continue;
    }
    const revision = isHashed(path) ? null : sha(bytes, "hex").slice(0, 16);
    found.push({ file: { url: addressOf(path), revision, integrity }, size: bytes.length });
  }
  found.sort(bySize);
  const files = found.map(({ file }) => file);
  onUse.sort((a, b) => (a.url < b.url ? -1 : 1));
  const all = [...files, ...onUse].map(({ url, integrity }) => `${url} ${integrity}`).sort();
  return { version: sha(all.join("\n"), "hex").slice(0, 16), files, onUse };
}

/** A site of which nothing is kept: with its worker, what an earlier version has kept goes. */
export const nothing: KeptSite = { version: "none", files: [], onUse: [] };

/** The worker's code for such a site. */
export async function serviceWorkerFor(site: KeptSite): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("../../service-worker/service-worker.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    minify: true,
    legalComments: "inline",
    define: { keptSite: JSON.stringify(site), "process.env.NODE_ENV": '"production"' },
  });
  const [file] = outputFiles;
  if (!file) throw new Error("The service worker gave no bundle");
  return file.text;
}

/** Must stand last among the integrations: their last steps run in the order of the list, and this one has to see what the others wrote. */
export function keepSite({ keep }: { readonly keep: boolean }): AstroIntegration {
  return {
    name: "keep-site",
    hooks: {
      "astro:build:done": async ({ dir, logger }) => {
        const site = keep ? await keptSiteIn(fileURLToPath(dir)) : nothing;
        await writeFile(new URL(serviceWorkerFile, dir), await serviceWorkerFor(site));
        logger.info(keep ? `${site.files.length} files are kept for use without a network` : "nothing is kept");
      },
    },
  };
}
