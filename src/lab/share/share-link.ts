/**
 * A shared lab in the fragment of an address, which browsers send to nobody: `#lab-first-load=1.eNpT…`. The lab's own
 * anchor comes first, then the version of what follows, then JSON, compressed by zlib, in base64url (RFC 4648, section
 * 5).
 */
import { strFromU8, strToU8, Unzlib, zlibSync } from "fflate";
import { hasHiddenCommand, mostCharacters, parseSharedLab, type SharedLab } from "./shared-lab.ts";

/** A link is at most this long, in characters: longer ones are cut by mail programs and course pages. */
export const longestLink = 8192;

/** Raised whenever an older site could not read what this one writes. */
const version = 1;
const form = /^#lab-([^=]*)=(\d+)\.(.*)$/s;
/** Compressed bytes that are inflated at a time: little enough that what grows too large is noticed early. */
const step = 64;
/** UTF-8 takes at most three bytes for a character of a string, and JSON escapes some. */
const mostBytes = 4 * mostCharacters;
const checksumBytes = 4;

/** What a fragment holds. */
export type Reading =
  | { readonly kind: "shared"; readonly shared: SharedLab }
  | { readonly kind: "damaged" }
  | { readonly kind: "too long" }
  /** A command would not run as it is shown. */
  | { readonly kind: "hidden characters" }
  /** A later version of this site wrote it. */
  | { readonly kind: "newer" };

/** The lab that a fragment says it is for. `undefined` if it is no share link's. */
export function labOfFragment(fragment: string): string | undefined {
  return /^#lab-([^=]*)=/.exec(fragment)?.[1];
}

/** A lab as the fragment of an address, with its `#`. */
export function writeFragment(shared: SharedLab): string {
  const bytes = zlibSync(strToU8(JSON.stringify(shared)), { level: 9 });
  const base64 = btoa(strFromU8(bytes, true)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return `#lab-${shared.lab}=${version}.${base64}`;
}

/** Reads a fragment, whoever wrote it. Never throws. */
export function readFragment(fragment: string): Reading {
  if (fragment.length > longestLink) return { kind: "too long" };
  const [, lab, written, data = ""] = form.exec(fragment) ?? [];
  if (written === undefined) return { kind: "damaged" };
  if (Number(written) > version) return { kind: "newer" };
  try {
    const reading = Number(written) === version ? readingOf(JSON.parse(inflate(data))) : { kind: "damaged" as const };
    return reading.kind === "shared" && reading.shared.lab !== lab ? { kind: "damaged" } : reading;
  } catch {
    // Not base64, not zlib, cut off, too large, or not JSON: whichever, the reader can only ask for the link again.
    return { kind: "damaged" };
  }
}

/** What came out of a link or a file, judged. */
export function readingOf(value: unknown): Reading {
  const shared = parseSharedLab(value);
  if (shared === undefined) return { kind: "damaged" };
  return hasHiddenCommand(shared) ? { kind: "hidden characters" } : { kind: "shared", shared };
}

/** The text in it. Throws if it is damaged or grows too large. */
function inflate(base64: string): string {
  const bytes = strToU8(atob(base64.replaceAll("-", "+").replaceAll("_", "/")), true);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stream = new Unzlib((chunk) => {
    size += chunk.length;
    if (size > mostBytes) throw new Error("It grows too large");
    chunks.push(chunk);
  });
  for (let at = 0; at < bytes.length; at += step) stream.push(bytes.slice(at, at + step), at + step >= bytes.length);
  const text = new Uint8Array(size);
  let filled = 0;
  for (const chunk of chunks) {
    text.set(chunk, filled);
    filled += chunk.length;
  }
  // The library reads over the checksum at the end: it is compared with the one that it writes.
  const [found, right] = [bytes, zlibSync(text, { level: 0 })].map((each) => String(each.slice(-checksumBytes)));
  if (found !== right) throw new Error("The checksum is another");
  return strFromU8(text);
}
