import { emscriptenErrno } from "./errno-numbers.ts";
import type { FileSystem, StreamOperations } from "./pyodide-internals.ts";

/** The devices of Linux that Emscripten lacks, and the folder in which a process finds its own descriptors. */
export function addDevices(fs: FileSystem): void {
  const zeros: StreamOperations = {
    read: (_stream, buffer, offset, length) => {
      buffer.fill(0, offset, offset + length);
      return length;
    },
    llseek: () => 0,
  };
  const zero: StreamOperations = { ...zeros, write: (_stream, _buffer, _offset, length) => length };
  const full: StreamOperations = {
    ...zeros,
    write: () => {
      throw new fs.ErrnoError(emscriptenErrno("ENOSPC"));
    },
  };
  // Numbers as in Linux' Documentation/admin-guide/devices.txt.
  for (const [name, minor, operations] of [
    ["zero", 5, zero],
    ["full", 7, full],
  ] as const) {
    const device = fs.makedev(1, minor);
    fs.registerDevice(device, operations);
    fs.mkdev(`/dev/${name}`, 0o666, device);
  }
  const { node: descriptors } = fs.lookupPath("/proc/self/fd");
  if (!descriptors) throw new Error("The file system has no /proc/self/fd");
  // Emscripten's can be listed, but has no `stat`.
  const since = new Date();
  descriptors.node_ops.getattr = (node) => ({
    dev: 1,
    ino: node.id,
    mode: node.mode,
    nlink: 2,
    uid: 0,
    gid: 0,
    rdev: 0,
    size: 0,
    atime: since,
    mtime: since,
    ctime: since,
    blksize: 4096,
    blocks: 0,
  });
  fs.symlink("/proc/self/fd", "/dev/fd");
}
