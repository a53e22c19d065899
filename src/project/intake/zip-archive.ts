/**
 * The files of a zip, by its central directory: what each is, how large it says to be, and its bytes on demand. Nothing
 * is inflated beyond what it said, and links are seen as links. Format: PKWARE's APPNOTE.TXT 6.3.10, 4.3.
 */
import { Inflate } from "fflate";
import { type Incoming, IntakeError, type IntakeProblem } from "./intake-result.ts";

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
/** Of the end record, without its comment. */
const endLength = 22;
const longestComment = 0xffff;
const entryLength = 46;
const localLength = 30;
/** A field with this value stands in a zip64 record, which only archives beyond our limits need. */
const elsewhere = 0xffffffff;
const countElsewhere = 0xffff;
/** Bytes that are inflated at once. */
const step = 64 * 1024;

const stored = 0;
const deflated = 8;

interface Entry {
  readonly path: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

/** Lists a zip. Throws `IntakeError`. */
export function readZip(name: string, bytes: Uint8Array<ArrayBuffer>, mostNames: number): readonly Incoming[] {
  const fail = (problem: IntakeProblem): never => {
    throw new IntakeError(problem);
  };
  const damaged = (): never => fail({ kind: "damaged archive", name });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === undefined) return damaged();
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (at === elsewhere || count === countElsewhere) return fail({ kind: "unknown packing", name });
  if (count > mostNames) return fail({ kind: "too many names", limit: mostNames });
  const found: Incoming[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + entryLength > end || view.getUint32(at, true) !== entrySignature) return damaged();
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const next = at + entryLength + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
    if (next > end) return damaged();
    const flags = view.getUint16(at + 8, true);
    const path = nameOf(bytes.subarray(at + entryLength, at + entryLength + (nameLength ?? 0)));
    if (flags & 1) return fail({ kind: "encrypted", name, path });
    const entry: Entry = {
      path,
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    };
    const madeByUnix = view.getUint8(at + 5) === 3 || view.getUint8(at + 5) === 19;
    const mode = madeByUnix ? view.getUint32(at + 38, true) >>> 16 : 0;
    if (!/[/\\]$/.test(path)) found.push(incomingOf(name, bytes, entry, mode));
    at = next;
  }
  return found;
}

function incomingOf(name: string, bytes: Uint8Array<ArrayBuffer>, entry: Entry, mode: number): Incoming {
  const type = mode & 0o170000;
  const special = type === 0o120000 ? "link" : type === 0 || type === 0o100000 ? undefined : "special file";
  return {
    path: entry.path,
    size: entry.size,
    ...(special && { special }),
    read: async () => inflated(name, bytes, entry),
  };
}

/** The end record stands at the end, before a comment. */
function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - endLength;
  for (let at = last; at >= Math.max(0, last - longestComment); at -= 1)
    if (view.getUint32(at, true) === endSignature && at + endLength + view.getUint16(at + 20, true) === view.byteLength)
      return at;
  return undefined;
}

/** UTF-8, as all tools write it by now; else the old code page, of which only ASCII matters here. */
function nameOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // A TypeError, the decoder's only one.
    return new TextDecoder("latin1").decode(bytes);
  }
}

function inflated(name: string, bytes: Uint8Array<ArrayBuffer>, entry: Entry): Uint8Array<ArrayBuffer> {
  const { path, method, packed, size, at } = entry;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const damaged = () => new IntakeError({ kind: "damaged archive", name });
  if (at + localLength > bytes.length || view.getUint32(at, true) !== localSignature) throw damaged();
  const from = at + localLength + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (from + packed > bytes.length) throw damaged();
  const data = bytes.subarray(from, from + packed);
  if (method === stored) {
    if (packed !== size) throw damaged();
    return data.slice();
  }
  if (method !== deflated) throw new IntakeError({ kind: "unknown packing", name: `${name}: ${path}` });
  const whole = new Uint8Array(size);
  let filled = 0;
  const stream = new Inflate((chunk) => {
    if (filled + chunk.length > size) throw new IntakeError({ kind: "bomb", name: `${name}: ${path}`, limit: size });
    whole.set(chunk, filled);
    filled += chunk.length;
  });
  try {
    for (let done = 0; done < data.length; done += step)
      stream.push(data.subarray(done, done + step), done + step >= data.length);
  } catch (error) {
    throw error instanceof IntakeError ? error : damaged();
  }
  if (filled !== size) throw damaged();
  return whole;
}
