import { downloadProblems, linuxMachineStrings, machineSteps } from "../../strings/strings.ts";
import { MachineError, type OpeningProgress } from "../machine.ts";
import type { ImageFile } from "./disc-format.ts";

/** What runs when the machine opens. */
export interface SituationFiles {
  readonly snapshot: ImageFile;
  /** Bytes once it is unpacked. */
  readonly size: number;
  /** The name of the host that is the Debian itself, if a side's is. */
  readonly debian?: string;
  /** Parts of the disc that it soon reads. */
  readonly touched: readonly number[];
}

/** What `machine/linux/manifest.json` says: written by `scripts/linux-image.ts` and `scripts/linux-copy.ts`. */
export interface LinuxManifest {
  /** The emulator's version: a snapshot fits the one that made it. */
  readonly v86: string;
  readonly debian: string;
  readonly kernel: string;
  /** Versions of some packages, by name. */
  readonly packages: Readonly<Record<string, string>>;
  readonly parts: Readonly<Record<LinuxPart, ImageFile>>;
  /** The disc: bytes, and its parts, each compressed with gzip. */
  readonly disc: { readonly size: number; readonly parts: readonly ImageFile[] };
  readonly situations: Readonly<Record<string, SituationFiles>>;
}

/** The parts that each situation needs. */
export const linuxParts = ["frame-entry.js", "worker.js", "v86.wasm", "bios.bin", "vgabios.bin"] as const;

/** Name of a part. */
export type LinuxPart = (typeof linuxParts)[number];

/** Bytes of every part, and the snapshot. */
export type LinuxImage = Readonly<Record<LinuxPart | "snapshot", Uint8Array<ArrayBuffer>>>;

/** The situation of a lab that names none. */
export const plainSituation = "debian";

/** Times that a part is asked for before it counts as missing. */
const tries = 3;

/**
 * Rejects with `MachineError`: `image-missing` where this site was built without one. After a first look, `looks`
 * counts them: no cache answers then.
 */
export async function fetchLinuxManifest(
  siteRoot: URL,
  { signal, looks = 0 }: { signal?: AbortSignal | undefined; looks?: number } = {},
): Promise<LinuxManifest> {
  const url = new URL(`machine/linux/manifest.json${looks > 0 ? `?look=${looks}` : ""}`, siteRoot);
  let response: Response;
  try {
    response = await fetch(url, signal ? { signal } : {});
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw downloadBroken("manifest.json", downloadProblems.noAnswer);
  }
  if (!response.ok) throw imageMissing();
  try {
    return await response.json();
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw imageMissing();
  }
}

/** Rejects with `MachineError` if this site's image does not have it. */
export function situationOf(manifest: LinuxManifest, name = plainSituation): SituationFiles {
  const situation = manifest.situations[name];
  if (!situation) throw new MachineError("situation-missing", linuxMachineStrings.situationMissing(name));
  return situation;
}

/**
 * Fetches what a situation begins with, and the parts of the disc that it soon reads. Rejects with `MachineError`
 * (`download-broken`).
 */
export async function fetchLinuxImage(
  { siteRoot, manifest, situation }: { siteRoot: URL; manifest: LinuxManifest; situation: SituationFiles },
  onProgress: (progress: OpeningProgress) => void,
  signal?: AbortSignal,
): Promise<{ image: LinuxImage; discParts: DiscParts }> {
  const discParts = new DiscParts(siteRoot, manifest, signal);
  const files = [
    ...Object.values(manifest.parts),
    situation.snapshot,
    ...situation.touched.flatMap((index) => manifest.disc.parts[index] ?? []),
  ];
  const total = files.reduce((sum, { size }) => sum + size, 0);
  let loaded = 0;
  const count = (bytes: number) => {
    loaded += bytes;
    const step = machineSteps.loadingDebian(megabytes(loaded), megabytes(total));
    onProgress({ step, fraction: loaded / total });
  };
  const part = (file: ImageFile) => fetchPart(siteRoot, file, count, signal);
  const [frame, worker, wasm, bios, vgaBios, snapshot] = await Promise.all([
    part(manifest.parts["frame-entry.js"]),
    part(manifest.parts["worker.js"]),
    part(manifest.parts["v86.wasm"]),
    part(manifest.parts["bios.bin"]),
    part(manifest.parts["vgabios.bin"]),
    part(situation.snapshot),
    ...situation.touched.map((index) => discParts.take(index, count)),
  ]);
  const image = {
    "frame-entry.js": frame,
    "worker.js": worker,
    "v86.wasm": wasm,
    "bios.bin": bios,
    "vgabios.bin": vgaBios,
    snapshot,
  };
  return { image, discParts };
}

