/**
 * The private parts of Pyodide that the Python machine stands on, in one place. Pinned to the exact version in
 * package.json; `process/*.test.ts` and the browser tests fail first when an upgrade changes them.
 */
import type { PyodideInterface } from "pyodide";

/** A file-system node of Emscripten. */
export interface FsNode {
  id: number;
  name: string;
  parent: FsNode;
  mode: number;
  atime: number;
  mtime: number;
  ctime: number;
  usedBytes: number;
  contents: Uint8Array | Record<string, FsNode>;
  node_ops: NodeOperations;
  stream_ops: StreamOperations;
  link?: string;
}

/** An open descriptor of Emscripten. */
export interface FsStream {
  fd: number;
  node: FsNode;
  flags: number;
  position: number;
  path: string;
  seekable: boolean;
  tty?: unknown;
  stream_ops: StreamOperations;
  /** Ours: what a kernel descriptor stands for. */
  description?: unknown;
}

/** Attributes that `setattr` may carry. Times in epoch milliseconds. */
export interface NodeAttributes {
  mode?: number;
  size?: number;
  atime?: number;
  mtime?: number;
  ctime?: number;
}

/** What Emscripten asks a file system about a node of its tree. Each throws Emscripten's `ErrnoError`. */
export interface NodeOperations {
  getattr(node: FsNode): unknown;
  setattr(node: FsNode, attributes: NodeAttributes): void;
  lookup(parent: FsNode, name: string): FsNode;
  mknod(parent: FsNode, name: string, mode: number, device: number): FsNode;
  symlink(parent: FsNode, name: string, target: string): FsNode;
  rename(node: FsNode, newParent: FsNode, newName: string): void;
  unlink(parent: FsNode, name: string): void;
  rmdir(parent: FsNode, name: string): void;
}

/** What Emscripten asks a file system about an open file. Each throws Emscripten's `ErrnoError`. */
export interface StreamOperations {
  open?(stream: FsStream): void;
  close?(stream: FsStream): void;
  dup?(stream: FsStream): void;
  getattr?(stream: FsStream): unknown;
  read?(stream: FsStream, buffer: Uint8Array, offset: number, length: number, position: number): number;
  write?(
    stream: FsStream,
    buffer: Uint8Array,
    offset: number,
    length: number,
    position?: number,
    own?: boolean,
  ): number;
  mmap?(
    stream: FsStream,
    length: number,
    position: number,
    prot: number,
    flags: number,
  ): { ptr: number; allocated: boolean };
  msync?(stream: FsStream, buffer: Uint8Array, offset: number, length: number, flags: number): number;
  llseek?(stream: FsStream, offset: number, whence: number): number;
}

/** Tables of functions that all nodes of MEMFS share. */
export interface MemFs {
  ops_table: {
    dir: { node: NodeOperations; stream: StreamOperations };
    file: { node: NodeOperations; stream: StreamOperations };
    link: { node: NodeOperations; stream: StreamOperations };
  };
  createNode(parent: FsNode, name: string, mode: number, device: number): FsNode;
}

/** Emscripten's file system. */
export interface FileSystem {
  filesystems: { MEMFS: MemFs };
  chrdev_stream_ops: StreamOperations;
  streams: (FsStream | null)[];
  /** The largest number of a descriptor. */
  MAX_OPEN_FDS: number;
  ErrnoError: new (errno: number) => Error;
  createStream(stream: Partial<FsStream>, fd?: number): FsStream;
  getStream(fd: number): FsStream | null | undefined;
  close(stream: FsStream): void;
  nextfd(): number;
  lookupPath(path: string, options?: { follow?: boolean; noent_okay?: boolean }): { node: FsNode | null };
  getPath(node: FsNode): string;
  /** `flags` may also be as in C's fopen. */
  open(path: string, flags: number | string, mode?: number): FsStream;
  mkdir(path: string, mode?: number): FsNode;
  mkdirTree(path: string): void;
  writeFile(path: string, content: string | Uint8Array): void;
  readFile(path: string): Uint8Array;
  analyzePath(path: string): { exists: boolean };
  symlink(target: string, path: string): void;
  unlink(path: string): void;
  rmdir(path: string): void;
  rename(from: string, to: string): void;
  chmod(path: string, mode: number): void;
  chdir(path: string): void;
  cwd(): string;
  makedev(major: number, minor: number): number;
  registerDevice(device: number, operations: StreamOperations): void;
  mkdev(path: string, mode: number, device: number): FsNode;
  /** 0, or the errno (Emscripten's) for which a file cannot be opened. */
  mayOpen(node: FsNode, flags: number): number;
  isDir(mode: number): boolean;
  isFile(mode: number): boolean;
  hashAddNode(node: FsNode): void;
  hashRemoveNode(node: FsNode): void;
}

/** The Emscripten module behind an interpreter. */
export interface PyodideModule {
  FS: FileSystem;
  HEAPU8: Uint8Array;
  HEAPU32: Uint32Array;
  HEAPU16: Uint16Array;
  validSuspender: { value: boolean };
  stackStop: number;
  stackSave(): number;
  /** Address of `_PyRuntime`, which begins with `_Py_DebugOffsets`. */
  __PyRuntime: number;
  __PyEval_EvalFrameDefault: (thread: number, frame: number, throwing: number) => number;
  _PyLong_FromLong(value: number): number;
  __PyThreadState_PopFrame(thread: number, frame: number): void;
  _PySys_SetObject(name: number, object: number): number;
  _PyErr_GetRaisedException(): number;
  stringToNewUTF8(text: string): number;
  _free(address: number): void;
  /** Detaches the running task's thread state and returns it; the interpreter's main one becomes current. */
  _captureThreadState(): number;
  _restoreThreadState(thread: number): void;
  _PyThreadState_Get(): number;
  _exit_promising_task(): void;
  /** `pollAsync` is asked by C's `poll()`; a promise suspends the caller, null lets it go on. */
  SOCKFS: { pollAsync?: (descriptors: number, count: number, timeout: number) => Promise<number> | null };
  API: { makeSnapshot(serializer: (value: unknown) => unknown): Uint8Array };
}

/** An interpreter whose private module can be reached. */
export function moduleOf(pyodide: PyodideInterface): PyodideModule {
  const module: unknown = Reflect.get(pyodide, "_module");
  if (!isPyodideModule(module)) throw new Error("This Pyodide has no module of the expected shape");
  return module;
}

const needed = [
  "FS",
  "__PyRuntime",
  "__PyEval_EvalFrameDefault",
  "__PyThreadState_PopFrame",
  "_PySys_SetObject",
  "_PyErr_GetRaisedException",
  "_captureThreadState",
  "_restoreThreadState",
  "_PyThreadState_Get",
  "_exit_promising_task",
  "stringToNewUTF8",
  "validSuspender",
  "SOCKFS",
] as const;

function isPyodideModule(value: unknown): value is PyodideModule {
  return typeof value === "object" && value !== null && needed.every((name) => Reflect.get(value, name) !== undefined);
}
