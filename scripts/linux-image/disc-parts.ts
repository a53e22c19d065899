import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type ImageFile, partSize } from "../../src/machine/linux/disc-format.ts";

/** Writes the disc's parts beside it, each compressed and named by its hash; what a manifest says of them. */
export function splitDisc(disc: string, folder: string): { size: number; parts: readonly ImageFile[] } {
  const bytes = readFileSync(disc);
  const parts: ImageFile[] = [];
  for (let at = 0; at < bytes.length; at += partSize) {
    const packed = gzipSync(bytes.subarray(at, at + partSize), { level: 9 });
    const file = `disc.${createHash("sha256").update(packed).digest("hex").slice(0, 12)}.bin`;
    writeFileSync(join(folder, file), packed);
    parts.push({ file, size: packed.length });
  }
  return { size: bytes.length, parts };
}
