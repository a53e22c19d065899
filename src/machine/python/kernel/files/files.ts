import type { Milliseconds, Pid } from "../../../host-types.ts";
import { type Errno, SyscallError } from "../errno.ts";
import type { FileChange, FileEntry, Inode } from "../protocol.ts";
import { inodesOfOneMaker } from "../protocol.ts";
import { FileLock, type LockOwner } from "./file-lock.ts";
import { RecordLocks } from "./record-locks.ts";

interface NodeBase {
  readonly inode: Inode;
  mode: number;
  mtime: Milliseconds;
  atime: Milliseconds;
  /** Where it stands; undefined for the root and for what is unlinked. */
  parent: Folder | undefined;
  name: string;
  /** Where else it stands: hard links. */
  others: { readonly folder: Folder; readonly name: string }[];
  /** Open descriptions that keep it alive after it is unlinked. */
  opens: number;
}

interface RegularFile extends NodeBase {
  readonly type: "file";
  /** Longer than the content, so that appending is cheap. */
  bytes: Uint8Array;
  size: number;
  readonly lock: FileLock;
  readonly records: RecordLocks;
}

interface Folder extends NodeBase {
  readonly type: "directory";
  readonly entries: Map<string, FileNode>;
}

interface SymbolicLink extends NodeBase {
  readonly type: "symlink";
  readonly target: string;
}

/** Where a Unix socket is bound. Whoever unlinks it, or leaves it behind, changes nothing for the socket. */
interface SocketFile extends NodeBase {
  readonly type: "socket";
}

/** A named pipe: what goes through it is nobody's but of those who have it open. */
interface FifoFile extends NodeBase {
  readonly type: "fifo";
}

type FileNode = RegularFile | Folder | SymbolicLink | SocketFile | FifoFile;

/** Where a path leads: the folder that holds its last part, and what stands there. */
interface Place {
  readonly folder: Folder;
  readonly name: string;
  readonly node: FileNode | undefined;
}

/** Linux gives up after so many symbolic links in one path. */
const longestChainOfLinks = 40;
const longestName = 255;
/** Linux's PATH_MAX, here in UTF-16 units. */
export const longestPath = 4096;
/** As ext4 has it. */
const mostNames = 65_000;
/** So many files that two processes created at once are told apart. */
const mostAliases = 100_000;

/** Author of what the page writes. */
export const pageAuthor: Pid = 0;

/** What `stat` says of a file. Times: epoch milliseconds. */
export interface FileStatus {
  readonly inode: Inode;
  readonly type: "file" | "directory" | "symlink" | "socket" | "fifo";
  readonly mode: number;
  readonly mtime: Milliseconds;
  /** Bytes; of a folder, its entries. */
  readonly size: number;
  /** How many names it has. */
  readonly links: number;
  /** Where a symbolic link leads. */
  readonly target?: string;
}

/** Hears each change in the order in which the host's files took it. `path` is where the file stands, if it does. */
export type ChangeListener = (change: FileChange, author: Pid, path: string | undefined) => void;

/** The files of one host: the tree that all replicas follow. */
export class Files {
  #root: Folder;
  readonly #nodes = new Map<Inode, FileNode>();
  /** Inodes of files that two processes created at once, and the one that came first. */
  readonly #aliases = new Map<Inode, Inode>();
  #lastInode: Inode = 0;
  #size = 0;

  constructor(
    private readonly largestSize: number,
    private readonly epoch: () => Milliseconds,
    private readonly changed: ChangeListener,
    private readonly largestCount = Number.MAX_SAFE_INTEGER,
  ) {
    this.#root = this.#newRoot();
  }

  /** Files and folders, those too that are unlinked and still open. */
  get count(): number {
    return this.#nodes.size;
  }

  /** Whether something has this inode. */
  has(inode: Inode): boolean {
    return this.#nodes.has(inode);
  }

