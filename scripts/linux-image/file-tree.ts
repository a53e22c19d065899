/** A root file system in memory: what Debian's packages unpack to, and what is made of it. */

/** Who may do what with a file, as Unix has it. */
export interface Rights {
  /** The twelve lower bits: permissions, and the set-user, set-group and sticky bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** A file's content. Two paths that lead to one such object are hard links to one file. */
export interface TreeFile extends Rights {
  readonly kind: "file";
  readonly bytes: Uint8Array;
}

/** Something that has a path. */
export type TreeEntry =
  | TreeFile
  | (Rights & { readonly kind: "folder" })
  | (Rights & { readonly kind: "link"; readonly target: string })
  | (Rights & { readonly kind: "character-device"; readonly major: number; readonly minor: number });

const folderRights: Rights = { mode: 0o755, uid: 0, gid: 0 };

/** Paths are relative to the root, without a slash at either end; the root's own is empty. */
export class RootTree {
  readonly #entries = new Map<string, TreeEntry>([["", { kind: "folder", ...folderRights }]]);

  /** Sorted, so that a folder comes before what it holds. */
  paths(): readonly string[] {
    return [...this.#entries.keys()].sort();
  }

  get(path: string): TreeEntry | undefined {
    return this.#entries.get(path);
  }

  /** Replaces what is there, but for a folder's content; folders above it that are missing are made. */
  set(path: string, entry: TreeEntry): void {
    const there = this.#entries.get(path);
    if (there?.kind === "folder" && entry.kind !== "folder") this.remove(path);
    if (path !== "") this.#ensureFolder(path.slice(0, Math.max(0, path.lastIndexOf("/"))));
    this.#entries.set(path, entry);
  }

  /** A text or bytes that root owns and all may read. */
  write(path: string, content: string | Uint8Array, mode = 0o644): void {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    this.set(path, { kind: "file", mode, uid: 0, gid: 0, bytes });
  }

  /** A symbolic link. */
  link(path: string, target: string): void {
    this.set(path, { kind: "link", mode: 0o777, uid: 0, gid: 0, target });
  }

  /** Removes it with all that it holds; nothing happens where nothing is. */
  remove(path: string): void {
    this.#entries.delete(path);
    for (const below of this.below(path)) this.#entries.delete(below);
  }

  /** Paths below a folder, at any depth. */
  below(path: string): readonly string[] {
    const prefix = path === "" ? "" : `${path}/`;
    return [...this.#entries.keys()].filter((each) => each !== path && each.startsWith(prefix));
  }

  /** A tree that can be changed without changing this one. */
  copy(): RootTree {
    const copy = new RootTree();
    for (const [path, entry] of this.#entries) copy.#entries.set(path, entry);
    return copy;
  }

  #ensureFolder(path: string): void {
    const there = this.#entries.get(path);
    if (there?.kind === "folder") return;
    if (there) throw new Error(`/${path} is no folder`);
    this.set(path, { kind: "folder", ...folderRights });
  }
}
