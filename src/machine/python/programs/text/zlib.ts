/** What just-bash takes of Node's `zlib`, in a page. */
import { gunzipSync as gunzip, gzipSync as gzip } from "fflate";

/** Levels of compression that just-bash names. */
export const constants = { Z_DEFAULT_COMPRESSION: 6, Z_BEST_COMPRESSION: 9, Z_BEST_SPEED: 1 };

/** A copy, as bytes with the methods of Node's buffers that are used of them. */
function buffer(bytes: Uint8Array): Uint8Array & { toString(encoding?: string): string } {
  return Object.assign(bytes, {
    toString(encoding?: string): string {
      if (encoding !== "latin1" && encoding !== "binary") return new TextDecoder().decode(bytes);
      let text = "";
      for (const byte of bytes) text += String.fromCharCode(byte);
      return text;
    },
  });
}

/** Levels as Node has them; -1 is the usual one. */
export function gzipSync(bytes: Uint8Array, { level = 6 }: { readonly level?: number } = {}): Uint8Array {
  const wanted = Math.min(9, Math.max(0, level === -1 ? 6 : Math.trunc(level)));
  const levels = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
  return buffer(gzip(bytes, { level: levels[wanted] ?? 6 }));
}

/** Throws if it is no gzip. */
export function gunzipSync(bytes: Uint8Array): Uint8Array {
  return buffer(gunzip(bytes));
}
