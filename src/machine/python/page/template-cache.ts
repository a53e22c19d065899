/**
 * The template is made in a frame in which no reader's code has run yet, kept under the key of everything that it was
 * made from, and checked when it is read.
 */
import type { ImageCache } from "./image-cache.ts";

const checksumBytes = 4;

/** What the template of this key is kept as. Another browser makes its own. */
export function templateName(key: string): string {
  return `template ${key} ${navigator.userAgent}`;
}

/** The template in a kept file, or undefined if it is damaged. */
export async function readTemplate(file: Blob): Promise<ArrayBuffer | undefined> {
  const [expected, template] = await Promise.all([
    file.slice(0, checksumBytes).arrayBuffer(),
    file.slice(checksumBytes).arrayBuffer(),
  ]);
  return new DataView(expected).getUint32(0) === checksum(template) ? template : undefined;
}

/** Keeps a template; false where the browser does not let us. */
export async function writeTemplate(cache: ImageCache, key: string, template: ArrayBuffer): Promise<boolean> {
  return cache.write(templateName(key), templateFile(template));
}

/** The file that a template is kept in. */
export function templateFile(template: ArrayBuffer): Blob {
  const beginning = new DataView(new ArrayBuffer(checksumBytes));
  beginning.setUint32(0, checksum(template));
  return new Blob([beginning, template]);
}

/**
 * FNV-1a over words of four bytes (what is left over at the end, up to three, is not looked at). It finds damage, and
 * nobody is to be found out who could write here: who can, could as well write the checksum. A cryptographic digest
 * takes a tenth of a second, which the reader would wait.
 */
function checksum(bytes: ArrayBuffer): number {
  let hash = 0x811c9dc5;
  const words = new Int32Array(bytes, 0, bytes.byteLength >> 2);
  // Not `for … of`: it takes ten times as long.
  for (let at = 0; at < words.length; at += 1) hash = Math.imul(hash ^ (words[at] ?? 0), 0x01000193);
  return hash >>> 0;
}
