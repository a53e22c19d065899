/** What the project's own `.gitignore` files leave out, each below its own folder. */
import ignore, { type Ignore } from "ignore";
import { folderOf, holdsSecrets } from "../files/project-file.ts";

interface IgnoreFile {
  /** Empty at the top. */
  readonly folder: string;
  readonly rules: Ignore;
}

/** The rules of all `.gitignore` files of a project. */
export class GitIgnore {
  readonly #files: readonly IgnoreFile[];

  /** @param texts the files by their paths */
  constructor(texts: ReadonlyMap<string, string>) {
    this.#files = [...texts]
      .map(([path, text]) => ({ folder: folderOf(path), rules: ignore().add(text) }))
      // A deeper file is asked last and counts.
      .sort((a, b) => a.folder.length - b.folder.length);
  }

  /**
   * The outermost folder of a path that is left out, or the file itself. `undefined` if git would have it.
   *
   * A file of secrets is ignored by each careful project, and each needs it to run: it is taken.
   */
  leftOut(path: string): string | undefined {
    if (holdsSecrets(path)) return undefined;
    const parts = path.split("/");
    for (let length = 1; length <= parts.length; length += 1) {
      const part = parts.slice(0, length).join("/");
      if (this.#ignores(length < parts.length ? `${part}/` : part)) return part;
    }
    return undefined;
  }

  #ignores(path: string): boolean {
    let ignored = false;
    for (const { folder, rules } of this.#files) {
      const relative = folder === "" ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : "";
      if (relative === "") continue;
      const found = rules.test(relative);
      if (found.ignored) ignored = true;
      else if (found.unignored) ignored = false;
    }
    return ignored;
  }
}
