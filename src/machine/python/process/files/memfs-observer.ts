import type { FileChange, Inode } from "../../kernel/protocol.ts";
import { emscriptenErrno } from "../errno-numbers.ts";
import type { FileSystem, FsNode, FsStream, NodeOperations, StreamOperations } from "../pyodide-internals.ts";
import { writtenBytes } from "../written-bytes.ts";

const appendFlag = 0o2000;
/** Of a name, in bytes: Linux's NAME_MAX. */
const longestName = 255;
/** Parts of the tree that belong to the interpreter or the worker and are the same in every process. */
const ownFolders = new Set(["lib", "usr", "dev", "proc"]);
/** Below them, what a program installs and memory that processes share are the host's. */
const shared = /^\/(?:usr\/local|dev\/shm)(?:\/|$)/;

/** Whether a path is one of the host's files. */
export function isOfHost(path: string): boolean {
  return !ownFolders.has(path.split("/")[1] ?? "") || shared.test(path);
}

/** Whom an observed file system tells what its process does to the host's files. */
export interface MemfsListener {
  /** What happens now is not the process's doing, and nobody needs to be told. */
  isQuiet(): boolean;
  /** The number of a file of the host's; undefined for any other. */
  inodeOf(node: FsNode): Inode | undefined;
  /** How many names a file has. */
  linksOf(node: FsNode): number;
  /** A file of the host's was made here: gives it a number. */
  adopt(node: FsNode): Inode;
  report(change: FileChange): void;
  /** A file's times were set: often, and never urgent. Milliseconds since 1970. */
  touched(inode: Inode, times: { readonly atime: number; readonly mtime: number }): void;
  /** Throws `ErrnoError` if nothing can be made. */
  beforeMaking(): void;
  /** Throws `ErrnoError` if nothing can be written there, or there is no room for so many more bytes. */
  beforeWrite(node: FsNode, growth: number): void;
  opened(stream: FsStream, inode: Inode): void;
  /** A file was written, by whom ever. `growth` in bytes. */
  written(node: FsNode, growth: number): void;
  /** `inode` is undefined where there is nothing to tell. */
  closed(stream: FsStream, inode: Inode | undefined): void;
}

/**
 * Takes the place of the operations of Emscripten's MEMFS, so that each change is reported once it has happened. For
 * all nodes of the file system, and for good: it cannot be taken back.
 */
export function observeMemfs(fs: FileSystem, listener: MemfsListener): void {
  const { dir, file, link } = fs.filesystems.MEMFS.ops_table;
  observeFolders(fs, dir.node, listener);
  for (const node of [file.node, dir.node]) observeAttributes(node, listener);
  for (const { node } of [file, dir, link]) nameFiles(node, fs, listener);
  observeStreams(file.stream, listener);
}

/** As `posix/pwd.py` has it: whatever a host holds is the student's, who may do everything there. */
const student = { uid: 1000, gid: 1000 };

/** SQLite compares a file's number with that from before a fork: it is the same in every process. */
function nameFiles(operations: NodeOperations, fs: FileSystem, listener: MemfsListener): void {
  const { getattr } = operations;
  operations.getattr = (node) => {
    const attributes = getattr(node);
    const ino = listener.inodeOf(node);
    if (ino === undefined) return attributes;
    const nlink = fs.isDir(node.mode) ? 2 : listener.linksOf(node);
    return Object.assign(Object(attributes), student, { ino, nlink });
  };
}

