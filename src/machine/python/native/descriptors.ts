import { type Errno, SyscallError } from "../kernel/errno.ts";
import {
  type DeviceName,
  devicePaths,
  type Fd,
  type InheritedDescriptor,
  type Inode,
  type Interest,
  initialCredit,
  type OneWayCall,
  pipeCapacity,
  type Ready,
} from "../kernel/protocol.ts";
import type { FileTree } from "./file-tree.ts";

const flags = { read: 0, append: 0o2001, update: 2 } as const;
const appendFlag = 0o2000;

/** What a descriptor stands for, and what of it is already here. */
interface DescriptorState {
  readonly kind: "tty" | "pipe" | "socket" | DeviceName | "file";
  readonly inode: Inode;
  readonly append: boolean;
  position: number;
  readonly chunks: Uint8Array[];
  eof: boolean;
  /** A named pipe: another writer may come after its end. */
  readonly named: boolean;
  credit: number;
  error: Errno | undefined;
}

/** What descriptors stand on. */
export interface DescriptorParts {
  readonly files: FileTree;
  post(call: OneWayCall): void;
  /** `select`: see the kernel's call `wait`. */
  wait(interests: Interest[], signal?: AbortSignal): Promise<Ready[]>;
  /** The thread that sends, for the kernel's request events. */
  readonly tid: number;
}

/** The descriptors of a native process. */
export class NativeDescriptors {
  readonly #table = new Map<Fd, DescriptorState>();

  constructor(
    private readonly parts: DescriptorParts,
    inherited: readonly InheritedDescriptor[],
  ) {
    for (const { fd, same, description } of inherited) {
      const { kind } = description;
      const duplicated = same === undefined ? undefined : this.#table.get(same);
      if (duplicated !== undefined) this.#table.set(fd, duplicated);
      else if (kind === "file") this.#table.set(fd, make("file", description));
      else if (kind === "device") this.#table.set(fd, make(description.name));
      else if (kind === "pipe") this.#table.set(fd, { ...make("pipe"), named: description.named ?? false });
      else this.#table.set(fd, make(kind === "tty" ? kind : "socket"));
    }
  }

  has(fd: Fd): boolean {
    return this.#table.has(fd);
  }

  isTerminal(fd: Fd): boolean {
    return this.#table.get(fd)?.kind === "tty";
  }

  /** Of a descriptor that is a file's, how long that is, in bytes; undefined if it is none's. */
  sizeOfFile(fd: Fd): number | undefined {
    const description = this.#table.get(fd);
    return description?.kind === "file" ? this.parts.files.readAt(description.inode, 0).length : undefined;
  }

  /** Of a descriptor that is a file's: which, and where it is in it; undefined if it is none's. */
  fileOf(fd: Fd): { readonly inode: Inode; readonly position: number } | undefined {
    const description = this.#table.get(fd);
    return description?.kind === "file" ? { inode: description.inode, position: description.position } : undefined;
  }

  /** The next bytes, or null at the end. Throws EBADF, EISDIR, what broke it, and EINTR when `signal` gives up. */
  async read(fd: Fd, signal?: AbortSignal): Promise<Uint8Array | null> {
    const description = this.#get(fd);
    if (isDevice(description)) return readDevice(description.kind);
    if (description.kind === "file") {
      const bytes = this.parts.files.readAt(description.inode, description.position);
      this.#moveOn(fd, description, bytes.length);
      return bytes.length > 0 ? bytes : null;
    }
    while (true) {
      const first = description.chunks.shift();
      if (first !== undefined) return first;
      if (description.error !== undefined) throw new SyscallError(description.error);
      if (description.eof) {
        // ^D ends one read of a terminal, not all; nor does a writer end those of a named pipe that others write to.
        if (description.kind === "tty" || description.named) description.eof = false;
        return null;
      }
      this.take(await this.parts.wait([{ fd, read: true, write: false }], signal));
      if (signal?.aborted && description.chunks.length === 0) throw new SyscallError("EINTR");
    }
  }

  /** Puts back what was read too much. */
  unread(fd: Fd, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const description = this.#get(fd);
    if (description.kind === "file") {
      description.position -= bytes.length;
      this.parts.post({ op: "position", fd, position: description.position });
    } else description.chunks.unshift(bytes);
  }

  /** What is here of a pipe and was not read goes back into it, for a process that will read from it. */
  giveBack(fd: Fd): void {
    const description = this.#table.get(fd);
    if (description?.kind !== "pipe") return;
    for (const bytes of description.chunks.splice(0).reverse()) this.parts.post({ op: "unread", fd, bytes });
    description.eof = false;
  }

  /** As dup2(2). */
  duplicate(from: Fd, to: Fd): void {
    const description = this.#get(from);
    if (from === to) return;
    this.#table.set(to, description);
    this.parts.post({ op: "dup", from, to });
  }

