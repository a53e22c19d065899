import { SyscallError } from "../errno.ts";
import type { Inode } from "../protocol.ts";
import type { Backlog } from "./backlog.ts";

/** The files that Unix sockets are bound to. */
export interface SocketFiles {
  /** Throws EADDRINUSE, ENOENT, ENOTDIR and what else creating a file does. */
  createSocket(path: string, mode: number): Inode;
  /** Throws ENOENT, ENOTDIR, ELOOP, EACCES, ECONNREFUSED. */
  socketAt(path: string): Inode;
}

/** A name that a Unix socket has taken: the inode of its file, or an abstract name. */
export type UnixName = Inode | string;

/** Who has which Unix socket's name. A file outlives its socket, and refuses connections then. */
export class UnixNames {
  /** Undefined: bound, and not listening. */
  readonly #holders = new Map<UnixName, Backlog | undefined>();

  /** Bound by sockets of datagrams. */
  readonly #datagrams = new Set<UnixName>();

  constructor(private readonly files: SocketFiles) {}

  /** Takes a name. `path` is absolute, or begins with a zero. Throws what `SocketFiles` does, EADDRINUSE. */
  bind(path: string, mode: number): UnixName {
    const isAbstract = path.startsWith("\0");
    if (isAbstract && this.#holders.has(path)) throw new SyscallError("EADDRINUSE");
    const name = isAbstract ? path : this.files.createSocket(path, mode);
    this.#holders.set(name, undefined);
    return name;
  }

  /** The name that a path stands for. Throws what `SocketFiles.socketAt` does. */
  resolve(path: string): UnixName {
    return path.startsWith("\0") ? path : this.files.socketAt(path);
  }

  listen(name: UnixName, backlog: Backlog): void {
    this.#holders.set(name, backlog);
  }

  /** Who listens there, if anybody does. */
  listener(name: UnixName): Backlog | undefined {
    return this.#holders.get(name);
  }

  /** Its socket takes datagrams: no connections come there. */
  takesDatagrams(name: UnixName): void {
    this.#datagrams.add(name);
  }

  hearsDatagrams(name: UnixName): boolean {
    return this.#datagrams.has(name);
  }

  /** Whether a socket has the name now. */
  has(name: UnixName): boolean {
    return this.#holders.has(name);
  }

  unbind(name: UnixName): void {
    this.#datagrams.delete(name);
    this.#holders.delete(name);
  }
}