function observeFolders(fs: FileSystem, operations: NodeOperations, listener: MemfsListener): void {
  /** The path of a child, if it is one of the host's files and the change is the process's own. */
  const reported = (parent: FsNode, name: string): string | undefined => {
    if (listener.isQuiet()) return undefined;
    const folder = fs.getPath(parent);
    const path = folder === "/" ? `/${name}` : `${folder}/${name}`;
    return isOfHost(path) ? path : undefined;
  };
  const { lookup, mknod, symlink, rename, unlink, rmdir } = operations;
  const checkName = (name: string): void => {
    if (name.length <= longestName / 4 || new TextEncoder().encode(name).length <= longestName) return;
    throw new fs.ErrnoError(emscriptenErrno("ENAMETOOLONG"));
  };
  operations.lookup = (parent, name) => {
    checkName(name);
    return lookup(parent, name);
  };
  operations.mknod = (parent, name, mode, device) => {
    checkName(name);
    const path = reported(parent, name);
    if (path !== undefined) listener.beforeMaking();
    const node = mknod(parent, name, mode, device);
    if (path !== undefined) {
      const inode = listener.adopt(node);
      const type = fs.isDir(mode) ? "directory" : "file";
      listener.report({ kind: "create", inode, path, type, mode: mode & 0o7777, time: node.mtime });
    }
    return node;
  };
  operations.symlink = (parent, name, target) => {
    checkName(name);
    const node = symlink(parent, name, target);
    const path = reported(parent, name);
    if (path !== undefined) {
      listener.report({ kind: "symlink", inode: listener.adopt(node), path, target, time: node.mtime });
    }
    return node;
  };
  operations.rename = (node, newParent, newName) => {
    checkName(newName);
    const from = reported(node.parent, node.name);
    rename(node, newParent, newName);
    const to = reported(newParent, newName);
    if (from !== undefined && to !== undefined) listener.report({ kind: "rename", from, to, time: Date.now() });
  };
  for (const [name, original] of [
    ["unlink", unlink],
    ["rmdir", rmdir],
  ] as const) {
    operations[name] = (parent, child) => {
      const path = reported(parent, child);
      original(parent, child);
      if (path !== undefined) listener.report({ kind: "unlink", path, time: Date.now() });
    };
  }
}

function observeAttributes(operations: NodeOperations, listener: MemfsListener): void {
  const { setattr } = operations;
  operations.setattr = (node, attributes) => {
    const before = node.usedBytes;
    if (attributes.size != null && attributes.size > before) listener.beforeWrite(node, attributes.size - before);
    setattr(node, attributes);
    if (attributes.size != null) listener.written(node, node.usedBytes - before);
    const inode = listener.inodeOf(node);
    if (listener.isQuiet() || inode === undefined) return;
    if (attributes.size !== undefined) {
      listener.report({ kind: "truncate", inode, size: attributes.size, time: Date.now() });
    }
    if (attributes.mode !== undefined) listener.report({ kind: "attributes", inode, mode: node.mode & 0o7777 });
    if (attributes.mtime != null || attributes.atime != null) {
      listener.touched(inode, { atime: node.atime, mtime: node.mtime });
    }
  };
}

function observeStreams(operations: StreamOperations, listener: MemfsListener): void {
  const { write } = operations;
  operations.write = (stream, buffer, offset, length, position, own) => {
    const at = position ?? stream.position;
    const before = stream.node.usedBytes;
    listener.beforeWrite(stream.node, Math.max(0, at + length - before));
    const written = write?.(stream, buffer, offset, length, at, own) ?? 0;
    const inode = listener.inodeOf(stream.node);
    if (!listener.isQuiet() && inode !== undefined && written > 0) {
      const bytes = writtenBytes(buffer, offset, written);
      const where = stream.flags & appendFlag ? "end" : at;
      listener.report({ kind: "write", inode, position: where, bytes, time: stream.node.mtime });
    }
    listener.written(stream.node, stream.node.usedBytes - before);
    return written;
  };
  operations.open = (stream) => {
    const inode = listener.inodeOf(stream.node);
    if (inode !== undefined && !listener.isQuiet()) listener.opened(stream, inode);
  };
  // A number that C code duplicates by itself, for a mapping.
  operations.dup = operations.open;
  operations.close = (stream) => {
    listener.closed(stream, listener.isQuiet() ? undefined : listener.inodeOf(stream.node));
  };
}
