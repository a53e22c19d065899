/**
 * Writes a file tree as an ext2 file system that nothing will be added to. Laid out as the kernel documents it
 * (Documentation/filesystems/ext2, and the layout that e2fsprogs checks): blocks of 4096 bytes, revision 1, file types
 * in folders, few copies of the superblock.
 */
import type { RootTree, TreeEntry } from "./file-tree.ts";

const blockSize = 4096;
const blocksPerGroup = blockSize * 8;
const inodeSize = 128;
const inodesPerBlock = blockSize / inodeSize;
const firstInode = 11;
const rootInode = 2;
const pointersPerBlock = blockSize / 4;
const directPointers = 12;
/** A link of fewer bytes lies where a file has its block numbers. */
const shortLink = 60;
const descriptorSize = 32;

const formats = { file: 0x8000, folder: 0x4000, link: 0xa000, "character-device": 0x2000 } as const;
const folderTypes = { file: 1, folder: 2, "character-device": 3, link: 7 } as const;

/** What does not come from the tree. */
export interface Ext2Options {
  /** Sixteen bytes. */
  readonly uuid: Uint8Array;
  /** Of everything in it. Seconds since 1970. */
  readonly time: number;
}

/** An inode on its way to the disc. */
interface Node {
  readonly number: number;
  readonly entry: TreeEntry;
  links: number;
  /** What its blocks hold. */
  content: Uint8Array;
}

/** Gives the file system's bytes, a whole number of blocks. Throws where a path's name is too long, or a file is. */
export function ext2Image(tree: RootTree, options: Ext2Options): Uint8Array {
  const nodes = numberNodes(tree);
  const dataBlocks = nodes.reduce((sum, { content }) => sum + blocksFor(content.length), 0);
  const layout = planLayout(dataBlocks, Math.max(...nodes.map(({ number }) => number)));
  return new Ext2Writer(layout, nodes, options).write();
}

/** Every file once, however many paths lead to it; folders with their content, in the order of paths. */
function numberNodes(tree: RootTree): readonly Node[] {
  const nodes: Node[] = [];
  const byEntry = new Map<TreeEntry, Node>();
  const byPath = new Map<string, Node>();
  let next = firstInode;
  for (const path of tree.paths()) {
    const entry = tree.get(path);
    if (!entry) continue;
    const shared = entry.kind === "file" ? byEntry.get(entry) : undefined;
    const node = shared ?? { number: path === "" ? rootInode : next++, entry, links: 0, content: contentOf(entry) };
    node.links++;
    if (!shared) nodes.push(node);
    byEntry.set(entry, node);
    byPath.set(path, node);
  }
  fillFolders(byPath);
  return nodes;
}

function contentOf(entry: TreeEntry): Uint8Array {
  if (entry.kind === "file") return entry.bytes;
  const target = entry.kind === "link" ? new TextEncoder().encode(entry.target) : new Uint8Array();
  return target.length < shortLink ? new Uint8Array() : target;
}

function fillFolders(byPath: ReadonlyMap<string, Node>): void {
  const folders = new Map<string, [string, Node][]>();
  for (const [path, node] of byPath) {
    if (node.entry.kind === "folder") folders.set(path, []);
    if (path === "") continue;
    const slash = path.lastIndexOf("/");
    folders.get(path.slice(0, Math.max(0, slash)))?.push([path.slice(slash + 1), node]);
  }
  for (const [path, children] of folders) {
    const node = byPath.get(path);
    const parent = byPath.get(path.slice(0, Math.max(0, path.lastIndexOf("/"))));
    if (!node || !parent) throw new Error(`the folder above /${path} is missing`);
    node.content = folderBytes([[".", node], ["..", parent], ...children]);
    // Beside its own name: "." and each ".." below.
    node.links += 1 + children.filter(([, { entry }]) => entry.kind === "folder").length;
  }
}

