import { emscriptenErrno } from "./errno-numbers";
import type { FileSystem, StreamOperations } from "./pyodide-internals";

/** The devices of Linux that Emscripten lacks, and the names by which a process finds its own descriptors. */
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
  fs.symlink("/proc/self/fd", "/dev/fd");
  for (const [number, name] of ["stdin", "stdout", "stderr"].entries()) {
    fs.unlink(`/dev/${name}`);
    fs.symlink(`/proc/self/fd/${number}`, `/dev/${name}`);
  }
}
