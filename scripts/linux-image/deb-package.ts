/** Debian's package files: an `ar` archive of two `tar` archives (deb(5)). */
import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { type ParsedTarEntryWithData, unpackTar } from "modern-tar";
import xz from "xz-decompress";
import { ImageError } from "./image-error.ts";

/** What a package file holds. */
export interface DebPackage {
  /** `control`, maintainer scripts and lists. */
  readonly control: readonly ParsedTarEntryWithData[];
  /** The files that it installs. */
  readonly data: readonly ParsedTarEntryWithData[];
}

const arMagic = "!<arch>\n";
const headerLength = 60;

/** Members of an `ar` archive by name. Throws `ImageError` where it is none, or is cut short. */
export function arMembers(archive: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const text = (from: number, to: number) => new TextDecoder("latin1").decode(archive.subarray(from, to));
  if (text(0, arMagic.length) !== arMagic) throw new ImageError("this is no Debian package: it is no ar archive.");
  const members = new Map<string, Uint8Array>();
  for (let at = arMagic.length; at + headerLength <= archive.length; ) {
    const name = text(at, at + 16)
      .trim()
      .replace(/\/$/, "");
    const size = Number(text(at + 48, at + 58));
    const start = at + headerLength;
    if (!Number.isInteger(size) || start + size > archive.length) {
      throw new ImageError(`the Debian package is cut short: ${name} is not all there.`);
    }
    members.set(name, archive.subarray(start, start + size));
    at = start + size + (size % 2);
  }
  return members;
}

/** Resolves with what `xz -d` gives. Rejects where it is damaged. */
export async function unpackXz(packed: Uint8Array): Promise<Uint8Array> {
  const stream = new xz.XzReadableStream(new Blob([Uint8Array.from(packed)]).stream());
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Rejects with `ImageError` where it is no package, or is damaged. */
export async function unpackDeb(archive: Uint8Array): Promise<DebPackage> {
  const members = arMembers(archive);
  return { control: await tarOf(members, "control.tar"), data: await tarOf(members, "data.tar") };
}

async function tarOf(members: ReadonlyMap<string, Uint8Array>, name: string): Promise<ParsedTarEntryWithData[]> {
  const [member, packed] = [...members].find(([each]) => each === name || each.startsWith(`${name}.`)) ?? [];
  if (member === undefined || packed === undefined) throw new ImageError(`the Debian package has no ${name}.`);
  return unpackTar(await decompress(member, packed), { strict: true });
}

async function decompress(member: string, packed: Uint8Array): Promise<Uint8Array> {
  const how = member.slice(member.lastIndexOf(".") + 1);
  if (how === "xz") return unpackXz(packed);
  if (how === "gz") return gunzipSync(packed);
  if (how === "zst") return zstdDecompressSync(packed);
  if (how === "tar") return packed;
  throw new ImageError(`the Debian package holds ${member}, whose compression is not known.`);
}