  /** An inode that nobody has yet. */
  newInode(): Inode {
    this.#lastInode += 1;
    if (this.#lastInode >= inodesOfOneMaker) throw new SyscallError("ENOSPC");
    return this.#lastInode;
  }

  /** Makes a change and tells it to all. Throws what the author has to hear if it cannot be made. */
  apply(change: FileChange, author: Pid): void {
    const seen = this.#resolveAlias(change);
    this.changed(seen, author, this.#make(seen));
  }

  /** Creates a file that must not exist. */
  createExclusive(path: string, mode: number, inode: Inode, author: Pid): void {
    if (this.#find(path, "keep").node !== undefined) throw new SyscallError("EEXIST");
    this.apply({ kind: "create", inode, path, type: "file", mode, time: this.epoch() }, author);
  }

  /** A named pipe that must not exist, in the kernel's name. */
  createFifo(path: string, mode: number): void {
    if (this.#find(path, "keep").node !== undefined) throw new SyscallError("EEXIST");
    this.apply({ kind: "create", inode: this.newInode(), path, type: "fifo", mode, time: this.epoch() }, pageAuthor);
  }

  /** Throws ENOENT, and ENXIO for what is no named pipe. */
  checkFifo(inode: Inode): void {
    if (this.#node(inode).type !== "fifo") throw new SyscallError("ENXIO");
  }

  /** The file of a Unix socket, in the kernel's name. Throws EADDRINUSE where anything stands, a broken link too. */
  createSocket(path: string, mode: number): Inode {
    if (this.#find(path, "keep").node !== undefined) throw new SyscallError("EADDRINUSE");
    const inode = this.newInode();
    this.apply({ kind: "create", inode, path, type: "socket", mode, time: this.epoch() }, pageAuthor);
    return inode;
  }

  /** The socket's file at a path. Throws ENOENT, ENOTDIR, ELOOP; EACCES without the right to write, ECONNREFUSED. */
  socketAt(path: string): Inode {
    const { node } = this.#find(path, "follow");
    if (node === undefined) throw new SyscallError("ENOENT");
    if ((node.mode & 0o200) === 0) throw new SyscallError("EACCES");
    if (node.type !== "socket") throw new SyscallError("ECONNREFUSED");
    return node.inode;
  }

  /** Writes a whole file, with the folders above it, in the page's name. */
  writeWhole(path: string, content: Uint8Array): void {
    const parts = split(path);
    for (let length = 1; length < parts.length; length += 1) this.makeFolder(`/${parts.slice(0, length).join("/")}`);
    const time = this.epoch();
    const node = this.#find(path, "follow").node;
    if (node?.type === "socket" || node?.type === "fifo") throw new SyscallError("ENXIO");
    if (node !== undefined && node.type !== "file") throw new SyscallError("EISDIR");
    const inode = node?.inode ?? this.newInode();
    if (this.#size - (node?.size ?? 0) + content.byteLength > this.largestSize) throw new SyscallError("ENOSPC");
    if (node === undefined) this.apply({ kind: "create", inode, path, type: "file", mode: 0o644, time }, pageAuthor);
    else this.apply({ kind: "truncate", inode, size: 0, time }, pageAuthor);
    this.apply({ kind: "write", inode, position: 0, bytes: content.slice(), time }, pageAuthor);
  }

  /** Makes a folder unless it is there. Throws ENOTDIR if something else stands there. */
  makeFolder(path: string): void {
    const { node } = this.#find(path, "follow");
    if (node?.type === "directory") return;
    if (node !== undefined) throw new SyscallError("ENOTDIR");
    const inode = this.newInode();
    this.apply({ kind: "create", inode, path, type: "directory", mode: 0o755, time: this.epoch() }, pageAuthor);
  }

  /** The content of a file. Throws ENOENT, EISDIR, ENOTDIR, ELOOP. */
  read(path: string): Uint8Array {
    const { node } = this.#find(path, "follow");
    if (node === undefined) throw new SyscallError("ENOENT");
    if (node.type === "socket" || node.type === "fifo") throw new SyscallError("ENXIO");
    if (node.type !== "file") throw new SyscallError("EISDIR");
    return node.bytes.slice(0, node.size);
  }

  /** What stands at a path; undefined if nothing does. `last`: what to do with a symbolic link there. */
  status(path: string, last: "follow" | "keep" = "follow"): FileStatus | undefined {
    try {
      const { node } = this.#find(path, last);
      return node === undefined ? undefined : statusOf(node);
    } catch (error) {
      if (error instanceof SyscallError) return undefined;
      throw error;
    }
  }

  /** The names in a folder, sorted. Throws ENOENT, ENOTDIR, ELOOP. */
  names(folder: string): string[] {
    const { node } = this.#find(folder, "follow");
    if (node === undefined) throw new SyscallError("ENOENT");
    if (node.type !== "directory") throw new SyscallError("ENOTDIR");
    return [...node.entries.keys()].sort();
  }

  /** Where an open file stands; undefined once it is unlinked. */
  pathOf(inode: Inode): string | undefined {
    const node = this.#nodes.get(this.#aliases.get(inode) ?? inode);
    return node === undefined ? undefined : pathOf(node);
  }

  /** Bytes of a file from a position on, whatever has become of its path. Throws ENOENT, EISDIR. */
  readAt(inode: Inode, position: number): Uint8Array {
    const file = this.#file(inode);
    return file.bytes.slice(position, Math.max(position, file.size));
  }

  /** Takes over what another holds: `entries()` of that one, into a tree of its own. */
  fill(entries: readonly FileEntry[]): void {
    for (const { inode, path, type, mode, mtime, content, target } of entries) {
      if (path === "/") continue;
      const known = this.pathOf(inode);
      if (path !== undefined && known !== undefined) {
        this.#make({ kind: "link", from: known, to: path, time: mtime });
        continue;
      }
      const where = path ?? `/.unlinked-${inode}`;
      if (type === "symlink") this.#make({ kind: "symlink", inode, path: where, target: target ?? "", time: mtime });
      else this.#make({ kind: "create", inode, path: where, type, mode, time: mtime });
      if (content !== undefined) this.#write(inode, 0, content, mtime);
      if (path !== undefined) continue;
      this.#node(inode).opens += 1;
      this.#unlink(where, mtime);
    }
    for (const { inode, path, mtime } of entries) if (path !== "/") this.#node(inode).mtime = mtime;
  }

  /** Removes a file or symbolic link, or a folder with all that is in it, in the page's name. */
  remove(path: string): void {
    const { node } = this.#find(path, "keep");
    if (node === undefined) throw new SyscallError("ENOENT");
    if (node.type === "directory") {
      for (const name of [...node.entries.keys()]) this.remove(`${path}/${name}`);
    }
    this.apply({ kind: "unlink", path, time: this.epoch() }, pageAuthor);
  }

  /** Paths of all files below a folder, sorted. Sockets are none: there is nothing in them to read. */
  list(folder: string): readonly string[] {
    const { node } = this.#find(folder, "follow");
    if (node === undefined) throw new SyscallError("ENOENT");
    if (node.type !== "directory") throw new SyscallError("ENOTDIR");
    const paths: string[] = [];
    const walk = (below: Folder, path: string): void => {
      for (const [name, entry] of below.entries) {
        if (entry.type === "directory") walk(entry, `${path}/${name}`);
        else if (entry.type !== "socket" && entry.type !== "fifo") paths.push(`${path}/${name}`);
      }
    };
    walk(node, pathOf(node) ?? "");
    return paths.sort();
  }

  /**
   * Everything, folders before what they hold, as a new process receives it. All contents lie in one buffer, which can
   * change hands: `contentsOf` names it.
   */
  entries(): FileEntry[] {
    const entries: FileEntry[] = [];
    const walk = (node: FileNode, path: string): void => {
      entries.push(entryOf(node, path === "" ? "/" : path));
      if (node.type !== "directory") return;
      for (const [name, below] of node.entries) walk(below, `${path}/${name}`);
    };
    walk(this.#root, "");
    for (const node of this.#nodes.values()) {
      if (node.parent === undefined && node !== this.#root) entries.push(entryOf(node, undefined));
    }
    return copied(entries);
  }

  /** A description was opened: the file stays until it is closed. Answers the inode that counts. Throws ENOENT. */
  open(inode: Inode): Inode {
    const node = this.#node(inode);
    node.opens += 1;
    return node.inode;
  }

  /** The description was released, and with it its lock. */
  close(inode: Inode, description: LockOwner): void {
    const node = this.#nodes.get(inode);
    if (node === undefined) return;
    if (node.type === "file") node.lock.unlock(description);
    node.opens -= 1;
    this.#dropIfGone(node);
  }

  /** The lock of an open file. */
  lock(inode: Inode): FileLock {
    const node = this.#node(inode);
    if (node.type !== "file") throw new SyscallError("EBADF");
    return node.lock;
  }

  /** The locks of an open file's parts. */
  records(inode: Inode): RecordLocks {
    const node = this.#node(inode);
    if (node.type !== "file") throw new SyscallError("EBADF");
    return node.records;
  }

  /** A process has closed a descriptor of the file, and with it its locks of parts. */
  closedBy(inode: Inode, owner: Pid): void {
    const node = this.#nodes.get(inode);
    if (node?.type === "file") node.records.release(owner);
  }

  /** Forgets everything. No process may be left. */
  clear(): void {
    this.#nodes.clear();
    this.#aliases.clear();
    this.#size = 0;
    this.#root = this.#newRoot();
  }

  /** Answers where the changed file stands. */
  #make(change: FileChange): string | undefined {
    switch (change.kind) {
      case "create":
        this.#create(change);
        return change.path;
      case "symlink": {
        const place = this.#freePlace(change.path);
        const { inode, target, time } = change;
        if (target.length > longestPath) throw new SyscallError("ENAMETOOLONG");
        this.#link(place, { ...fresh(inode, 0o777, time), type: "symlink", target });
        return change.path;
      }
      case "write":
        return this.#write(change.inode, change.position, change.bytes, change.time);
      case "truncate":
        return this.#truncate(change.inode, change.size, change.time);
      case "attributes": {
        const node = this.#node(change.inode);
        if (change.mode !== undefined) node.mode = change.mode;
        if (change.mtime !== undefined) node.mtime = change.mtime;
        if (change.atime !== undefined) node.atime = change.atime;
        return pathOf(node);
      }
      case "rename":
        this.#rename(change.from, change.to, change.time);
        return change.to;
      case "link":
        this.#addName(change.from, change.to, change.time);
        return change.to;
      case "unlink":
        this.#unlink(change.path, change.time);
        return change.path;
    }
  }

  #create(change: Extract<FileChange, { kind: "create" }>): void {
    const { path, inode, type, mode, time } = change;
    const there = this.#find(path, "keep").node;
    // An inode that a file has already keeps standing for that file.
    const isNew = !this.#nodes.has(inode) && this.#aliases.size < mostAliases;
    if (there?.type === "file" && type === "file" && isNew) this.#aliases.set(inode, there.inode);
    const place = this.#freePlace(path);
    if (this.#nodes.has(inode)) throw new SyscallError("EINVAL");
    if (type === "directory") {
      this.#link(place, { ...fresh(inode, mode, time), type, entries: new Map() });
    } else if (type === "socket" || type === "fifo") {
      this.#link(place, { ...fresh(inode, mode, time), type });
    } else {
      this.#link(place, {
        ...fresh(inode, mode, time),
        type,
        bytes: new Uint8Array(),
        size: 0,
        lock: new FileLock(),
        records: new RecordLocks(),
      });
    }
  }

  #write(inode: Inode, at: number | "end", bytes: Uint8Array, time: Milliseconds): string | undefined {
    const file = this.#file(inode);
    const position = at === "end" ? file.size : at;
    const end = position + bytes.byteLength;
    this.#resize(file, Math.max(file.size, end));
    file.bytes.set(bytes, position);
    file.mtime = time;
    return pathOf(file);
  }

  #truncate(inode: Inode, size: number, time: Milliseconds): string | undefined {
    const file = this.#file(inode);
    this.#resize(file, size);
    file.mtime = time;
    return pathOf(file);
  }

  /** Bytes that come into being are zero. Throws ENOSPC. */
  #resize(file: RegularFile, size: number): void {
    const growth = size - file.size;
    if (growth > 0 && this.#size + growth > this.largestSize) throw new SyscallError("ENOSPC");
    if (size > file.bytes.byteLength) {
      const longer = new Uint8Array(Math.max(size, file.bytes.byteLength * 2));
      longer.set(file.bytes.subarray(0, file.size));
      file.bytes = longer;
    } else if (growth < 0) {
      file.bytes.fill(0, size, file.size);
    }
    file.size = size;
    this.#size += growth;
  }

  #rename(from: string, to: string, time: Milliseconds): void {
    const source = this.#find(from, "keep");
    const { node } = source;
    if (node === undefined) throw new SyscallError("ENOENT");
    const target = this.#find(to, "keep");
    if (target.node === node) return;
    // What stands below must keep a path, and what walks through the tree must come to its end.
    if (to.length + longestBelow(node) > longestPath) throw new SyscallError("ENAMETOOLONG");
    for (let above: Folder | undefined = target.folder; above !== undefined; above = above.parent) {
      if (above === node) throw new SyscallError("EINVAL");
    }
    if (target.node?.type === "directory") {
      if (node.type !== "directory") throw new SyscallError("EISDIR");
      if (target.node.entries.size > 0) throw new SyscallError("ENOTEMPTY");
    } else if (target.node !== undefined && node.type === "directory") throw new SyscallError("ENOTDIR");
    if (target.node !== undefined) this.#detach(target, target.node, time);
    source.folder.entries.delete(source.name);
    source.folder.mtime = time;
    const { others } = node;
    const moved = others.findIndex(({ folder, name }) => folder === source.folder && name === source.name);
    if (moved < 0) {
      node.parent = target.folder;
      node.name = target.name;
    } else others[moved] = { folder: target.folder, name: target.name };
    target.folder.entries.set(target.name, node);
    target.folder.mtime = time;
  }

  /** Throws EPERM for a folder, EEXIST where something stands. */
  #addName(from: string, to: string, time: Milliseconds): void {
    const { node } = this.#find(from, "keep");
    if (node === undefined) throw new SyscallError("ENOENT");
    const { folder, name } = this.#freePlace(to);
    if (node.type === "directory") throw new SyscallError("EPERM");
    if (node.others.length >= mostNames) throw new SyscallError("EMLINK");
    node.others.push({ folder, name });
    folder.entries.set(name, node);
    folder.mtime = time;
  }

  #unlink(path: string, time: Milliseconds): void {
    const place = this.#find(path, "keep");
    const { node } = place;
    if (node === undefined) throw new SyscallError("ENOENT");
    if (node === this.#root) throw new SyscallError("EINVAL");
    if (node.type === "directory" && node.entries.size > 0) throw new SyscallError("ENOTEMPTY");
    this.#detach(place, node, time);
  }

  /** Takes one of its names from a file, from a folder its only one. */
  #detach({ folder, name }: Place, node: FileNode, time: Milliseconds): void {
    folder.entries.delete(name);
    folder.mtime = time;
    const other = node.others.findIndex((place) => place.folder === folder && place.name === name);
    if (other >= 0) node.others.splice(other, 1);
    else {
      const next = node.others.shift();
      node.parent = next?.folder;
      if (next !== undefined) node.name = next.name;
    }
    this.#dropIfGone(node);
  }

  #dropIfGone(node: FileNode): void {
    if (node.opens > 0 || node.parent !== undefined || node === this.#root) return;
    this.#nodes.delete(node.inode);
    if (node.type === "file") this.#size -= node.size;
  }

  #link({ folder, name }: Place, node: FileNode): void {
    node.parent = folder;
    node.name = name;
    folder.entries.set(name, node);
    folder.mtime = node.mtime;
    this.#nodes.set(node.inode, node);
  }

