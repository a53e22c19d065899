import type { ProcEntry } from "../../kernel/protocol.ts";
import type { FileSystem, FsNode } from "../pyodide-internals.ts";

/** What Emscripten itself has made, and makes anew whenever somebody looks. */
const emscriptens = new Set(["/proc", "/proc/self", "/proc/self/fd"]);

/** `/proc` as the kernel told of it when the process last looked, for C code, which cannot wait for the kernel. */
export class ProcReplica {
  constructor(private readonly fs: FileSystem) {}

  /** Puts there what stands at a path, an absolute one; `entries` as the kernel's call `proc` answers. */
  show(path: string, entries: readonly ProcEntry[]): void {
    const wanted = new Set(entries.map((entry) => entry.path));
    if (!wanted.has(path)) this.#remove(path);
    for (const name of this.#membersOf(path)) {
      const member = `${path}/${name}`;
      if (!wanted.has(member)) this.#remove(member);
    }
    for (const entry of entries) this.#put(entry);
  }

  #put(entry: ProcEntry): void {
    const { path } = entry;
    if (emscriptens.has(path)) return;
    if (entry.type === "directory") {
      if (this.#find(path) === undefined) this.fs.mkdirTree(path);
      return;
    }
    this.#remove(path);
    this.fs.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    if (entry.type === "symlink") {
      this.fs.symlink(entry.target, path);
      return;
    }
    this.fs.writeFile(path, entry.content);
    this.fs.chmod(path, 0o444);
  }

  #remove(path: string): void {
    const node = this.#find(path);
    if (node === undefined || emscriptens.has(path)) return;
    if (!this.fs.isDir(node.mode)) {
      this.fs.unlink(path);
      return;
    }
    for (const name of this.#membersOf(path)) this.#remove(`${path}/${name}`);
    this.fs.rmdir(path);
  }

  #membersOf(path: string): string[] {
    const node = this.#find(path);
    if (node === undefined || !this.fs.isDir(node.mode) || path === "/proc/self/fd") return [];
    return Object.keys(node.contents);
  }

  #find(path: string): FsNode | undefined {
    try {
      return this.fs.lookupPath(path, { follow: false }).node ?? undefined;
    } catch (error) {
      if (error instanceof this.fs.ErrnoError) return undefined;
      throw error;
    }
  }
}