  /** All that are open. */
  all(): Fd[] {
    return [...this.#table.keys()];
  }

  /** Resolves when everything is on its way. Throws EBADF, EPIPE and what else broke it. */
  async write(fd: Fd, bytes: Uint8Array): Promise<void> {
    const description = this.#get(fd);
    if (description.kind === "full") throw new SyscallError("ENOSPC");
    if (isDevice(description)) return;
    if (description.kind === "file") {
      this.parts.files.write(description.inode, description.append ? "end" : description.position, bytes);
      this.#moveOn(fd, description, bytes.length);
      return;
    }
    let rest = bytes;
    while (rest.length > 0) {
      if (description.error !== undefined) throw new SyscallError(description.error);
      if (description.credit <= 0) {
        this.take(await this.parts.wait([{ fd, read: false, write: true }]));
        continue;
      }
      const part = rest.slice(0, description.credit);
      description.credit -= part.length;
      this.parts.post({ op: "send", fd, tid: this.parts.tid, bytes: part });
      rest = rest.subarray(part.length);
    }
  }

  /** Whether it is a named pipe. */
  isNamedPipe(fd: Fd): boolean {
    return this.#table.get(fd)?.named === true;
  }

  /**
   * Opens a file at the lowest free number from `from` on. Throws ENOENT, EISDIR and so on. Who opens a named pipe waits for its
   * other side when first reading or writing.
   */
  open(path: string, how: "read" | "write" | "append" | "update", from = 3, mode = 0o644): Fd {
    const { files, post } = this.parts;
    const fd = this.free(from);
    const device = devicePaths.get(path);
    if (device !== undefined) {
      this.#table.set(fd, make(device));
      post({ op: "device", fd, name: device });
      return fd;
    }
    const there = files.status(path);
    if (there?.type === "fifo") {
      this.#table.set(fd, { ...make("pipe"), named: true, credit: 0 });
      post({ op: "fifo", fd, inode: there.inode, reads: how === "read" || how === "update", writes: how !== "read" });
      return fd;
    }
    const inode = how === "read" ? readable(files, path) : files.fileForWriting(path, mode);
    if (how === "write") files.truncate(inode);
    // What a shell opens to write, several programs may share, each with a position of its own: so all append, as they
    // would.
    const wanted = how === "read" || how === "update" ? flags[how] : flags.append;
    this.#table.set(fd, make("file", { inode, flags: wanted, position: 0 }));
    post({ op: "open", fd, inode, flags: wanted });
    return fd;
  }

  pipe(): { read: Fd; write: Fd } {
    const read = this.free(10);
    this.#table.set(read, make("pipe"));
    const write = this.free(10);
    this.#table.set(write, make("pipe"));
    this.parts.post({ op: "pipe", read, write });
    return { read, write };
  }

  /** A socket of the first number that is free, from `from` on. */
  socket(from = 3): Fd {
    const fd = this.free(from);
    this.#table.set(fd, make("socket"));
    this.parts.post({ op: "socket", fd });
    return fd;
  }

  close(fd: Fd): void {
    if (this.#table.delete(fd)) this.parts.post({ op: "close", fd });
  }

  /** Takes in what the kernel answered. */
  take(ready: readonly Ready[]): void {
    for (const { fd, bytes, eof, credit, error } of ready) {
      const description = this.#table.get(fd);
      if (description === undefined) continue;
      if (bytes !== undefined && bytes.length > 0) description.chunks.push(bytes);
      if (eof) description.eof = true;
      if (credit !== undefined) description.credit = credit;
      if (error !== undefined) description.error = error;
    }
  }

  /** Another process that has the same file open has moved on in it. */
  moved(fd: Fd, position: number): void {
    const description = this.#table.get(fd);
    if (description?.kind === "file") description.position = position;
  }

  broken(fd: Fd, errno: Errno): void {
    const description = this.#table.get(fd);
    if (description !== undefined) description.error = errno;
  }

  /** Where files stand, for a child that inherits them. */
  positions(): { fd: Fd; position: number }[] {
    return Array.from(this.#table)
      .filter(([, { kind }]) => kind === "file")
      .map(([fd, { position }]) => ({ fd, position }));
  }

  /** The lowest free number from `from` on. */
  free(from: Fd): Fd {
    let fd = from;
    while (this.#table.has(fd)) fd += 1;
    return fd;
  }

  #moveOn(fd: Fd, description: DescriptorState, length: number): void {
    if (length === 0) return;
    description.position += length;
    this.parts.post({ op: "position", fd, position: description.position });
  }

  #get(fd: Fd): DescriptorState {
    const description = this.#table.get(fd);
    if (description === undefined) throw new SyscallError("EBADF");
    return description;
  }
}

const deviceNames: ReadonlySet<string> = new Set(devicePaths.values());

function isDevice<D extends { readonly kind: string }>(description: D): description is D & { kind: DeviceName } {
  return deviceNames.has(description.kind);
}

/** How much of a device without an end one read answers, in bytes. */
const deviceChunk = 65_536;

async function readDevice(device: DeviceName): Promise<Uint8Array | null> {
  if (device === "null") return null;
  // Who reads without end hears its signals all the same.
  await new Promise((resolve) => setTimeout(resolve));
  const bytes = new Uint8Array(deviceChunk);
  return device === "random" ? crypto.getRandomValues(bytes) : bytes;
}

function readable(files: FileTree, path: string): Inode {
  const status = files.status(path);
  if (status === undefined) throw new SyscallError("ENOENT");
  if (status.type === "directory") throw new SyscallError("EISDIR");
  if (status.type === "socket") throw new SyscallError("ENXIO");
  return status.inode;
}

function make(
  kind: DescriptorState["kind"],
  file: { inode: Inode; flags: number; position: number } = { inode: 0, flags: 0, position: 0 },
): DescriptorState {
  const append = (file.flags & appendFlag) !== 0;
  const { inode, position } = file;
  const credit = kind === "pipe" ? pipeCapacity : initialCredit;
  return { kind, inode, append, position, chunks: [], eof: false, named: false, credit, error: undefined };
}
