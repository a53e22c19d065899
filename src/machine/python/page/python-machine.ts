import { type Gate, type GateSide, openGate } from "../../../gate/gate.ts";
import { pythonMachineStrings } from "../../../strings/strings.ts";
import {
  type Capabilities,
  type Component,
  type Host,
  type Machine,
  MachineError,
  type Milliseconds,
  type OpeningProgress,
  type OpenOptions,
} from "../../machine.ts";
import { RemoteHosts } from "../../remote/remote-hosts.ts";
import { type FrameContent, openSealedFrame, type SealedFrame } from "../../sealed-frame/sealed-frame.ts";
import { pythonComponents } from "../fidelity/components.ts";
import { frameCalls, frameNews } from "../frame/frame-contract.ts";
import type { FramePayload } from "../frame/frame-entry.ts";
import { type ArchiveList, readArchiveList } from "./archive.ts";
import {
  fetchManifest,
  fetchWheel,
  frameParts,
  ImageDelivery,
  isPart,
  type LaterPart,
  type MachinePart,
  type Manifest,
  machineParts,
  type PartName,
  preparedCode,
} from "./image.ts";
import { ImageCache } from "./image-cache.ts";
import { releaseBuffer } from "./release-buffer.ts";
import { templateName, writeTemplate } from "./template-cache.ts";
import { type DeliveredPart, unpack } from "./unpack.ts";

const words = pythonMachineStrings;

/** Share of the opening that the download takes, for the progress bar. */
const downloadShare = 0.6;

/** Opens a Python machine. Rejects with `MachineError`. */
export async function openPythonMachine({ siteRoot, onProgress = () => {}, signal }: OpenOptions): Promise<Machine> {
  checkBrowser();
  const crash = Promise.withResolvers<MachineError>();
  const reportDownload = ({ step, fraction }: OpeningProgress) =>
    onProgress({ step, fraction: fraction * downloadShare });
  const beginning = beginDelivery(siteRoot, reportDownload, signal);
  let fraction = downloadShare;
  let archive: Promise<ArchiveList> | undefined;
  const opening = openFrame(siteRoot, beginning, {
    does: {
      step(step) {
        fraction += (1 - downloadShare) / 4;
        onProgress({ step, fraction });
      },
      async bring(name) {
        const { cache, manifest } = await beginning;
        return { unpacked: await bringLater(siteRoot, cache, manifest, name) };
      },
      async bringWheel(wheel) {
        const { cache, manifest } = await beginning;
        archive ??= bringLater(siteRoot, cache, manifest, "archive.json").then(readArchiveList);
        // Another attempt may have a network.
        archive.catch(() => (archive = undefined));
        const found = (await archive).find((each) => each.wheel === wheel);
        if (!found) throw new Error(`There is no ${wheel} in the archive`);
        return { unpacked: await fetchWheel(siteRoot, found) };
      },
      async newTemplate(made) {
        const { cache, manifest } = await beginning;
        await writeTemplate(cache, manifest.key, made).finally(() => releaseBuffer(made));
      },
      crash: (reason) => crash.resolve(kernelCrashed(reason)),
    },
    refused: (reason) => crash.resolve(lineBroken(reason)),
  });
  let begun: BegunDelivery;
  let opened: OpenFrame;
  try {
    begun = await beginning;
    const { keptTemplate } = begun;
    const template = keptTemplate && opening.then(({ line }) => line.there.takeTemplate(keptTemplate));
    [opened] = await Promise.all([opening, handOver(begun, opening), template]);
    signal?.throwIfAborted();
  } catch (error) {
    opening.then(
      ({ frame }) => frame.dispose(),
      () => {}, // Then there is none, and `error` says why.
    );
    throw error;
  }
  const { manifest, cache } = begun;
  const { frame, line } = opened;
  const { port1, port2 } = new MessageChannel();
  const hosts = new RemoteHosts(port1, (reason) => crash.resolve(lineBroken(reason)));
  try {
    const unpacked = await line.handing(port2).boot(port2);
    void cacheImage(cache, manifest, unpacked);
    signal?.throwIfAborted();
    const offset = (await hosts.now()) - performance.now();
    return new PythonMachine(frame, hosts, offset, pythonComponents(manifest), crash.promise);
  } catch (error) {
    hosts.close();
    frame.dispose();
    if (signal?.aborted) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new MachineError("boot-failed", words.bootFailed(reason));
  }
}

/** The image on its way. */
interface BegunDelivery {
  readonly manifest: Manifest;
  readonly cache: ImageCache;
  /** The template of an earlier visit. */
  readonly keptTemplate: Blob | undefined;
  /** What is delivered once the frame has begun. */
  readonly later: readonly MachinePart[];
  readonly delivery: ImageDelivery;
}

