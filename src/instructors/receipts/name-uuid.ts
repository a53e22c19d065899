/** UUIDs of names: the same name has the same one wherever and whenever it is made (RFC 4122, version 5). */
import { sha1 } from "@noble/hashes/legacy.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";

/** The namespace of URLs (RFC 4122, appendix C). */
const urls = hexToBytes("6ba7b8119dad11d180b400c04fd430c8");

/** The UUID of a URL, or of a URN. */
export function nameUuid(url: string): string {
  const [...bytes] = sha1(concatBytes(urls, utf8ToBytes(url))).subarray(0, 16);
  const marked = bytes.map((byte, at) => (at === 6 ? (byte & 0x0f) | 0x50 : at === 8 ? (byte & 0x3f) | 0x80 : byte));
  const hex = bytesToHex(Uint8Array.from(marked));
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
