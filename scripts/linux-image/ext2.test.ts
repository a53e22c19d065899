import { describe, expect, it } from "vitest";
import { ext2Image } from "./ext2.ts";
import { RootTree } from "./file-tree.ts";

const options = { uuid: new Uint8Array(16).fill(7), time: 1_767_225_600 };

/** Reads a file system as the kernel does: from the superblock down. */
class Ext2Reader {
  readonly #bytes: Buffer;
  readonly #inodesPerGroup: number;
  readonly #inodeSize: number;

  constructor(image: Uint8Array) {
    this.#bytes = Buffer.from(image);
    expect(this.#bytes.readUInt16LE(1024 + 56)).toBe(0xef53);
    expect(1024 << this.#bytes.readUInt32LE(1024 + 24)).toBe(4096);
    expect(this.#bytes.readUInt32LE(1024 + 4) * 4096).toBe(image.length);
    this.#inodesPerGroup = this.#bytes.readUInt32LE(1024 + 40);
    this.#inodeSize = this.#bytes.readUInt16LE(1024 + 88);
  }

  inode(number: number): Buffer {
    const group = Math.floor((number - 1) / this.#inodesPerGroup);
    const table = this.#bytes.readUInt32LE(4096 + group * 32 + 8);
    const at = table * 4096 + ((number - 1) % this.#inodesPerGroup) * this.#inodeSize;
    return this.#bytes.subarray(at, at + this.#inodeSize);
  }

  content(inode: Buffer): Buffer {
    const blocks: number[] = [];
    for (let index = 0; index < 12; index++) blocks.push(inode.readUInt32LE(40 + index * 4));
    const indirect = (block: number, depth: number): void => {
      if (block === 0) return;
      for (let index = 0; index < 1024; index++) {
        const pointed = this.#bytes.readUInt32LE(block * 4096 + index * 4);
        if (depth === 1) blocks.push(pointed);
        else indirect(pointed, depth - 1);
      }
    };
    indirect(inode.readUInt32LE(40 + 12 * 4), 1);
    indirect(inode.readUInt32LE(40 + 13 * 4), 2);
    const size = inode.readUInt32LE(4);
    const needed = blocks.slice(0, Math.ceil(size / 4096));
    return Buffer.concat(needed.map((block) => this.#bytes.subarray(block * 4096, (block + 1) * 4096))).subarray(
      0,
      size,
    );
  }

  folder(inode: Buffer): ReadonlyMap<string, number> {
    const bytes = this.content(inode);
    const names = new Map<string, number>();
    for (let at = 0; at < bytes.length; at += bytes.readUInt16LE(at + 4)) {
      const number = bytes.readUInt32LE(at);
      if (number !== 0) names.set(bytes.toString("utf8", at + 8, at + 8 + bytes.readUInt8(at + 6)), number);
    }
    return names;
  }

  find(path: string): number {
    return path.split("/").reduce((folder, name) => this.folder(this.inode(folder)).get(name) ?? 0, 2);
  }
}

function patterned(size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, index) => (index * 31 + (index >> 12)) & 0xff);
}

describe("an ext2 file system", () => {
  it.each([0, 1, 4096, 12 * 4096, 12 * 4096 + 1, 1036 * 4096, 1036 * 4096 + 1, 6_000_000])(
    "gives back a file of %d bytes",
    (size) => {
      const tree = new RootTree();
      tree.write("folder/file", patterned(size));
      const reader = new Ext2Reader(ext2Image(tree, options));
      expect(reader.content(reader.inode(reader.find("folder/file"))).equals(patterned(size))).toBe(true);
    },
  );

  it("has rights, owners, times and links as the tree has them", () => {
    const tree = new RootTree();
    tree.set("su", { kind: "file", mode: 0o4755, uid: 0, gid: 42, bytes: patterned(3) });
    tree.link("short", "su");
    tree.link("long", "x".repeat(200));
    tree.set("console", { kind: "character-device", mode: 0o600, uid: 0, gid: 0, major: 5, minor: 1 });
    const reader = new Ext2Reader(ext2Image(tree, options));
    const su = reader.inode(reader.find("su"));
    expect([su.readUInt16LE(0), su.readUInt16LE(24), su.readUInt32LE(16)]).toEqual([0o104755, 42, options.time]);
    expect(reader.inode(reader.find("short")).toString("utf8", 40, 42)).toBe("su");
    expect(reader.content(reader.inode(reader.find("long"))).toString()).toBe("x".repeat(200));
    expect(reader.inode(reader.find("console")).readUInt32LE(40)).toBe(0x501);
  });

  it("counts the names that lead to a file or a folder", () => {
    const tree = new RootTree();
    tree.write("a", "one file");
    const entry = tree.get("a");
    if (entry) tree.set("b", entry);
    tree.set("folder/below", { kind: "folder", mode: 0o755, uid: 0, gid: 0 });
    const reader = new Ext2Reader(ext2Image(tree, options));
    expect(reader.find("a")).toBe(reader.find("b"));
    expect(reader.inode(reader.find("a")).readUInt16LE(26)).toBe(2);
    expect(reader.inode(reader.find("folder")).readUInt16LE(26)).toBe(3);
    expect(reader.folder(reader.inode(reader.find("folder"))).get("..")).toBe(2);
  });

  it("holds folders of many names, over several groups of blocks", () => {
    const tree = new RootTree();
    for (let index = 0; index < 2000; index++) tree.write(`many/file-${index}`, `${index}`);
    tree.write("large", new Uint8Array(150 << 20));
    const reader = new Ext2Reader(ext2Image(tree, options));
    expect(reader.folder(reader.inode(reader.find("many"))).size).toBe(2002);
    expect(reader.content(reader.inode(reader.find("many/file-1999"))).toString()).toBe("1999");
  });

  it("is the same for the same tree, in whatever order it was made", () => {
    const one = new RootTree();
    const other = new RootTree();
    for (const name of ["a", "b", "c/d"]) one.write(name, name);
    for (const name of ["c/d", "b", "a"]) other.write(name, name);
    expect(ext2Image(one, options)).toEqual(ext2Image(other, options));
  });
});
