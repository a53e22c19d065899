/** Files that an author wrote, as build steps read them to check them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** A file and what it holds. */
export interface ContentFile {
  /** Path from the project's root, as messages name it. */
  readonly path: string;
  readonly source: string;
}

/**
 * The files below a folder, none if it is not there.
 *
 * @param ending what their names end with
 */
export function filesBelow(root: string, folder: string, ending: string): readonly ContentFile[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => ({
      path: relative(root, join(path, name)).split(sep).join("/"),
      source: readFileSync(join(path, name), "utf8"),
    }));
}
