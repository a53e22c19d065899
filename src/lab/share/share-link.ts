/**
 * A shared lab in the fragment of an address, which browsers send to nobody: `#lab-first-load=1.eNpT…`. The lab's own
 * anchor comes first, then the version of what follows, then JSON, compressed by zlib, in base64url (RFC 4648, section
 * 5).
 */
import { packText, unpackText } from "./packed-text.ts";
import { hasHiddenCommand, mostCharacters, parseSharedLab, type SharedLab } from "./shared-lab.ts";

/** A link is at most this long, in characters: longer ones are cut by mail programs and course pages. */
export const longestLink = 8192;

/** Raised whenever an older site could not read what this one writes. */
const version = 1;
const form = /^#lab-([^=]*)=(\d+)\.(.*)$/s;
/** UTF-8 takes at most three bytes for a character of a string, and JSON escapes some. */
const mostBytes = 4 * mostCharacters;

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
  return `#lab-${shared.lab}=${version}.${packText(JSON.stringify(shared))}`;
}

/** Reads a fragment, whoever wrote it. Never throws. */
export function readFragment(fragment: string): Reading {
  if (fragment.length > longestLink) return { kind: "too long" };
  const [, lab, written, data = ""] = form.exec(fragment) ?? [];
  if (written === undefined) return { kind: "damaged" };
  if (Number(written) > version) return { kind: "newer" };
  try {
    const reading =
      Number(written) === version ? readingOf(JSON.parse(unpackText(data, mostBytes))) : { kind: "damaged" as const };
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
