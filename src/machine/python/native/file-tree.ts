import type { Pid } from "../../host-types.ts";
import { SyscallError } from "../kernel/errno.ts";
import { type FileStatus, Files } from "../kernel/files/files.ts";
import {
  type FileChange,
  type FileEntry,
  type Inode,
  inodesOfOneMaker,
  type KernelMessage,
  type ProcEntry,
} from "../kernel/protocol.ts";

/** Sends a change to the kernel. */
export type PostChange = (change: FileChange) => void;

/**
 * A native process's replica of its host's files: the kernel's own tree once more, because it is plain TypeScript.
 *
 * A change is made here first, which also finds out whether it can be made, and then told to the kernel; what others
 * change comes as notices. All paths are absolute.
 */
export class FileTree {
  readonly #files = new Files(
    Number.MAX_SAFE_INTEGER,
    () => Date.now(),
    () => {},
  );
  readonly #underWay: FileChange[] = [];
  /** Is told of each change that another process has made, once it is so here. */
  onChange: ((change: FileChange) => void) | undefined;
  #lastInode: Inode;

  /** `programs`: where the commands stand that the host's files do not hold; nobody else hears of those. */
  constructor(
    entries: readonly FileEntry[],
    programs: ReadonlyMap<string, string>,
    private readonly pid: Pid,
    private readonly post: PostChange,
  ) {
    this.#lastInode = pid * inodesOfOneMaker;
    for (const { inode } of entries) {
      // What this pid made before an exec keeps its numbers.
      if (Math.floor(inode / inodesOfOneMaker) === pid) this.#lastInode = Math.max(this.#lastInode, inode);
    }
    this.#files.fill(entries);
    this.#addPrograms(programs);
  }

  /** What stands at a path; undefined if nothing does. */
  status(path: string, last: "follow" | "keep" = "follow"): FileStatus | undefined {
    return path === "" ? undefined : this.#files.status(path, last);
  }

  isFolder(path: string): boolean {
    return this.status(path)?.type === "directory";
  }

  /** The names in a folder, sorted. Throws ENOENT, ENOTDIR. */
  names(folder: string): string[] {
    if (folder === "") throw new SyscallError("ENOENT");
    return this.#files.names(folder);
  }

  /** A file's whole content. Throws ENOENT, EISDIR, ENOTDIR. */
  read(path: string): Uint8Array {
    if (path === "") throw new SyscallError("ENOENT");
    return this.#files.read(path);
  }

  readAt(inode: Inode, position: number): Uint8Array {
    return this.#files.readAt(inode, position);
  }

  /** The inode of the file at a path, which is made if it is not there. Throws EISDIR, ENXIO, ENOENT, ENOTDIR. */
  fileForWriting(path: string, mode = 0o644): Inode {
    const there = this.status(path);
    if (there?.type === "directory") throw new SyscallError("EISDIR");
    if (there?.type === "socket") throw new SyscallError("ENXIO");
    return there?.inode ?? this.create(path, "file", mode);
  }

  /** Throws EEXIST, ENOENT, ENOTDIR. */
  create(path: string, type: "file" | "directory", mode: number): Inode {
    this.#lastInode += 1;
    this.#change({ kind: "create", inode: this.#lastInode, path, type, mode, time: Date.now() });
    return this.#lastInode;
  }

  /** A symbolic link. Throws EEXIST, ENOENT, ENOTDIR. */
  link(path: string, target: string): void {
    this.#lastInode += 1;
    this.#change({ kind: "symlink", inode: this.#lastInode, path, target, time: Date.now() });
  }

  /** A hard link: one more name for a file. Throws ENOENT, EEXIST, EPERM for a folder. */
  addName(from: string, to: string): void {
    this.#change({ kind: "link", from, to, time: Date.now() });
  }

  write(inode: Inode, position: number | "end", bytes: Uint8Array): void {
    this.#change({ kind: "write", inode, position, bytes: bytes.slice(), time: Date.now() });
  }

  truncate(inode: Inode): void {
    this.#change({ kind: "truncate", inode, size: 0, time: Date.now() });
  }

  /** Sets the times of a file, in milliseconds of the epoch. */
  touch(inode: Inode, time = Date.now()): void {
    this.#change({ kind: "attributes", inode, mtime: time, atime: time });
  }

  setMode(inode: Inode, mode: number): void {
    this.#change({ kind: "attributes", inode, mode });
  }

  /** Throws ENOENT, EISDIR, ENOTEMPTY and what else rename(2) says. */
  rename(from: string, to: string): void {
    this.#change({ kind: "rename", from, to, time: Date.now() });
  }

  /** A file, a link, or an empty folder. Throws ENOENT, ENOTEMPTY. */
  unlink(path: string): void {
    this.#change({ kind: "unlink", path, time: Date.now() });
  }

  /** `/proc` is as the kernel tells of it now; nobody else hears of that. */
  showProc(entries: readonly ProcEntry[]): void {
    if (this.status("/proc", "keep") !== undefined) this.#files.remove("/proc");
    for (const entry of entries) {
      const { path } = entry;
      this.#lastInode += 1;
      const inode = this.#lastInode;
      if (entry.type === "symlink") {
        this.#files.apply({ kind: "symlink", inode, path, target: entry.target, time: Date.now() }, this.pid);
        continue;
      }
      const mode = entry.type === "directory" ? 0o555 : 0o444;
      this.#files.apply({ kind: "create", inode, path, type: entry.type, mode, time: Date.now() }, this.pid);
      if (entry.type === "directory") continue;
      const bytes = new TextEncoder().encode(entry.content);
      this.#files.apply({ kind: "write", inode, position: 0, bytes, time: Date.now() }, this.pid);
    }
  }

  /** Takes in what the kernel says of a change. */
  onFileChange({ change, author, refused }: Extract<KernelMessage, { op: "file" }>): void {
    if (author === this.pid || refused !== undefined) {
      this.#underWay.shift();
      return;
    }
    this.#attempt(change);
    this.onChange?.(change);
    // The kernel placed this before what we have said and it has not heard: that comes on top again.
    for (const own of this.#underWay) {
      if ("inode" in own && "inode" in change && own.inode === change.inode) this.#attempt(own);
    }
  }

  #change(change: FileChange): void {
    const paths = "path" in change ? [change.path] : "from" in change ? [change.from, change.to] : [];
    if (paths.includes("")) throw new SyscallError("ENOENT");
    this.#files.apply(change, this.pid);
    this.#underWay.push(change);
    this.post(change);
  }

  /** Two replicas may see things in another order for a moment: what cannot be done then is about to be corrected. */
  #attempt(change: FileChange): void {
    try {
      this.#files.apply(change, this.pid);
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error;
    }
  }

  #addPrograms(programs: ReadonlyMap<string, string>): void {
    const folders = new Set<string>();
    for (const path of programs.keys()) {
      const parts = path.split("/");
      for (let length = 2; length < parts.length; length += 1) folders.add(parts.slice(0, length).join("/"));
    }
    for (const path of folders) if (this.status(path) === undefined) this.#addQuietly(path, "directory");
    // As Debian has it.
    if (folders.has("/usr/bin") && this.status("/bin", "keep") === undefined) {
      this.#lastInode += 1;
      const link = { kind: "symlink", inode: this.#lastInode, path: "/bin", target: "usr/bin", time: 0 } as const;
      this.#files.apply(link, this.pid);
    }
    for (const [path, text] of programs) {
      if (this.status(path) !== undefined) continue;
      const inode = this.#addQuietly(path, "file");
      if (text === "") continue;
      const bytes = new TextEncoder().encode(text);
      this.#files.apply({ kind: "write", inode, position: 0, bytes, time: 0 }, this.pid);
    }
  }

  #addQuietly(path: string, type: "file" | "directory"): Inode {
    this.#lastInode += 1;
    const inode = this.#lastInode;
    this.#files.apply({ kind: "create", inode, path, type, mode: 0o755, time: 0 }, this.pid);
    return inode;
  }
}

/** An absolute path without `.` and `..`. */
export function resolvePath(cwd: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${cwd}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
