/**
 * Pages in other languages lead to what there is: links to a page that exists in English alone are made to lead there.
 * Lessons can link to one another by relative addresses, in every language the same ones.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { languageOf, withoutLanguage } from "../../site/languages.ts";

/** Any origin will do: the site knows none. */
const origin = "https://site.invalid/";

/** A link by a relative address. */
const link = /(<a\b[^>]*?\shref=")((?![a-z][a-z\d+.-]*:|[/#])[^"]+)"/g;

/**
 * The page with each link to an untranslated page leading to the English one.
 *
 * @param page its path inside the built site, such as `es/lessons/01-two-servers/index.html`
 * @param files paths of all files of the site
 */
export function withUntranslatedLinks(page: string, html: string, files: ReadonlySet<string>): string {
  if (languageOf(page) === "en") return html;
  return html.replace(link, (whole, before: string, href: string) => {
    const { pathname, search, hash } = new URL(href.replaceAll("&amp;", "&"), origin + page);
    const path = pathname.slice(1);
    const english = withoutLanguage(path);
    if (english === path || files.has(fileAt(path)) || !files.has(fileAt(english))) return whole;
    const root = "../".repeat(page.split("/").length - 1);
    return `${before}${root}${english}${search.replaceAll("&", "&amp;")}${hash}" hreflang="en"`;
  });
}

function fileAt(path: string): string {
  return path === "" || path.endsWith("/") ? `${path}index.html` : path;
}

/** Must stand behind the integration that makes addresses relative. */
export function untranslatedLinks(): AstroIntegration {
  return {
    name: "untranslated-links",
    hooks: {
      "astro:build:done": async ({ dir }) => {
        const root = fileURLToPath(dir);
        const entries = await readdir(root, { recursive: true, withFileTypes: true });
        const files = entries
          .filter((entry) => entry.isFile())
          .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"));
        const all = new Set(files);
        for (const page of files.filter((file) => file.endsWith(".html") && languageOf(file) !== "en")) {
          const html = await readFile(join(root, page), "utf8");
          await writeFile(join(root, page), withUntranslatedLinks(page, html, all));
        }
      },
    },
  };
}
