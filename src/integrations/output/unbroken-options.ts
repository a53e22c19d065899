/**
 * Options in a text stay whole: browsers break lines after hyphens, and no style tells an option from other code. What stands
 * for itself between `<code>` (Starlight adds `dir="auto"`) and `</code>` and begins with a hyphen gets a class (`site.css`).
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";

/** One word that begins with a hyphen, and is short enough for a row of a phone. */
const option = /<code((?: dir="auto")?)>(?=-[^<\s]{1,29}<\/code>)/g;

/** The page with each option marked. */
export function withUnbrokenOptions(html: string): string {
  return html.replace(option, '<code class="unbroken"$1>');
}

/** Marks options in all pages that are built. */
export function unbrokenOptions(): AstroIntegration {
  return {
    name: "unbroken-options",
    hooks: {
      "astro:build:done": async ({ dir }) => {
        const root = fileURLToPath(dir);
        for (const page of await readdir(root, { recursive: true })) {
          if (!page.endsWith(".html")) continue;
          const html = await readFile(join(root, page), "utf8");
          const marked = withUnbrokenOptions(html);
          if (marked !== html) await writeFile(join(root, page), marked);
        }
      },
    },
  };
}
