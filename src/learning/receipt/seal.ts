/** The sum over a receipt: what shows that it was changed after it was made. */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { AnyReceiptContent, Receipt, ReceiptContent } from "./receipt.ts";

/**
 * Adds the sum: SHA-256 over the content as JSON without blanks and with names in order of their code units; with a
 * class key HMAC-SHA-256 (RFC 2104) with that key. The library's, because browsers have one of their own only on HTTPS
 * and a class may reach the site over HTTP.
 *
 * @param classKey a word that the teacher gave; blanks around it and its case do not count. Empty: none
 */
export function sealReceipt(content: ReceiptContent, classKey: string): Receipt {
  return { ...content, sha256: sumOf(content, classKey) };
}

/** Whether nothing was changed since it was made with this key, or without one. */
export function isIntact({ sha256: sum, ...content }: Receipt, classKey: string): boolean {
  return sumOf(content, content.keyed ? classKey : "") === sum;
}

function sumOf(content: AnyReceiptContent, classKey: string): string {
  const bytes = utf8ToBytes(ordered(content));
  const key = classKey.trim().toLowerCase();
  return bytesToHex(key === "" ? sha256(bytes) : hmac(sha256, utf8ToBytes(key), bytes));
}

/** JSON that does not depend on the order in which names were written. */
function ordered(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
