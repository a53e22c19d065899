import { downloadProblems, machineSteps, pythonMachineStrings } from "../../../strings/strings.ts";
import { MachineError, type OpeningProgress } from "../../machine.ts";
import type { ImageCache } from "./image-cache.ts";
import { type DeliveredPart, unpack } from "./unpack.ts";

/** What the frame starts with: its own script, and what a spare worker loads. */
export const frameParts = ["frame-entry.js", "process-worker.js", "pyodide.asm.mjs"] as const;

/** What the machine starts with. The interpreter comes first, for it is compiled while the rest is on its way. */
export const machineParts = [
  "pyodide.asm.wasm",
  "kernel-worker.js",
  "hashing.js",
  "python_stdlib.zip",
  "posix-layer.zip",
  "site-packages.zip",
] as const;

/**
 * What is brought when a program is started that needs it: the shell and its like, the text programs, pip, and the list
 * of what pip can install (`archive.ts`).
 */
export const laterParts = ["program-worker.js", "text-worker.js", "pip.zip", "archive.json"] as const;

/** A part that is brought when it is needed. */
export type LaterPart = (typeof laterParts)[number];

/** Byte code of what the template imports: needed once, to make the template. */
export const preparedCode = "prepared-code";

/** Name of a part of the image. */
export type PartName = (typeof frameParts)[number] | (typeof machineParts)[number] | LaterPart | typeof preparedCode;

/** What `machine/python/manifest.json` says: written by `scripts/build-machine.ts`. */
export interface Manifest {
  /** Changes with any part: the key of everything that is derived from them. */
  readonly key: string;
  readonly versions: {
    readonly python: string;
    readonly pyodide: string;
    readonly packages: Readonly<Record<string, string>>;
  };
  /** The file's name changes with its content. Sizes in bytes. */
  readonly parts: Readonly<Record<PartName, ManifestPart>>;
}

/** One part in the manifest. */
export interface ManifestPart {
  readonly file: string;
  readonly compressed: number;
  readonly size: number;
}

/** A part of what the machine starts with, or the byte code, which only a machine without a template needs. */
export type MachinePart = (typeof machineParts)[number] | typeof preparedCode;

/** Parts of an image, by name. */
export type Delivered<Name extends PartName> = Readonly<Record<Name, DeliveredPart>>;

/**
 * Brings the parts of the image: from what was kept at an earlier visit, or from the host.
 *
 * `onProgress` hears of what is downloaded, as a fraction of it.
 */
export class ImageDelivery {
  #loaded = 0;

  private constructor(
    private readonly folder: URL,
    private readonly manifest: Manifest,
    private readonly unpacked: ReadonlyMap<PartName, Blob>,
    private readonly missing: number,
    private readonly onProgress: (progress: OpeningProgress) => void,
    private readonly signal: AbortSignal | undefined,
  ) {}

  static async begin(
    siteRoot: URL,
    manifest: Manifest,
    cache: ImageCache,
    names: readonly PartName[],
    onProgress: (progress: OpeningProgress) => void,
    signal: AbortSignal | undefined,
  ): Promise<ImageDelivery> {
    const unpacked = new Map<PartName, Blob>();
    let missing = 0;
    await Promise.all(
      names.map(async (name) => {
        const file = await cache.read(manifest.parts[name].file);
        if (file) unpacked.set(name, file);
        else missing += manifest.parts[name].compressed;
      }),
    );
    return new ImageDelivery(imageFolder(siteRoot), manifest, unpacked, missing, onProgress, signal);
  }

  /** Brings some of the parts. Rejects with `MachineError` naming what is missing. */
  async bring<Name extends PartName>(names: readonly Name[]): Promise<Delivered<Name>> {
    const entries = await Promise.all(names.map(async (name) => [name, await this.bringOne(name)] as const));
    return Object.fromEntries(entries) as Record<Name, DeliveredPart>;
  }

  /** Brings one part. Rejects with `MachineError`. */
  async bringOne(name: PartName): Promise<DeliveredPart> {
    const unpacked = this.unpacked.get(name);
    if (unpacked) return { unpacked };
    const part = this.manifest.parts[name];
    const url = new URL(part.file, this.folder);
    const compressed = await this.#download(url, await fetchPart(url, this.signal));
    if (compressed.size !== part.compressed) {
      throw assetFailed(url, `${compressed.size} of ${part.compressed} bytes came`);
    }
    return { compressed, size: part.size };
  }

  async #download(url: URL, response: Response): Promise<Blob> {
    const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform: (chunk, controller) => {
        this.#count(chunk.length);
        controller.enqueue(chunk);
      },
    });
    if (!response.body) throw assetFailed(url, "the answer was empty");
    try {
      return await new Response(response.body.pipeThrough(counter)).blob();
    } catch (cause) {
      if (this.signal?.aborted) throw cause;
      throw assetFailed(url, downloadProblems.brokeOff);
    }
  }

  #count(bytes: number): void {
    this.#loaded += bytes;
    this.onProgress({
      step: machineSteps.loadingPython(megabytes(this.#loaded), megabytes(this.missing)),
      fraction: this.#loaded / this.missing,
    });
  }
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

/**
 * Whether this is the part that the manifest names, by the hash in the name of its file (`scripts/build-machine.ts`).
 */
export async function isPart({ file, size }: ManifestPart, content: Blob): Promise<boolean> {
  // Elsewhere browsers neither hash nor keep.
  if (content.size !== size || !isSecureContext) return false;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await content.arrayBuffer()));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return file.includes(`.${hex.slice(0, 12)}.`);
}

/**
 * Fetches a wheel of the archive, unpacked. It is not kept beside the other parts: the service worker keeps the file.
 * Rejects with `MachineError`.
 */
export async function fetchWheel(siteRoot: URL, { file, size }: ManifestPart): Promise<Blob> {
  const url = new URL(file, imageFolder(siteRoot));
  return unpack({ compressed: await (await fetchPart(url)).blob(), size });
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
    throw assetFailed(url, downloadProblems.noAnswer);
  }
  if (!response.ok) throw assetFailed(url, downloadProblems.refused(response.status));
  return response;
}

function assetFailed(url: URL, reason: string): MachineError {
  const name = url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
  return new MachineError("asset-failed", pythonMachineStrings.assetFailed(name, reason));
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