  #freePlace(path: string): Place {
    const place = this.#find(path, "keep");
    if (place.node !== undefined) throw new SyscallError("EEXIST");
    if (this.#nodes.size >= this.largestCount) throw new SyscallError("ENOSPC");
    if (place.name.length > longestName) throw new SyscallError("ENAMETOOLONG");
    return place;
  }

  #node(inode: Inode): FileNode {
    const node = this.#nodes.get(this.#aliases.get(inode) ?? inode);
    if (node === undefined) throw new SyscallError("ENOENT");
    return node;
  }

  #file(inode: Inode): RegularFile {
    const node = this.#node(inode);
    if (node.type === "file") return node;
    throw new SyscallError(
      node.type === "directory" ? "EISDIR" : node.type === "socket" || node.type === "fifo" ? "ENXIO" : "EINVAL",
    );
  }

  #resolveAlias(change: FileChange): FileChange {
    if (this.#aliases.size === 0 || !("inode" in change)) return change;
    const inode = this.#aliases.get(change.inode);
    return inode === undefined ? change : { ...change, inode };
  }

  /** Throws ENOENT or ENOTDIR unless the folder above the last part exists. `last`: what to do with a link there. */
  #find(path: string, last: "follow" | "keep", links = 0): Place {
    if (path.length > longestPath && links === 0) throw new SyscallError("ENAMETOOLONG");
    if (links > longestChainOfLinks) throw new SyscallError("ELOOP");
    const parts = split(path);
    let folder = this.#root;
    for (const [index, name] of parts.entries()) {
      const isLast = index === parts.length - 1;
      const node = name === ".." ? (folder.parent ?? folder) : folder.entries.get(name);
      if (node?.type === "symlink" && !(isLast && last === "keep")) {
        const base = node.target.startsWith("/") ? "" : (pathOf(folder) ?? "");
        const rest = parts.slice(index + 1).join("/");
        return this.#find(`${base}/${node.target}/${rest}`, last, links + 1);
      }
      if (isLast) return this.#placeOf(node, folder, name);
      if (node === undefined) throw new SyscallError("ENOENT");
      if (node.type !== "directory") throw new SyscallError("ENOTDIR");
      folder = node;
    }
    return { folder, name: "", node: folder };
  }

  #placeOf(node: FileNode | undefined, folder: Folder, name: string): Place {
    return name === ".." && node !== undefined
      ? { folder: node.parent ?? this.#root, name: node.name, node }
      : { folder, name, node };
  }

  #newRoot(): Folder {
    const root: Folder = { ...fresh(this.newInode(), 0o755, this.epoch()), type: "directory", entries: new Map() };
    this.#nodes.set(root.inode, root);
    return root;
  }
}

