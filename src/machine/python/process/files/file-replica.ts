import type { Pid, Tid } from "../../../host-types.ts";
import type { Errno } from "../../kernel/errno.ts";
import { defaultLimits, type Limits } from "../../kernel/limits.ts";
import {
  type FileChange,
  type FileEntry,
  type InheritedDescriptor,
  type Inode,
  inodesOfOneMaker,
} from "../../kernel/protocol.ts";
import { beforeAll, type KernelChannel } from "../channel.ts";
import { emscriptenErrno, linuxNumberOf } from "../errno-numbers.ts";
import type { FileSystem, FsNode, FsStream } from "../pyodide-internals.ts";
import { DiskUsage } from "./disk-usage.ts";
import { HardLinks } from "./hard-links.ts";
import { isOfHost, observeMemfs } from "./memfs-observer.ts";
import { SharedMappings } from "./shared-mappings.ts";
import { SharedPositions } from "./shared-positions.ts";

const fileType = 0o100000;
const folderType = 0o040000;
const socketType = 0o140000;
const fifoType = 0o010000;
const typeMask = 0o170000;
/** A heartbeat touches a file with every request: times alone travel at most this often, in milliseconds. */
const touchInterval = 100;

/**
 * A process's replica of its host's files.
 *
 * The files live in Emscripten's MEMFS, so reading never waits. A change is made here at once and told to the kernel,
 * which orders the changes of all processes and sends each to everybody. A foreign change that the kernel placed before
 * one of ours that is still on its way is applied, and then ours again, so that all replicas end alike.
 */
export class FileReplica {
  readonly #inodes = new WeakMap<FsNode, Inode>();
  readonly #nodes = new Map<Inode, FsNode>();
  readonly #links: HardLinks;
  readonly #disk: DiskUsage;
  readonly #pending: FileChange[] = [];
  /** The kernel was asked for all files, because here something stands otherwise. */
  #renewing = false;
  /** Files that the kernel was asked to create, and has not answered yet. */
  readonly #exclusive = new Set<Inode>();
  /** Where its open files stand. */
  readonly positions: SharedPositions;
  /** What of them is memory of the program's, too. */
  readonly mappings: SharedMappings;
  /**
   * Files of which a write was refused: the next one raises this, as on Linux when a disk turns out to be full later.
   */
  readonly #refused = new Map<FsNode, Errno>();
  /** Of any file: who writes each of many files once would never hear of it. */
  #diskFull = false;
  readonly #touched = new Map<Inode, { atime: number; mtime: number }>();
  #touchTimer: ReturnType<typeof setTimeout> | undefined;
  #applying = false;
  #nextInode: number;

