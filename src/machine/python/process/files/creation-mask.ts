import type { FileSystem } from "../pyodide-internals.ts";

/** A process's umask: the permissions that files and folders which it makes do not get. Emscripten has none. */
export class CreationMask {
  constructor(
    fs: FileSystem,
    public mask: number,
  ) {
    const { open, mkdir } = fs;
    fs.open = (path, flags, mode = 0o666) => open.call(fs, path, flags, this.apply(mode));
    fs.mkdir = (path, mode = 0o777) => mkdir.call(fs, path, this.apply(mode));
  }

  /** What is left of permissions that were asked for. */
  apply(mode: number): number {
    return mode & ~this.mask;
  }
}