/** Errnos after which a change that a process made is void. */
export function refusal(error: unknown): Errno {
  if (error instanceof SyscallError) return error.errno;
  throw error;
}

function fresh(inode: Inode, mode: number, time: Milliseconds): NodeBase {
  return { inode, mode, mtime: time, atime: time, parent: undefined, name: "", others: [], opens: 0 };
}

function statusOf(node: FileNode): FileStatus {
  const { inode, type, mode, mtime, others, parent } = node;
  const links = node.type === "directory" ? 2 : others.length + (parent === undefined ? 0 : 1);
  const status = { inode, type, mode, mtime, links };
  if (node.type === "symlink") return { ...status, size: node.target.length, target: node.target };
  if (node.type === "socket" || node.type === "fifo") return { ...status, size: 0 };
  return { ...status, size: node.type === "file" ? node.size : node.entries.size };
}

/** Length of the longest path from here down. */
function longestBelow(node: FileNode): number {
  let longest = 0;
  const left: { node: FileNode; length: number }[] = [{ node, length: 0 }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    longest = Math.max(longest, next.length);
    if (next.node.type !== "directory") continue;
    for (const [name, below] of next.node.entries) left.push({ node: below, length: next.length + 1 + name.length });
  }
  return longest;
}

function split(path: string): string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}

