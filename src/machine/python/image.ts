import { MachineError, type Progress } from "../machine";

/** The parts of the Python machine's image, by name. */
export const partNames = [
  "frame-entry.js",
  "kernel-worker.js",
  "process-worker.js",
  "program-worker.js",
  "pyodide.asm.mjs",
  "pyodide.asm.wasm",
  "python_stdlib.zip",
  "posix-layer.zip",
  "site-packages.zip",
] as const;

/** Name of a part. */
export type PartName = (typeof partNames)[number];

/** What `machine/python/manifest.json` says: written by `scripts/build-machine.mjs`. */
export interface Manifest {
  /** Changes with any part: the key of everything that is derived from them. */
  readonly key: string;
  readonly versions: {
    readonly python: string;
    readonly pyodide: string;
    readonly packages: Readonly<Record<string, string>>;
  };
  readonly parts: Readonly<
    Record<PartName, { readonly file: string; readonly compressed: number; readonly size: number }>
  >;
}

/** Bytes of every part. */
export type Image = Readonly<Record<PartName, Uint8Array<ArrayBuffer>>>;

/**
 * Fetches all parts and decompresses them here, because a static host may not. Rejects with `MachineError` naming what
 * is missing.
 */
export async function fetchImage(
  siteRoot: URL,
  manifest: Manifest,
  onProgress: (progress: Progress) => void,
  signal?: AbortSignal,
): Promise<Image> {
  const folder = imageFolder(siteRoot);
  const total = partNames.reduce((sum, name) => sum + manifest.parts[name].compressed, 0);
  let loaded = 0;
  const entries = await Promise.all(
    partNames.map(async (name) => {
      const part = manifest.parts[name];
      const url = new URL(part.file, folder);
      const bytes = await decompress(url, await fetchPart(url, signal), part.size, (count) => {
        loaded += count;
        onProgress({
          step: `Loading CPython, ${megabytes(loaded)} of ${megabytes(total)} MB`,
          fraction: loaded / total,
        });
      });
      return [name, bytes] as const;
    }),
  );
  return Object.fromEntries(entries) as Record<PartName, Uint8Array<ArrayBuffer>>;
}

/** Fetches what the image consists of. A host that answers with a page of its own (to log in, say) has not got it. */
export async function fetchManifest(siteRoot: URL, signal?: AbortSignal): Promise<Manifest> {
  const url = new URL("manifest.json", imageFolder(siteRoot));
  const response = await fetchPart(url, signal);
  try {
    return await response.json();
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw assetFailed(url, "the host answered something else");
  }
}

function imageFolder(siteRoot: URL): URL {
  return new URL("machine/python/", siteRoot);
}

async function fetchPart(url: URL, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, signal ? { signal } : {});
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw assetFailed(url, "the network did not answer");
  }
  if (!response.ok) throw assetFailed(url, `the host answered ${response.status}`);
  return response;
}

async function decompress(
  url: URL,
  response: Response,
  size: number,
  count: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      count(chunk.length);
      controller.enqueue(chunk);
    },
  });
  if (!response.body) throw assetFailed(url, "the answer was empty");
  try {
    const stream = response.body.pipeThrough(counter).pipeThrough(new DecompressionStream("gzip"));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    if (bytes.length !== size) throw assetFailed(url, `${bytes.length} of ${size} bytes came`);
    return bytes;
  } catch (error) {
    if (error instanceof MachineError) throw error;
    throw assetFailed(url, "the download broke off");
  }
}

function assetFailed(url: URL, reason: string): MachineError {
  const name = url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
  return new MachineError(
    "asset-failed",
    `A part of the machine could not be loaded: ${name} (${reason}).`,
    "Check the connection and try again; what has arrived is kept by the browser.",
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
