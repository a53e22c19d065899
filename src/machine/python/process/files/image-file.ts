import { emscriptenErrno } from "../errno-numbers.ts";
import type { FileSystem, StreamOperations } from "../pyodide-internals.ts";

/** A file of the image, which all processes of a machine share. */
export interface SharedImageFile {
  /** Blob URL. */
  readonly url: string;
  /** In bytes. */
  readonly size: number;
}

/**
 * In milliseconds since 1970. Python remembers what is in a zip for as long as its date stays, and the template's
 * memory goes to every process.
 */
const date = Date.UTC(2026, 0, 1);

/** Gives a file of the image the date that it has in every interpreter. */
export function dateImageFile(fs: FileSystem, path: string): void {
  const { node } = fs.lookupPath(path);
  if (!node) throw new Error(`${path} is missing`);
  node.mtime = date;
}

/** All of a file. */
export async function readImageFile({ url }: SharedImageFile): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}

/**
 * Puts a whole file of the image into an interpreter's file system, in the place of what may stand there. False: its
 * bytes are gone.
 */
export function putImageFile(fs: FileSystem, path: string, { url, size }: SharedImageFile): boolean {
  // The worker's `fetch` is Pyodide's by then.
  const bytes = readRange(url, 0, size);
  if (!bytes) return false;
  fs.writeFile(path, bytes);
  dateImageFile(fs, path);
  return true;
}

/**
 * Puts a file of the image into an interpreter's file system without its bytes: each read asks the browser for its
 * part. A process that has everything imported already never reads it, and takes that much less memory.
 */
export function mountImageFile(fs: FileSystem, path: string, { url, size }: SharedImageFile): void {
  fs.writeFile(path, "");
  const { node } = fs.lookupPath(path);
  if (!node) throw new Error(`${path} is missing`);
  const stream: StreamOperations = {
    ...node.stream_ops,
    read: (_stream, buffer, offset, length, position) => {
      const end = Math.min(position + length, size);
      if (end <= position) return 0;
      const bytes = readRange(url, position, end);
      if (!bytes) throw new fs.ErrnoError(emscriptenErrno("EIO"));
      buffer.set(bytes, offset);
      return end - position;
    },
  };
  node.usedBytes = size;
  node.stream_ops = stream;
  dateImageFile(fs, path);
}

/**
 * The bytes from `from` to before `to`. Python waits for them on WebAssembly's stack, so it has to be at once.
 * Undefined where they are gone, as while the machine is being taken away.
 */
function readRange(url: string, from: number, to: number): Uint8Array<ArrayBuffer> | undefined {
  const request = new XMLHttpRequest();
  request.open("GET", url, false);
  request.responseType = "arraybuffer";
  request.setRequestHeader("Range", `bytes=${from}-${to - 1}`);
  try {
    request.send();
  } catch {
    // A request that is waited for throws where others would tell their listeners.
    return undefined;
  }
  const answer: unknown = request.response;
  if (!(answer instanceof ArrayBuffer)) return undefined;
  // 206 is the range alone; a browser that does not know ranges of blobs answers everything.
  return new Uint8Array(answer).subarray(request.status === 206 ? 0 : from, request.status === 206 ? to - from : to);
}
