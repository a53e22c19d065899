import type { FsNode, FsStream, StreamOperations } from "../pyodide-internals.ts";

/** Of mmap(2). */
const mapPrivate = 2;
const protWrite = 2;

/** A file's part that a program has as memory, together with others. */
interface Mapping {
  readonly node: FsNode;
  /** The number that the mapping keeps for the file: closed, it is over. */
  readonly fd: number;
  readonly address: number;
  readonly length: number;
  /** Where in the file it begins. */
  readonly position: number;
  /** What the file held when memory and file were last alike. */
  readonly known: Uint8Array;
}

/** A mapping as a forked child finds it again. `file`: the inode's number. */
export interface InheritedMapping {
  readonly file: number;
  readonly fd: number;
  readonly address: number;
  readonly length: number;
  readonly position: number;
}

/** What mappings stand on. */
export interface MappingParts {
  /** The interpreter's memory as it is now. */
  memory(): Uint8Array;
  /** Undefined for what is none of the host's files. */
  inodeOf(node: FsNode): number | undefined;
  /** Writes into the file, as the program would. */
  write(node: FsNode, position: number, bytes: Uint8Array): void;
}

/**
 * `mmap` with MAP_SHARED. Workers have no memory in common, so what a program writes into such memory goes into the
 * file before the process next speaks to the kernel, and what others have written there comes into the memory when the
 * kernel tells of it. Whoever takes turns by a lock, a pipe or a signal, all of which are the kernel's, sees what was
 * written before.
 */
export class SharedMappings {
  readonly #mappings = new Set<Mapping>();
  /**
   * What `mmap` of Python has duplicated last: it does so just before it maps a file, and keeps the duplicate with the
   * mapping. SQLite keeps the number that it maps.
   */
  #duplicated: FsStream | undefined;

  constructor(private readonly parts: MappingParts) {}

  /** Takes the place of the operations of MEMFS's files. */
  observe(operations: StreamOperations): void {
    const { mmap, dup, close } = operations;
    operations.dup = (stream) => {
      this.#duplicated = stream;
      dup?.(stream);
    };
    operations.close = (stream) => {
      for (const mapping of this.#mappings) {
        if (mapping.fd !== stream.fd || mapping.node !== stream.node) continue;
        this.#publish(mapping);
        this.#mappings.delete(mapping);
      }
      close?.(stream);
    };
    operations.mmap = (stream, length, position, prot, flags) => {
      // What this process has written into another mapping of the file is in this one from the start.
      this.publish();
      const made = mmap?.(stream, length, position, prot, flags) ?? { ptr: 0, allocated: false };
      const kept = this.#duplicated?.node === stream.node ? this.#duplicated : stream;
      this.#duplicated = undefined;
      const isShared = (flags & mapPrivate) === 0 && (prot & protWrite) !== 0;
      if (isShared && made.allocated && this.parts.inodeOf(stream.node) !== undefined) {
        this.#add(stream.node, kept.fd, made.ptr, length, position);
      }
      return made;
    };
    // Emscripten's own would write all of the memory, over what others have written meanwhile.
    operations.msync = () => {
      this.publish();
      return 0;
    };
  }

  /** What was written into memory since it was last alike goes into the file. */
  publish(): void {
    for (const mapping of this.#mappings) this.#publish(mapping);
  }

  /** A file has changed: what is new in it comes into memory. */
  changed(node: FsNode): void {
    const inode = this.parts.inodeOf(node);
    for (const mapping of this.#mappings) if (this.parts.inodeOf(mapping.node) === inode) this.#take(mapping);
  }

  /** For a forked child. */
  all(): InheritedMapping[] {
    return Array.from(this.#mappings, ({ node, fd, address, length, position }) => {
      return { file: this.parts.inodeOf(node) ?? 0, fd, address, length, position };
    });
  }

  /** In a forked child: the memory is the parent's, the files may hold more already. */
  inherit(mappings: readonly InheritedMapping[], nodeOf: (inode: number) => FsNode | undefined): void {
    for (const { file, fd, address, length, position } of mappings) {
      const node = nodeOf(file);
      if (node === undefined) continue;
      this.parts.memory().set(partOf(node, position, length), address);
      this.#add(node, fd, address, length, position);
    }
  }

  #add(node: FsNode, fd: number, address: number, length: number, position: number): void {
    const known = this.parts.memory().slice(address, address + length);
    this.#mappings.add({ node, fd, address, length, position, known });
  }

  #publish(mapping: Mapping): void {
    const { node, address, length, position, known } = mapping;
    let isNew = false;
    const memory = this.parts.memory();
    const end = Math.min(length, Math.max(0, node.usedBytes - position));
    for (let at = 0; at < end; at += 1) {
      if (memory[address + at] === known[at]) continue;
      const from = at;
      while (at < end && memory[address + at] !== known[at]) at += 1;
      const bytes = memory.slice(address + from, address + at);
      known.set(bytes, from);
      this.parts.write(node, position + from, bytes);
      isNew = true;
    }
    if (isNew) this.#tell(mapping);
  }

  /** What a process has written into one mapping of a file comes into its others of that file. */
  #tell(written: Mapping): void {
    const inode = this.parts.inodeOf(written.node);
    for (const mapping of this.#mappings) {
      if (mapping !== written && this.parts.inodeOf(mapping.node) === inode) this.#take(mapping);
    }
  }

  /** Byte by byte: what was written here and is not published yet stays. */
  #take({ node, address, length, position, known }: Mapping): void {
    const memory = this.parts.memory();
    const held = partOf(node, position, length);
    for (let at = 0; at < held.length; at += 1) {
      const byte = held[at] ?? 0;
      if (byte === known[at]) continue;
      known[at] = byte;
      memory[address + at] = byte;
    }
  }
}

function partOf({ contents, usedBytes }: FsNode, position: number, length: number): Uint8Array {
  if (!(contents instanceof Uint8Array)) return new Uint8Array();
  return contents.subarray(position, Math.min(usedBytes, position + length));
}
