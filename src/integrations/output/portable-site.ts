/** Builds a site that works unchanged in any folder of any static host. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { withContentSecurityPolicy } from "./content-security-policy.ts";
import { buildBase, withRelativeAddresses } from "./relative-addresses.ts";

const textFile = /\.(?:html|css|m?js|json|xml|svg|txt|webmanifest)$/;

/** Files that are served as they were made: they never knew the base. */
const untouched = /^(?:machine|pagefind)\//;

/**
 * The page for addresses that lead nowhere is served at any depth, where no relative address leads to a file. The style
 * sheet that Astro gives to every page that knows lessons is not for it.
 */
const lostPage = "404.html";
const styleSheet = /<link rel="stylesheet"[^>]*>/g;

/** Must stand before every integration that reads the base path. */
export function portableSite(): AstroIntegration {
  return {
    name: "portable-site",
    hooks: {
      "astro:config:setup": ({ command, updateConfig }) => {
        if (command === "build") updateConfig({ base: `${buildBase}/` });
      },
      "astro:build:done": async ({ dir }) => {
        const root = fileURLToPath(dir);
        for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
          const path = join(entry.parentPath, entry.name);
          const file = relative(root, path).split(sep).join("/");
          if (!entry.isFile() || !textFile.test(file) || untouched.test(file)) continue;
          const built = await readFile(path, "utf8");
          const relativeText = withRelativeAddresses(file, built);
          const alone = file === lostPage ? relativeText.replaceAll(styleSheet, "") : relativeText;
          const text = file.endsWith(".html") ? withContentSecurityPolicy(alone) : alone;
          if (text !== built) await writeFile(path, text);
        }
      },
    },
  };
}