/** Undefined for what is unlinked; empty for the root. */
function pathOf(node: FileNode): string | undefined {
  let path = "";
  let here = node;
  while (here.parent !== undefined) {
    path = `/${here.name}${path}`;
    here = here.parent;
  }
  return here.type === "directory" && here.name === "" ? path : undefined;
}

function entryOf(node: FileNode, path: string | undefined): FileEntry {
  const { inode, type, mode, mtime, atime } = node;
  const entry: FileEntry = { inode, type, mode, mtime, atime };
  if (path !== undefined) entry.path = path;
  if (node.type === "file") entry.content = node.bytes.subarray(0, node.size);
  if (node.type === "symlink") entry.target = node.target;
  return entry;
}

/** The same entries with copies of their contents, one behind the other. */
function copied(entries: FileEntry[]): FileEntry[] {
  const bytes = new Uint8Array(entries.reduce((sum, { content }) => sum + (content?.length ?? 0), 0));
  let at = 0;
  for (const entry of entries) {
    if (!entry.content) continue;
    const place = bytes.subarray(at, at + entry.content.length);
    place.set(entry.content);
    entry.content = place;
    at += place.length;
  }
  return entries;
}

/** The buffers that the contents of these entries lie in, to be handed over together with them. */
export function contentsOf(entries: readonly FileEntry[]): ArrayBuffer[] {
  const buffers = entries.flatMap(({ content }) => (content?.buffer instanceof ArrayBuffer ? [content.buffer] : []));
  return [...new Set(buffers)];
}
