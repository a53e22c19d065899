import { readFileSync } from "node:fs";
import type { DebianArchive } from "./debian-archive.ts";
import type { Paragraph } from "./debian-control.ts";
import { ImageError } from "./image-error.ts";

/** Each package of the machine's Debian: version, size, hash, and where it lies. */
export const lockFile = "linux/packages.lock";

/** One of them. */
export interface LockedPackage extends DebianArchive {
  readonly name: string;
}

/** What the lock file says of these packages. */
export function writtenLock(packages: readonly Paragraph[]): string {
  const lines = packages.map((fields) => {
    const field = (name: string) => fields.get(name) ?? "";
    return `${field("Package")} ${field("Version")} ${field("Size")} ${field("SHA256")} ${field("Filename")}`;
  });
  return `${lines.join("\n")}\n`;
}

/** Throws `ImageError` where a line is not as `writtenLock` writes it. */
export function readLock(text = readFileSync(lockFile, "utf8")): readonly LockedPackage[] {
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  return lines.map((line) => {
    const [name = "", version = "", size = "", sha256 = "", path = ""] = line.split(" ");
    if (!/^[0-9a-f]{64}$/.test(sha256) || !path.startsWith("pool/")) {
      throw new ImageError(`${lockFile}: "${line}" names no package with its hash. Write it anew: npm run linux:lock`);
    }
    return { name, version, size: Number(size), sha256, path: `debian/${path}` };
  });
}
