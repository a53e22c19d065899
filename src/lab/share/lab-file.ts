/** A shared lab as a file, `first-load.lab.json`: for what is too large for a link. */

import { type Reading, readingOf } from "./share-link.ts";
import type { SharedLab } from "./shared-lab.ts";

/** Files larger than this are not read, in bytes. */
export const largestFile = 1_200_000;

const version = 1;

/** The text of such a file. */
export function writeLabFile(shared: SharedLab): string {
  return `${JSON.stringify({ twoServersLab: version, ...shared }, null, 2)}\n`;
}

/** Reads such a file, whoever wrote it. Never throws. */
export function readLabFile(text: string): Reading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: "damaged" };
  }
  if (typeof value !== "object" || value === null || !("twoServersLab" in value)) return { kind: "damaged" };
  const { twoServersLab: written, ...rest } = value;
  if (typeof written === "number" && written > version) return { kind: "newer" };
  return written === version ? readingOf(rest) : { kind: "damaged" };
}
