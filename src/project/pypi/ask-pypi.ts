/**
 * Asks PyPI, as the reader has agreed. Nothing else in the page asks another origin than its own, but for the Node
 * machine: the page's policy names PyPI only where its host allows it.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Dependency } from "../packages/dependency.ts";
import { type ChosenWheel, type ListedFile, listAddress, listType, readList } from "./simple-index.ts";
import { requirementsOfWheel } from "./wheel-metadata.ts";

/** Why nothing came of asking an address. */
export type AskFailure =
  /** There is no network, as far as the browser knows. */
  | { readonly kind: "offline" }
  /** Nothing answered, or what did may not be read by this page: browsers do not say which. */
  | { readonly kind: "unreachable" }
  | { readonly kind: "too slow" }
  | { readonly kind: "unknown package" }
  | { readonly kind: "refused"; readonly status: number }
  /** It is no list of packages. */
  | { readonly kind: "not a list" }
  | { readonly kind: "too large"; readonly limit: number }
  /** Its SHA-256 is not the one in PyPI's list. */
  | { readonly kind: "changed" }
  /** It is no wheel of that package. */
  | { readonly kind: "not a wheel" };

/** A wheel that has come. */
export interface FetchedWheel {
  readonly kind: "fetched";
  readonly chosen: ChosenWheel;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly needs: readonly Dependency[];
}

/** How addresses are asked: `fetch`, or what stands in for it. */
export type AskAddress = (address: string, init: RequestInit) => Promise<Response>;

/** What is asked for is cut off at these, in bytes and milliseconds. */
export const askLimits = { listBytes: 20_000_000, wheelBytes: 10_000_000, patience: 60_000 } as const;

/** Asks for the list of a package. */
export async function askList(
  name: string,
  signal: AbortSignal,
  ask: AskAddress = fetch,
): Promise<readonly ListedFile[] | AskFailure> {
  const body = await bodyOf(listAddress(name), askLimits.listBytes, signal, ask);
  if (!(body instanceof Uint8Array))
    return body.kind === "refused" && body.status === 404 ? { kind: "unknown package" } : body;
  const list = readList(json(body), name);
  return list ?? { kind: "not a list" };
}

/** Asks for a wheel, and looks at it. */
export async function askWheel(
  chosen: ChosenWheel,
  signal: AbortSignal,
  ask: AskAddress = fetch,
): Promise<FetchedWheel | AskFailure> {
  const bytes = await bodyOf(chosen.url, askLimits.wheelBytes, signal, ask);
  if (!(bytes instanceof Uint8Array)) return bytes;
  // Not the browser's own, which is there for pages of HTTPS alone.
  if (bytesToHex(sha256(bytes)) !== chosen.sha256) return { kind: "changed" };
  const needs = await requirementsOfWheel(bytes, chosen.name, chosen.version);
  return needs === undefined ? { kind: "not a wheel" } : { kind: "fetched", chosen, bytes, needs };
}

/** Rejects only if the reader has stopped it. */
async function bodyOf(
  address: string,
  limit: number,
  stopped: AbortSignal,
  ask: AskAddress,
): Promise<Uint8Array<ArrayBuffer> | AskFailure> {
  const late = AbortSignal.timeout(askLimits.patience);
  try {
    const response = await ask(address, {
      headers: { accept: listType },
      // The address that was shown, and no other; without anything that tells who asks, and leaving nothing behind.
      redirect: "error",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      signal: AbortSignal.any([stopped, late]),
    });
    if (!response.ok) return { kind: "refused", status: response.status };
    return (await upTo(limit, response)) ?? { kind: "too large", limit };
  } catch (error) {
    if (stopped.aborted) throw error;
    if (late.aborted) return { kind: "too slow" };
    if (error instanceof TypeError) return { kind: navigator.onLine ? "unreachable" : "offline" };
    throw error;
  }
}

/** `undefined` if there is more. */
async function upTo(limit: number, response: Response): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    length += part.value.length;
    if (length > limit) {
      await reader?.cancel();
      return undefined;
    }
    chunks.push(part.value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function json(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // A SyntaxError, the parser's only one: a page of somebody in between, as a rule.
    return undefined;
  }
}
