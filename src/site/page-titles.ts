/** Titles of the pages that content names by their paths. */
import { contentPages } from "./content-pages.ts";

/**
 * Titles by path below the site's root.
 *
 * @param file where the paths stand, for the message
 * @throws Error for a path that leads to no page of `content/`
 */
export async function titlesOfPages(paths: Iterable<string>, file: string): Promise<Readonly<Record<string, string>>> {
  const pages = new Map((await contentPages()).map(({ id, data }) => [id, data.title]));
  const titles: Record<string, string> = {};
  for (const path of paths) {
    const title = pages.get(path.replace(/\/(?:#.*)?$/, ""));
    if (title === undefined) throw new Error(`${file}: there is no page ${path}.`);
    titles[path] = title;
  }
  return titles;
}