/** The entries of a folder; none reaches over the end of a block. */
function folderBytes(children: readonly (readonly [string, Node])[]): Uint8Array {
  const blocks: Uint8Array[] = [];
  let block = new Uint8Array(blockSize);
  let at = 0;
  let last = 0;
  const endBlock = () => {
    new DataView(block.buffer).setUint16(last + 4, blockSize - last, true);
    blocks.push(block);
    block = new Uint8Array(blockSize);
    at = 0;
  };
  for (const [name, node] of children) {
    const bytes = new TextEncoder().encode(name);
    if (bytes.length > 255) throw new Error(`a name of ${bytes.length} bytes is too long: ${name}`);
    const length = (8 + bytes.length + 3) & ~3;
    if (at + length > blockSize) endBlock();
    const view = new DataView(block.buffer, at);
    view.setUint32(0, node.number, true);
    view.setUint16(4, length, true);
    view.setUint8(6, bytes.length);
    view.setUint8(7, folderTypes[node.entry.kind]);
    block.set(bytes, at + 8);
    last = at;
    at += length;
  }
  endBlock();
  return Buffer.concat(blocks);
}

/** Blocks of a content, with those that hold block numbers. */
function blocksFor(size: number): number {
  const blocks = Math.ceil(size / blockSize);
  if (blocks <= directPointers) return blocks;
  const beyond = blocks - directPointers;
  if (beyond <= pointersPerBlock) return blocks + 1;
  const second = beyond - pointersPerBlock;
  if (second > pointersPerBlock * pointersPerBlock) throw new Error(`a file of ${size} bytes is too large`);
  return blocks + 2 + Math.ceil(second / pointersPerBlock);
}

/** Where a group keeps what. Block numbers. */
interface Group {
  readonly first: number;
  readonly end: number;
  readonly hasSuperblock: boolean;
  readonly blockBitmap: number;
  readonly inodeBitmap: number;
  readonly inodeTable: number;
  readonly firstData: number;
}

interface Layout {
  readonly groups: readonly Group[];
  readonly blocks: number;
  readonly inodesPerGroup: number;
  readonly descriptorBlocks: number;
}

function planLayout(dataBlocks: number, highestInode: number): Layout {
  for (let count = 1; ; count++) {
    const perGroup = Math.ceil(highestInode / count / inodesPerBlock) * inodesPerBlock;
    const descriptorBlocks = Math.ceil((count * descriptorSize) / blockSize);
    const own = (index: number) => (keepsSuperblock(index) ? 1 + descriptorBlocks : 0) + 2 + perGroup / inodesPerBlock;
    const overhead = Array.from({ length: count }, (_, index) => own(index)).reduce((sum, each) => sum + each, 0);
    const blocks = dataBlocks + overhead;
    if (blocks > count * blocksPerGroup) continue;
    // The last group must hold at least what is its own.
    const total = Math.max(blocks, (count - 1) * blocksPerGroup + own(count - 1) + 1);
    const groups = Array.from({ length: count }, (_, index): Group => {
      const first = index * blocksPerGroup;
      const bitmaps = first + (keepsSuperblock(index) ? 1 + descriptorBlocks : 0);
      return {
        first,
        end: Math.min(total, first + blocksPerGroup),
        hasSuperblock: keepsSuperblock(index),
        blockBitmap: bitmaps,
        inodeBitmap: bitmaps + 1,
        inodeTable: bitmaps + 2,
        firstData: first + own(index),
      };
    });
    return { groups, blocks: total, inodesPerGroup: perGroup, descriptorBlocks };
  }
}

/** With `sparse_super`, groups 0 and 1 and those whose number is a power of 3, 5 or 7. */
function keepsSuperblock(group: number): boolean {
  const isPower = (base: number) => base ** Math.round(Math.log(group) / Math.log(base)) === group;
  return group <= 1 || [3, 5, 7].some(isPower);
}

