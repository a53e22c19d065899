import { MachineError, type Progress } from "../machine";

/** What `machine/linux/manifest.json` says: written by `scripts/linux-image.ts` and `scripts/linux-copy.ts`. */
export interface LinuxManifest {
  /** The emulator's version: a snapshot fits the one that made it. */
  readonly v86: string;
  /** Bytes of the guest's memory. */
  readonly memory: number;
  readonly debian: string;
  readonly kernel: string;
  /** Versions of some packages, by name. */
  readonly packages: Readonly<Record<string, string>>;
  /** The name of the host that is the Debian itself. */
  readonly debianHost: string;
  readonly parts: Readonly<Record<LinuxPart, { readonly file: string; readonly size: number }>>;
}

/** The parts of the image. */
export const linuxParts = [
  "frame-entry.js",
  "worker.js",
  "v86.wasm",
  "bios.bin",
  "vgabios.bin",
  "snapshot.zst",
] as const;

/** Name of a part. */
export type LinuxPart = (typeof linuxParts)[number];

/** Bytes of every part. */
export type LinuxImage = Readonly<Record<LinuxPart, Uint8Array<ArrayBuffer>>>;

/** Times that a part is asked for before it counts as missing. */
const tries = 3;

/** Rejects with `MachineError`: `image-missing` where this site was built without one. */
export async function fetchLinuxManifest(siteRoot: URL, signal?: AbortSignal): Promise<LinuxManifest> {
  const url = new URL("machine/linux/manifest.json", siteRoot);
  let response: Response;
  try {
    response = await fetch(url, signal ? { signal } : {});
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw downloadBroken("manifest.json", "the network did not answer");
  }
  if (!response.ok) throw imageMissing();
  try {
    return await response.json();
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw imageMissing();
  }
}

/** Fetches all parts. Rejects with `MachineError` (`download-broken`). */
export async function fetchLinuxImage(
  siteRoot: URL,
  manifest: LinuxManifest,
  onProgress: (progress: Progress) => void,
  signal?: AbortSignal,
): Promise<LinuxImage> {
  const total = linuxParts.reduce((sum, name) => sum + manifest.parts[name].size, 0);
  let loaded = 0;
  const count = (bytes: number) => {
    loaded += bytes;
    const step = `Loading Debian, ${megabytes(loaded)} of ${megabytes(total)} MB`;
    onProgress({ step, fraction: loaded / total });
  };
  const fetched = linuxParts.map(async (name) => {
    const url = new URL(manifest.parts[name].file, new URL("machine/linux/", siteRoot));
    return [name, await fetchPart(url, manifest.parts[name].size, count, signal)] as const;
  });
  const [frame, worker, wasm, bios, vgaBios, snapshot] = await Promise.all(fetched);
  if (!frame || !worker || !wasm || !bios || !vgaBios || !snapshot)
    throw downloadBroken("manifest.json", "it is incomplete");
  return {
    "frame-entry.js": frame[1],
    "worker.js": worker[1],
    "v86.wasm": wasm[1],
    "bios.bin": bios[1],
    "vgabios.bin": vgaBios[1],
    "snapshot.zst": snapshot[1],
  };
}

/** Goes on where a download broke off, as far as the host of the site allows it. */
async function fetchPart(
  url: URL,
  size: number,
  count: (bytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(size);
  let there = 0;
  let problem = "";
  for (let attempt = 0; attempt < tries && there < size; attempt++) {
    try {
      const headers = there > 0 ? { range: `bytes=${there}-` } : {};
      const response = await fetch(url, { headers, ...(signal ? { signal } : {}) });
      if (!response.ok || !response.body) {
        problem = `the host answered ${response.status}`;
        continue;
      }
      if (response.status !== 206 && there > 0) {
        count(-there);
        there = 0;
      }
      for (const reader = response.body.getReader(); ; ) {
        const { done, value } = await reader.read();
        if (done) break;
        if (there + value.length > size) throw downloadBroken(nameOf(url), "more bytes came than it has");
        bytes.set(value, there);
        there += value.length;
        count(value.length);
      }
      problem = `${there} of ${size} bytes came`;
    } catch (cause) {
      if (signal?.aborted || cause instanceof MachineError) throw cause;
      problem = "the download broke off";
    }
  }
  if (there < size) throw downloadBroken(nameOf(url), problem);
  return bytes;
}

function nameOf(url: URL): string {
  return url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
}

function imageMissing(): MachineError {
  return new MachineError(
    "image-missing",
    "This copy of the site has no Linux image.",
    "Whoever hosts it can add one with npm run linux:image; the other lessons work without.",
  );
}

function downloadBroken(name: string, reason: string): MachineError {
  return new MachineError(
    "download-broken",
    `A part of the Linux image could not be loaded: ${name} (${reason}).`,
    "Check the connection and try again; what has arrived is kept by the browser.",
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
