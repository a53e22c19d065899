import type { Limits } from "../../kernel/limits.ts";
import type { FileSystem, FsNode } from "../pyodide-internals.ts";

/**
 * How full the host's disk is, as far as a replica can tell. The kernel says it for sure, but later: a program that has
 * written its last by then would not hear of it.
 */
export class DiskUsage {
  #bytes = 0;
  #files = 0;

  /** `fileOf`: what a node's file is, for a node of the host's. */
  constructor(
    private readonly fs: FileSystem,
    private readonly limits: Pick<Limits, "fileBytes" | "files">,
    private readonly fileOf: (node: FsNode) => FsNode | undefined,
  ) {}

  /** Files were made, and bytes written; fewer than none where a file was cut off. */
  add(files: number, bytes: number): void {
    this.#files += files;
    this.#bytes += bytes;
  }

  hasRoom(files: number, bytes: number): boolean {
    if (this.#fits(files, bytes)) return true;
    // What was removed meanwhile was not counted.
    this.#count();
    return this.#fits(files, bytes);
  }

  #fits(files: number, bytes: number): boolean {
    return this.#files + files <= this.limits.files && this.#bytes + bytes <= this.limits.fileBytes;
  }

  #count(): void {
    const files = new Set<FsNode>();
    const folders = [this.fs.lookupPath("/").node];
    for (let folder = folders.pop(); folder; folder = folders.pop()) {
      for (const node of Object.values(folder.contents)) {
        const file = this.fileOf(node);
        if (file) files.add(file);
        if (this.fs.isDir(node.mode)) folders.push(node);
      }
    }
    this.#files = files.size;
    this.#bytes = 0;
    for (const { mode, usedBytes } of files) if (this.fs.isFile(mode)) this.#bytes += usedBytes;
  }
}