async function beginDelivery(
  siteRoot: URL,
  onProgress: (progress: OpeningProgress) => void,
  signal: AbortSignal | undefined,
): Promise<BegunDelivery> {
  const [manifest, cache] = await Promise.all([fetchManifest(siteRoot, signal), ImageCache.open(siteRoot)]);
  const keptTemplate = await cache.read(templateName(manifest.key));
  const later: readonly MachinePart[] = keptTemplate ? machineParts : [...machineParts, preparedCode];
  const names = [...frameParts, ...later];
  const delivery = await ImageDelivery.begin(siteRoot, manifest, cache, names, onProgress, signal);
  return { manifest, cache, keptTemplate, later, delivery };
}

/** The sealed frame, and the page's line to what runs in it. */
interface OpenFrame {
  readonly frame: SealedFrame;
  readonly line: Gate<typeof frameCalls>;
}

/** The frame opens while what it starts with is on its way. */
async function openFrame(
  siteRoot: URL,
  beginning: Promise<BegunDelivery>,
  page: Pick<GateSide<typeof frameNews, typeof frameCalls>, "does" | "refused">,
): Promise<OpenFrame> {
  const frame = await openSealedFrame(siteRoot, frameContent(beginning));
  return { frame, line: openGate(frame.port, { offers: frameNews, expects: frameCalls, ...page }) };
}

async function frameContent(beginning: Promise<BegunDelivery>): Promise<FrameContent> {
  const { delivery } = await beginning;
  const parts = await delivery.bring(frameParts);
  const script = await unpack(parts["frame-entry.js"]);
  const payload: FramePayload = { ...parts, traced: isTraced() };
  return { script: new Uint8Array(await script.arrayBuffer()), payload, transfer: [] };
}

/**
 * With `?strace=1` in the page's address, what processes ask the kernel is written to the browser's console, as strace
 * does.
 */
function isTraced(): boolean {
  return new URLSearchParams(location.search).get("strace") === "1";
}

/**
 * Hands each part to the frame as it comes. The first has the line for itself: a slow one is then waited for while the
 * first is compiled.
 */
async function handOver(
  { delivery, later: [first, ...others] }: BegunDelivery,
  opening: Promise<OpenFrame>,
): Promise<void> {
  const give = async (name: MachinePart, part: DeliveredPart) => (await opening).line.there.take(name, part);
  const given: Promise<void>[] = [];
  if (first) given.push(give(first, await delivery.bringOne(first)));
  given.push(...others.map(async (name) => give(name, await delivery.bringOne(name))));
  await Promise.all(given);
}

/** A part that is needed only now: kept at an earlier visit, or fetched, and then kept. Rejects with `MachineError`. */
async function bringLater(siteRoot: URL, cache: ImageCache, manifest: Manifest, name: LaterPart): Promise<Blob> {
  const delivery = await ImageDelivery.begin(siteRoot, manifest, cache, [name], () => {}, undefined);
  const part = await delivery.bringOne(name);
  const content = await unpack(part);
  if ("compressed" in part) await cache.write(manifest.parts[name].file, content);
  return content;
}

/**
 * For the next visit: what was unpacked now, and nothing of an older build. The frame has unpacked it, which is not
 * trusted: what is not what the manifest names is not kept.
 */
async function cacheImage(cache: ImageCache, manifest: Manifest, unpacked: ReadonlyMap<PartName, Blob>): Promise<void> {
  const files = Object.values(manifest.parts).map(({ file }) => file);
  await cache.deleteOthers([...files, templateName(manifest.key)]);
  for (const [name, content] of unpacked) {
    if (await isPart(manifest.parts[name], content)) await cache.write(manifest.parts[name].file, content);
  }
}

function kernelCrashed(reason: string): MachineError {
  return new MachineError("kernel-crashed", words.kernelCrashed(reason));
}

function lineBroken(reason: string): MachineError {
  return new MachineError("line-broken", words.lineBroken(reason));
}

function checkBrowser(): void {
  if (typeof WebAssembly !== "object") throw new MachineError("no-webassembly", words.noWebAssembly);
  if (!("Suspending" in WebAssembly)) throw new MachineError("no-jspi", words.noSuspending);
}

class PythonMachine implements Machine {
  readonly kind = "python";
  readonly capabilities: Capabilities = {
    signals: true,
    connect: true,
    requestEvents: true,
    parallelCores: true,
    preemption: true,
    warms: true,
  };

  constructor(
    private readonly frame: SealedFrame,
    private readonly hosts: RemoteHosts,
    /** The kernel's clock less the page's. */
    private readonly clockOffset: Milliseconds,
    readonly components: readonly Component[],
    readonly crashed: Promise<MachineError>,
  ) {}

  now(): Milliseconds {
    return performance.now() + this.clockOffset;
  }

  host(name: string): Promise<Host> {
    return this.hosts.host(name);
  }

  dispose(): void {
    this.hosts.close();
    this.frame.dispose();
  }
}