/** The disc's parts, as the page hands them to the machine. */
export class DiscParts {
  readonly #taken = new Map<number, Promise<Uint8Array<ArrayBuffer>>>();

  constructor(
    private readonly siteRoot: URL,
    private readonly manifest: LinuxManifest,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** Fetches a part, if that is not done yet. Rejects with `MachineError`. `count` hears of its bytes as they come. */
  take(index: number, count: (bytes: number) => void = () => {}): Promise<Uint8Array<ArrayBuffer>> {
    const taken = this.#taken.get(index) ?? this.#fetch(index, count);
    this.#taken.set(index, taken);
    return taken;
  }

  /** The same for the machine, which keeps it: the page then forgets it. */
  async give(index: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await this.take(index);
    this.#taken.delete(index);
    return bytes;
  }

  async #fetch(index: number, count: (bytes: number) => void): Promise<Uint8Array<ArrayBuffer>> {
    const file = this.manifest.disc.parts[index];
    if (!file) throw downloadBroken(linuxMachineStrings.partOfDisc(index), downloadProblems.noSuchPart);
    const packed = await fetchPart(this.siteRoot, file, count, this.signal);
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    try {
      return new Uint8Array(await new Response(stream).arrayBuffer());
    } catch {
      throw downloadBroken(file.file, downloadProblems.damaged);
    }
  }
}

/** Goes on where a download broke off, as far as the host of the site allows it. */
async function fetchPart(
  siteRoot: URL,
  file: ImageFile,
  count: (bytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const download = new PartDownload(new URL(file.file, new URL("machine/linux/", siteRoot)), file, count);
  for (let attempt = 0; attempt < tries && !download.done; attempt++) {
    try {
      await download.goOn(signal);
    } catch (cause) {
      if (signal?.aborted || cause instanceof MachineError) throw cause;
      download.problem = downloadProblems.brokeOff;
    }
  }
  if (!download.done) throw downloadBroken(file.file, download.problem);
  return download.bytes;
}

/** A part that comes, in one request or several. */
class PartDownload {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Why it is not done, as a sentence. */
  problem = "";
  #there = 0;

  /** `count` hears of bytes as they come, and with a negative number of those that have to come again. */
  constructor(
    private readonly url: URL,
    private readonly file: ImageFile,
    private readonly count: (bytes: number) => void,
  ) {
    this.bytes = new Uint8Array(file.size);
  }

  get done(): boolean {
    return this.#there >= this.file.size;
  }

  /**
   * Asks for what is not there. Rejects where the network breaks off, and with `MachineError` if more comes than there
   * is.
   */
  async goOn(signal: AbortSignal | undefined): Promise<void> {
    const headers = this.#there > 0 ? { range: `bytes=${this.#there}-` } : {};
    const response = await fetch(this.url, { headers, ...(signal ? { signal } : {}) });
    if (!response.ok || !response.body) {
      this.problem = downloadProblems.refused(response.status);
      return;
    }
    if (response.status !== 206) this.#startAgain();
    for (const reader = response.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      this.#take(value);
    }
    this.problem = downloadProblems.cutShort(this.#there, this.file.size);
  }

  #startAgain(): void {
    if (this.#there > 0) this.count(-this.#there);
    this.#there = 0;
  }

  #take(piece: Uint8Array): void {
    if (this.#there + piece.length > this.file.size) throw downloadBroken(this.file.file, downloadProblems.tooLong);
    this.bytes.set(piece, this.#there);
    this.#there += piece.length;
    this.count(piece.length);
  }
}

function imageMissing(): MachineError {
  return new MachineError("image-missing", linuxMachineStrings.imageMissing);
}

function downloadBroken(name: string, reason: string): MachineError {
  return new MachineError("download-broken", linuxMachineStrings.downloadBroken(name, reason));
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