  constructor(
    private readonly fs: FileSystem,
    private readonly channel: KernelChannel,
    private readonly pid: Pid,
    /** The interpreter's memory as it is now. */
    memory: () => Uint8Array = () => new Uint8Array(),
    limits: Pick<Limits, "fileBytes" | "files"> = defaultLimits,
  ) {
    this.#nextInode = pid * inodesOfOneMaker;
    this.#links = new HardLinks(fs);
    this.#disk = new DiskUsage(fs, limits, (node) => (this.#inodes.has(node) ? this.#links.fileOf(node) : undefined));
    this.mappings = new SharedMappings({
      memory,
      inodeOf: (node) => this.#inodes.get(node),
      write: (node, position, bytes) => {
        const stream: Partial<FsStream> = { node, flags: 1 };
        node.stream_ops.write?.(Object.assign(stream), bytes, 0, bytes.length, position, false);
      },
    });
    this.positions = new SharedPositions(fs, channel, (node) => this.#inodes.has(node));
  }

  /** Fills the replica with the host's files and from then on reports what changes. */
  fill(entries: readonly FileEntry[]): void {
    const byDepth = [...entries].sort((a, b) => depth(a.path) - depth(b.path));
    const folders = new Map<string, FsNode>();
    for (const { content } of entries) this.#disk.add(1, content?.length ?? 0);
    for (const entry of byDepth) {
      const known = this.#nodes.get(entry.inode);
      if (known && entry.path !== undefined && entry.type !== "directory") {
        this.#addName(known, entry.path);
        continue;
      }
      if (!this.#createNew(entry, folders)) this.#create(entry);
      const node = this.#nodes.get(entry.inode);
      if (node && entry.path !== undefined && this.fs.isDir(node.mode)) folders.set(entry.path, node);
      // What this pid made before an exec keeps its numbers.
      if (Math.floor(entry.inode / inodesOfOneMaker) === this.pid)
        this.#nextInode = Math.max(this.#nextInode, entry.inode);
    }
    for (const entry of byDepth) {
      const node = this.#nodes.get(entry.inode);
      if (node) setTimes(node, entry.atime, entry.mtime);
    }
    this.#observe();
  }

  /** Opens an inherited file again at the number, flags and position that the parent had. */
  openInherited({ fd, same, description }: InheritedDescriptor): void {
    if (description.kind !== "file") return;
    const node = this.#nodes.get(description.inode);
    if (!node) return;
    const duplicated = same === undefined ? undefined : this.fs.getStream(same);
    this.fs.createStream(
      duplicated ?? {
        node,
        path: node.name,
        flags: description.flags,
        position: description.position,
        seekable: true,
        stream_ops: node.stream_ops,
      },
      fd,
    );
    this.positions.share(fd, description.position, beforeAll);
  }

  /** The file of that number, if it is here. */
  nodeOf(inode: Inode): FsNode | undefined {
    return this.#nodes.get(inode);
  }

  /** Sets the times of an open file, whatever has become of its path. False if it is none. */
  touch(fd: number, atime: number, mtime: number): boolean {
    const stream = this.fs.getStream(fd);
    if (!stream) return false;
    stream.node.node_ops.setattr(stream.node, { atime, mtime, ctime: Date.now() });
    return true;
  }

  /** Gives a file one more name, a hard link. Both paths are absolute, and were looked at. */
  link(from: string, to: string): void {
    const node = this.#find(from, false);
    if (!node) return;
    this.#addName(node, to);
    this.#report({ kind: "link", from, to, time: Date.now() });
  }

  #addName(node: FsNode, path: string): void {
    const folder = this.#find(path.slice(0, path.lastIndexOf("/")) || "/");
    const inode = this.#inodes.get(node);
    if (!folder || inode === undefined) return;
    this.#inodes.set(this.#links.add(node, folder, path.slice(path.lastIndexOf("/") + 1)), inode);
  }

  /** A number for a file that is about to be created. */
  newInode(): Inode {
    this.#nextInode += 1;
    return this.#nextInode;
  }

  /**
   * Creates a file that must not exist anywhere: 0, or the errno that the kernel answers. `ENOTSUP`: it is not the
   * host's.
   */
  createExclusive(path: string, mode: number, tid: Tid): Promise<number> {
    if (!isOfHost(path)) return Promise.resolve(linuxNumberOf("ENOTSUP"));
    const inode = this.newInode();
    const change: FileChange = { kind: "create", inode, path, type: "file", mode, time: Date.now() };
    // The kernel tells everybody of it before it answers: there it is made here, too.
    this.#pending.push(change);
    this.#exclusive.add(inode);
    return new Promise((resolve) => {
      this.channel.callThen("createExclusive", { path, mode, inode }, tid, (answer) => {
        this.#exclusive.delete(inode);
        if (!answer.ok) this.#pending.splice(this.#pending.indexOf(change), 1);
        resolve(answer.ok ? 0 : linuxNumberOf(answer.errno));
      });
    });
  }

  /** Applies a change that the kernel has ordered. `refused`: it was ours, and did not happen. */
  apply(change: FileChange, author: Pid, refused?: Errno): void {
    if (author === this.pid) {
      this.#pending.shift();
      if (refused !== undefined) this.#quietly(() => this.#revert(change, refused));
      else if (change.kind === "create" && this.#exclusive.has(change.inode))
        this.#quietly(() => this.#attempt(change));
      return;
    }
    this.#quietly(() => {
      // Not a `create`: a file that both created has the other's inode by then, and keeps it.
      const mine = this.#pending.filter((own) => own.kind !== "create" && this.#touchesSame(own, change));
      this.#cutOffAppended(mine);
      this.#attempt(change);
      for (const own of mine) this.#attempt(own);
      // Of what becomes of one path by the hands of two, only the kernel knows the order.
      if (this.#pending.some((own) => meet(own, change))) this.#renew();
    });
  }

  /** Sends the times that were held back. */
  flushTouches(): void {
    if (this.#touchTimer !== undefined) clearTimeout(this.#touchTimer);
    this.#touchTimer = undefined;
    for (const [inode, times] of this.#touched) this.#report({ kind: "attributes", inode, ...times });
    this.#touched.clear();
    this.channel.flush();
  }

  #observe(): void {
    const { mayOpen, rename } = this.fs;
    this.fs.rename = (from, to) => {
      const inode = this.#inodeAt(from);
      // Two names of one file: rename(2) does nothing.
      if (inode === undefined || inode !== this.#inodeAt(to)) rename(from, to);
    };
    this.fs.mayOpen = (node, flags) =>
      // Of a named pipe `posix/posix.py` knows more: Emscripten has none.
      [socketType, fifoType].includes(node.mode & typeMask) ? emscriptenErrno("ENXIO") : mayOpen(node, flags);
    observeMemfs(this.fs, {
      isQuiet: () => this.#applying,
      inodeOf: (node) => this.#inodes.get(node),
      linksOf: (node) => this.#links.namesOf(node).length,
      adopt: (node) => this.#adopt(node),
      report: (change) => this.#report(change),
      touched: (inode, times) => {
        this.#touched.set(inode, times);
        this.#touchTimer ??= setTimeout(() => this.flushTouches(), touchInterval);
      },
      beforeMaking: () => {
        if (!this.#disk.hasRoom(1, 0)) throw new this.fs.ErrnoError(emscriptenErrno("ENOSPC"));
        this.#disk.add(1, 0);
      },
      beforeWrite: (node, growth) => {
        this.#raiseRefusal(node);
        if (this.#applying || growth === 0 || !this.#inodes.has(node) || this.#disk.hasRoom(0, growth)) return;
        throw new this.fs.ErrnoError(emscriptenErrno("ENOSPC"));
      },
      written: (node, growth) => {
        if (this.#inodes.has(node)) this.#disk.add(0, growth);
        this.mappings.changed(node);
      },
      opened: ({ fd, flags }, inode) => this.channel.post({ op: "open", fd, inode, flags }),
      closed: ({ fd }, inode) => {
        this.positions.forget(fd);
        if (inode !== undefined) this.channel.post({ op: "close", fd });
      },
    });
    this.mappings.observe(this.fs.filesystems.MEMFS.ops_table.file.stream);
  }

  #inodeAt(path: string): Inode | undefined {
    const node = this.#find(path, false);
    return node && this.#inodes.get(node);
  }

  #raiseRefusal(name: FsNode): void {
    const node = this.#links.fileOf(name);
    const errno = this.#refused.get(node) ?? (this.#diskFull ? "ENOSPC" : undefined);
    if (errno === undefined || this.#applying) return;
    this.#refused.delete(node);
    this.#diskFull = false;
    throw new this.fs.ErrnoError(emscriptenErrno(errno));
  }

  #report(change: FileChange): void {
    if (this.#applying) return;
    this.#pending.push(change);
    this.channel.post({ op: "file", change });
  }

  #adopt(node: FsNode, inode = this.newInode()): Inode {
    this.#inodes.set(node, inode);
    this.#nodes.set(inode, this.#links.fileOf(node));
    return inode;
  }

  #quietly(work: () => void): void {
    this.#applying = true;
    try {
      work();
    } finally {
      this.#applying = false;
    }
  }

  /**
   * Makes a file or folder where nothing stands, without walking to it from the root: packages are thousands. False: it
   * is something else, or something stands there.
   *
   * @param folders those that are there, by path
   */
  #createNew({ path, type, mode, inode, content }: FileEntry, folders: ReadonlyMap<string, FsNode>): boolean {
    if (path === undefined || (type !== "file" && type !== "directory")) return false;
    const slash = path.lastIndexOf("/");
    const name = path.slice(slash + 1);
    const parent = folders.get(path.slice(0, slash));
    if (!parent || parent.contents instanceof Uint8Array || Object.hasOwn(parent.contents, name)) return false;
    const node = this.fs.filesystems.MEMFS.createNode(
      parent,
      name,
      (type === "file" ? fileType : folderType) | mode,
      0,
    );
    if (content && content.length > 0) {
      node.contents = content;
      node.usedBytes = content.length;
    }
    this.#adopt(node, inode);
    return true;
  }

  #create(entry: FileEntry): void {
    this.#quietly(() => {
      const node = this.#createNode(entry.path, entry.type, entry.mode, entry.inode, entry.target);
      if (entry.content && entry.content.length > 0 && node) {
        node.contents = entry.content;
        node.usedBytes = entry.content.length;
      }
      if (node && entry.path === undefined) this.#orphan(node);
    });
  }

  #createNode(
    path: string | undefined,
    type: FileEntry["type"],
    mode: number,
    inode: Inode,
    target: string | undefined,
  ): FsNode | undefined {
    const where = path ?? `/tmp/.unlinked-${inode}`;
    if (type === "directory") {
      this.fs.mkdirTree(where);
      this.fs.chmod(where, mode);
    } else if (type === "symlink") {
      if (this.fs.analyzePath(where).exists) this.fs.unlink(where);
      this.fs.symlink(target ?? "", where);
    } else {
      const existing = this.#find(where);
      if (existing) {
        // Two processes created it at once: the first one's number counts for both.
        this.#adopt(existing, inode);
        return existing;
      }
      this.fs.mkdirTree(where.slice(0, where.lastIndexOf("/")) || "/");
      const parent = this.#find(where.slice(0, where.lastIndexOf("/")) || "/");
      if (!parent) return undefined;
      this.fs.filesystems.MEMFS.createNode(parent, where.slice(where.lastIndexOf("/") + 1), fileType | mode, 0);
      // Made as a file, whose attributes it has: MEMFS knows no sockets, and no named pipes.
      const made = type === "socket" || type === "fifo" ? this.#find(where) : undefined;
      if (made) made.mode = (type === "fifo" ? fifoType : socketType) | mode;
    }
    const node = this.#find(where, type !== "symlink");
    if (node) this.#adopt(node, inode);
    return node;
  }

  /** Takes a node out of the tree; its open descriptors go on with it. */
  #orphan(node: FsNode): void {
    this.fs.unlink(this.fs.getPath(node));
  }

  #find(path: string, follow = true): FsNode | undefined {
    if (!this.fs.analyzePath(path).exists && follow) return undefined;
    try {
      return this.fs.lookupPath(path, { follow }).node ?? undefined;
    } catch {
      // A part of the path is gone: so is what the change was about.
      return undefined;
    }
  }

  /** What cannot be done here, because something of ours stands in the way, is no reason to end a process. */
  #attempt(change: FileChange): void {
    try {
      this.#perform(change);
    } catch (error) {
      if (!(error instanceof this.fs.ErrnoError)) throw error;
      this.#renew();
    }
  }

  /** Asks the kernel how things stand, and makes the tree so; what we have changed since comes on top. */
  #renew(): void {
    if (this.#renewing) return;
    this.#renewing = true;
    this.channel.callThen("files", {}, this.pid, (answer) => {
      this.#renewing = false;
      if (!answer.ok) return;
      const entries = answer.result.filter(({ path }) => path !== "/");
      this.#quietly(() => {
        this.#tellApart(entries);
        const wanted = new Map(entries.map(({ path, inode }) => [path, inode]));
        this.#removeOthers(this.fs.lookupPath("/").node, "", wanted);
        for (const entry of entries.sort((a, b) => depth(a.path) - depth(b.path))) this.#restore(entry);
        for (const own of this.#pending) this.#attempt(own);
      });
    });
  }

  /**
   * What two processes created at once is one file here, and may have turned out to be two. Ours stays what we have
   * open.
   */
  #tellApart(entries: readonly FileEntry[]): void {
    const isOwn = (inode: Inode) => Math.floor(inode / inodesOfOneMaker) === this.pid;
    const taken = new Set<FsNode>();
    const inodes = [...new Set(entries.map(({ inode }) => inode))];
    for (const inode of inodes.sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)))) {
      const node = this.#nodes.get(inode);
      if (!node) continue;
      if (taken.has(node)) this.#nodes.delete(inode);
      else this.#inodes.set(node, inode);
      taken.add(node);
    }
  }

  /** Takes out of the tree what stands where it should not. What is open goes on, and can be put back. */
  #removeOthers(folder: FsNode | null, path: string, wanted: ReadonlyMap<string | undefined, Inode>): void {
    for (const [name, node] of Object.entries(folder?.contents ?? {})) {
      const where = `${path}/${name}`;
      // Of these the host has but a part.
      if ((!isOfHost(where) && where !== "/usr" && where !== "/dev") || !this.#inodes.has(node)) continue;
      const isFolder = this.fs.isDir(node.mode);
      if (isFolder) this.#removeOthers(node, where, wanted);
      if (this.#nodes.get(wanted.get(where) ?? 0) === this.#links.fileOf(node)) continue;
      if (isFolder) this.fs.rmdir(where);
      else this.fs.unlink(where);
    }
  }

  /** Puts a file where the kernel says that it stands, with what it holds. */
  #restore(entry: FileEntry): void {
    const { path, type, mode, inode, target, content, atime, mtime } = entry;
    const known = this.#nodes.get(inode);
    if (path !== undefined && this.#find(path, false) === undefined) {
      if (known && this.#links.namesOf(known).length > 0) this.#addName(known, path);
      else if (known) this.#putBack(known, path);
      else this.#createNode(path, type, mode, inode, target);
    }
    const node = this.#nodes.get(inode);
    if (!node) return;
    if (content) {
      node.contents = content;
      node.usedBytes = content.length;
    }
    node.mode = (node.mode & ~0o7777) | mode;
    setTimes(node, atime, mtime);
  }

  /** A node that was taken out of the tree stands in it again. */
  #putBack(node: FsNode, path: string): void {
    const parent = this.#find(path.slice(0, path.lastIndexOf("/")) || "/");
    if (!parent || parent.contents instanceof Uint8Array) return;
    node.parent = parent;
    node.name = path.slice(path.lastIndexOf("/") + 1);
    parent.contents[node.name] = node;
    this.fs.hashAddNode(node);
  }

  #perform(change: FileChange): void {
    if (change.kind === "create") {
      const node = this.#createNode(change.path, change.type, change.mode, change.inode, undefined);
      if (node) setTimes(node, change.time, change.time);
    } else if (change.kind === "symlink") {
      this.#createNode(change.path, "symlink", 0o777, change.inode, change.target);
    } else if (change.kind === "rename") {
      if (this.#find(change.from, false)) this.fs.rename(change.from, change.to);
    } else if (change.kind === "link") {
      const node = this.#find(change.from, false);
      if (node && !this.#find(change.to, false)) this.#addName(node, change.to);
    } else if (change.kind === "unlink") {
      const node = this.#find(change.path, false);
      if (node && this.fs.isDir(node.mode)) this.fs.rmdir(change.path);
      else if (node) this.fs.unlink(change.path);
    } else {
      this.#performOnContent(change);
    }
  }

  /**
   * Undoes what was made here and did not happen. What somebody else made or removed first has been applied already: a
   * file that both created has the other's inode by now.
   */
  #revert(change: FileChange, errno: Errno): void {
    if (change.kind === "create" || change.kind === "symlink") {
      const node = this.#find(change.path, false);
      if (node && this.#inodes.get(node) === change.inode)
        this.#perform({ kind: "unlink", path: change.path, time: change.time });
    } else if (change.kind === "rename" || change.kind === "link" || change.kind === "unlink") {
      // What it moved or removed has become something else meanwhile.
      this.#renew();
    } else if (change.kind === "write") {
      const node = this.#nodes.get(change.inode);
      if (!node) return;
      this.#refused.set(node, errno);
      this.#diskFull ||= errno === "ENOSPC";
      const from = change.position === "end" ? node.usedBytes - change.bytes.length : change.position;
      if (from >= 0 && from + change.bytes.length === node.usedBytes) node.node_ops.setattr(node, { size: from });
    }
  }

  /**
   * What we have appended and the kernel has not ordered yet stands at a file's end, and comes after what it has
   * ordered.
   */
  #cutOffAppended(changes: readonly FileChange[]): void {
    for (const change of changes) {
      const node = change.kind === "write" && change.position === "end" ? this.#nodes.get(change.inode) : undefined;
      if (node && change.kind === "write") {
        node.node_ops.setattr(node, { size: Math.max(0, node.usedBytes - change.bytes.length) });
      }
    }
  }

  /** Two inodes may stand for the same file, when two processes created it at once. */
  #touchesSame(a: FileChange, b: FileChange): boolean {
    if (!("inode" in a && "inode" in b)) return false;
    const node = this.#nodes.get(a.inode);
    return node !== undefined && node === this.#nodes.get(b.inode);
  }

  #performOnContent(change: Extract<FileChange, { kind: "write" | "truncate" | "attributes" }>): void {
    const node = this.#nodes.get(change.inode);
    if (!node) return;
    if (change.kind === "write") {
      const position = change.position === "end" ? node.usedBytes : change.position;
      const stream: Partial<FsStream> = { node, flags: 1 };
      node.stream_ops.write?.(Object.assign(stream), change.bytes, 0, change.bytes.length, position, false);
      setTimes(node, node.atime, change.time);
    } else if (change.kind === "truncate") {
      node.node_ops.setattr(node, { size: change.size });
      setTimes(node, node.atime, change.time);
    } else {
      if (change.mode !== undefined) node.mode = (node.mode & ~0o7777) | change.mode;
      setTimes(node, change.atime ?? node.atime, change.mtime ?? node.mtime);
    }
  }
}

/** Two changes of the tree concern the same path, or one what lies below the other's. */
function meet(one: FileChange, other: FileChange): boolean {
  return pathsOf(one).some((path) =>
    pathsOf(other).some((its) => path === its || path.startsWith(`${its}/`) || its.startsWith(`${path}/`)),
  );
}

function pathsOf(change: FileChange): string[] {
  if (change.kind === "rename" || change.kind === "link") return [change.from, change.to];
  return "path" in change ? [change.path] : [];
}

function setTimes(node: FsNode, atime: number, mtime: number): void {
  node.atime = atime;
  node.mtime = mtime;
  node.ctime = mtime;
}

function depth(path: string | undefined): number {
  return path === undefined ? Number.MAX_SAFE_INTEGER : path.split("/").length;
}
