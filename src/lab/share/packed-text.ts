/** Texts that stand in an address: compressed by zlib, in base64url (RFC 4648, section 5). */
import { strFromU8, strToU8, Unzlib, zlibSync } from "fflate";

/** Compressed bytes that are inflated at a time: little enough that what grows too large is noticed early. */
const step = 64;
const checksumBytes = 4;

/** A text in letters that need no escape in an address. */
export function packText(text: string): string {
  const bytes = zlibSync(strToU8(text), { level: 9 });
  return btoa(strFromU8(bytes, true)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * The text in it.
 *
 * @param mostBytes it may grow to
 * @throws Error if it is damaged or grows too large
 */
export function unpackText(base64: string, mostBytes: number): string {
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
