import type { FileSystem, FsNode } from "../pyodide-internals.ts";

/** What all names of a file have in common. */
const shared = [
  "contents",
  "usedBytes",
  "mode",
  "atime",
  "mtime",
  "ctime",
  "link",
  "node_ops",
  "stream_ops",
] as const satisfies (keyof FsNode)[];

/**
 * The names of files that have several. In Emscripten's tree a node is a file and its one name, so each further name is
 * a node of its own that refers to the first in all but its name and place.
 */
export class HardLinks {
  readonly #names = new WeakMap<FsNode, FsNode[]>();
  readonly #files = new WeakMap<FsNode, FsNode>();

  constructor(private readonly fs: FileSystem) {}

  /** Gives the file of a node one more name in a folder; the name's node. */
  add(node: FsNode, folder: FsNode, name: string): FsNode {
    const file = this.fileOf(node);
    const made = this.fs.filesystems.MEMFS.createNode(folder, name, file.mode, 0);
    for (const key of shared) {
      Object.defineProperty(made, key, {
        get: () => file[key],
        set: (value: unknown) => Reflect.set(file, key, value),
      });
    }
    this.#files.set(made, file);
    this.#names.set(file, [...this.namesOf(file), made]);
    return made;
  }

  /** The node that holds what the file is. */
  fileOf(node: FsNode): FsNode {
    return this.#files.get(node) ?? node;
  }

  /** Those of its names that stand in the tree. */
  namesOf(node: FsNode): readonly FsNode[] {
    const file = this.fileOf(node);
    return (this.#names.get(file) ?? [file]).filter(isInTree);
  }
}

/** Whether a node stands where it says: what is unlinked says so still. */
function isInTree(node: FsNode): boolean {
  const { contents } = node.parent;
  return !(contents instanceof Uint8Array) && contents[node.name] === node;
}