class Ext2Writer {
  readonly #bytes: Buffer;
  readonly #used: Uint8Array;
  readonly #free: Generator<number, void>;
  readonly #layout: Layout;
  readonly #nodes: readonly Node[];
  readonly #options: Ext2Options;

  constructor(layout: Layout, nodes: readonly Node[], options: Ext2Options) {
    this.#layout = layout;
    this.#nodes = nodes;
    this.#options = options;
    this.#bytes = Buffer.alloc(layout.blocks * blockSize);
    this.#used = new Uint8Array(layout.blocks);
    for (const { first, firstData } of layout.groups) this.#used.fill(1, first, firstData);
    this.#free = freeBlocks(layout);
  }

  write(): Uint8Array {
    // Folders first and together: a page that looks for a file reads few parts of the disc.
    const inOrder = [...this.#nodes].sort(
      (a, b) => Number(b.entry.kind === "folder") - Number(a.entry.kind === "folder"),
    );
    for (const node of inOrder) this.#writeNode(node);
    this.#writeBitmaps();
    for (const [index, { hasSuperblock, first }] of this.#layout.groups.entries()) {
      if (hasSuperblock) this.#writeSuperblock(index, first);
    }
    return this.#bytes;
  }

  #take(): number {
    const { value } = this.#free.next();
    if (value === undefined) throw new Error("the disc is full");
    this.#used[value] = 1;
    return value;
  }

  #writeNode({ number, entry, links, content }: Node): void {
    const at = this.#inodeOffset(number);
    const bytes = this.#bytes;
    const size = entry.kind === "link" ? Buffer.byteLength(entry.target) : content.length;
    bytes.writeUInt16LE(formats[entry.kind] | entry.mode, at);
    bytes.writeUInt16LE(entry.uid, at + 2);
    bytes.writeUInt32LE(size, at + 4);
    for (const time of [8, 12, 16]) bytes.writeUInt32LE(this.#options.time, at + time);
    bytes.writeUInt16LE(entry.gid, at + 24);
    bytes.writeUInt16LE(links, at + 26);
    bytes.writeUInt32LE((blocksFor(content.length) * blockSize) / 512, at + 28);
    if (entry.kind === "character-device") bytes.writeUInt32LE((entry.major << 8) | entry.minor, at + 40);
    else if (entry.kind === "link" && content.length === 0) bytes.write(entry.target, at + 40);
    else this.#writeContent(content, at + 40);
  }

  /** The content's blocks, and their numbers at `pointers`. */
  #writeContent(content: Uint8Array, pointers: number): void {
    const count = Math.ceil(content.length / blockSize);
    let written = 0;
    const putBlock = () => {
      const block = this.#take();
      this.#bytes.set(content.subarray(written * blockSize, (written + 1) * blockSize), block * blockSize);
      written++;
      return block;
    };
    const putIndirect = (depth: number): number => {
      const block = this.#take();
      for (let index = 0; index < pointersPerBlock && written < count; index++) {
        const pointed = depth === 1 ? putBlock() : putIndirect(depth - 1);
        this.#bytes.writeUInt32LE(pointed, block * blockSize + index * 4);
      }
      return block;
    };
    for (let index = 0; index < directPointers && written < count; index++) {
      this.#bytes.writeUInt32LE(putBlock(), pointers + index * 4);
    }
    for (const depth of [1, 2]) {
      if (written < count) this.#bytes.writeUInt32LE(putIndirect(depth), pointers + (directPointers + depth - 1) * 4);
    }
  }

  #inodeOffset(number: number): number {
    const index = number - 1;
    const group = this.#layout.groups[Math.floor(index / this.#layout.inodesPerGroup)];
    if (!group) throw new Error(`there is no inode ${number}`);
    return group.inodeTable * blockSize + (index % this.#layout.inodesPerGroup) * inodeSize;
  }

  #isUsedInode(number: number): boolean {
    return number < firstInode || number <= this.#highestInode;
  }

  get #highestInode(): number {
    return firstInode + this.#nodes.length - 2;
  }

  #writeBitmaps(): void {
    const { inodesPerGroup } = this.#layout;
    for (const [index, group] of this.#layout.groups.entries()) {
      for (let bit = 0; bit < blocksPerGroup; bit++) {
        // What lies beyond the end counts as used.
        const block = group.first + bit;
        if (block >= group.end || this.#used[block]) this.#setBit(group.blockBitmap, bit);
        if (bit >= inodesPerGroup || this.#isUsedInode(index * inodesPerGroup + bit + 1)) {
          this.#setBit(group.inodeBitmap, bit);
        }
      }
    }
  }

  #setBit(block: number, bit: number): void {
    const at = block * blockSize + (bit >> 3);
    this.#bytes[at] = (this.#bytes[at] ?? 0) | (1 << (bit & 7));
  }

  #freeBlocksOf({ first, end }: Group): number {
    return this.#used.subarray(first, end).reduce((sum, used) => sum + (used === 0 ? 1 : 0), 0);
  }

  #freeInodesOf(index: number): number {
    const { inodesPerGroup } = this.#layout;
    const used = Math.min(inodesPerGroup, Math.max(0, this.#highestInode - index * inodesPerGroup));
    return inodesPerGroup - used;
  }

  #foldersOf(index: number): number {
    const { inodesPerGroup } = this.#layout;
    const isIn = (number: number) => Math.floor((number - 1) / inodesPerGroup) === index;
    return this.#nodes.filter(({ number, entry }) => entry.kind === "folder" && isIn(number)).length;
  }

  #writeSuperblock(index: number, first: number): void {
    const layout = this.#layout;
    const bytes = this.#bytes;
    // The first 1024 bytes of the disc are a boot sector's.
    const at = first * blockSize + (index === 0 ? 1024 : 0);
    const word = (offset: number, value: number) => bytes.writeUInt32LE(value, at + offset);
    const half = (offset: number, value: number) => bytes.writeUInt16LE(value, at + offset);
    word(0, layout.groups.length * layout.inodesPerGroup);
    word(4, layout.blocks);
    word(
      12,
      layout.groups.reduce((sum, group) => sum + this.#freeBlocksOf(group), 0),
    );
    word(
      16,
      layout.groups.reduce((sum, _, group) => sum + this.#freeInodesOf(group), 0),
    );
    word(24, 2); // the block size: 1024 << 2
    word(28, 2); // the same for fragments
    word(32, blocksPerGroup);
    word(36, blocksPerGroup);
    word(40, layout.inodesPerGroup);
    word(48, this.#options.time);
    half(54, 0xffff); // never to be checked for having been mounted often
    half(56, 0xef53); // the magic number
    half(58, 1); // clean
    half(60, 1); // go on after errors
    word(64, this.#options.time);
    word(76, 1); // revision 1
    word(84, firstInode);
    half(88, inodeSize);
    half(90, index);
    word(96, 0x2); // incompatible feature: file types in folders
    word(100, 0x1); // feature: few copies of the superblock
    bytes.set(this.#options.uuid, at + 104);
    for (const [number, group] of layout.groups.entries()) {
      const descriptor = (first + 1) * blockSize + number * descriptorSize;
      bytes.writeUInt32LE(group.blockBitmap, descriptor);
      bytes.writeUInt32LE(group.inodeBitmap, descriptor + 4);
      bytes.writeUInt32LE(group.inodeTable, descriptor + 8);
      bytes.writeUInt16LE(this.#freeBlocksOf(group), descriptor + 12);
      bytes.writeUInt16LE(this.#freeInodesOf(number), descriptor + 14);
      bytes.writeUInt16LE(this.#foldersOf(number), descriptor + 16);
    }
  }
}

/** Blocks that hold content, in order. */
function* freeBlocks({ groups }: Layout): Generator<number, void> {
  for (const { firstData, end } of groups) for (let block = firstData; block < end; block++) yield block;
}
