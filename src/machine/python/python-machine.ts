import * as Comlink from "comlink";
import {
  type Capabilities,
  type Component,
  type Host,
  type Machine,
  MachineError,
  type Milliseconds,
  type OpenOptions,
  type Progress,
} from "../machine";
import { RemoteHost } from "../remote/remote-host";
import { type FrameContent, openSealedFrame, type SealedFrame } from "../sealed-frame/sealed-frame";
import { pythonComponents } from "./components";
import type { BootListener, FrameApi } from "./frame-entry";
import {
  type DeliveredPart,
  fetchManifest,
  frameParts,
  ImageDelivery,
  type MachinePart,
  type Manifest,
  machineParts,
  type PartName,
  preparedCode,
} from "./image";
import { KeptFiles } from "./kept-files";
import { keepTemplate, templateName } from "./kept-template";
import type { HostUsage } from "./kernel/kernel-host";
import type { KernelService } from "./kernel-service";
import { releaseBuffer } from "./release-buffer";
import { unpack } from "./unpack";

/** Share of the opening that the download takes, for the progress bar. */
const downloadShare = 0.6;

/** Opens a Python machine. Rejects with `MachineError`. */
export async function openPythonMachine({ siteRoot, onProgress = () => {}, signal }: OpenOptions): Promise<Machine> {
  checkBrowser();
  const reportDownload = ({ step, fraction }: Progress) => onProgress({ step, fraction: fraction * downloadShare });
  const beginning = beginDelivery(siteRoot, reportDownload, signal);
  const opening = openFrame(siteRoot, beginning);
  let begun: BegunDelivery;
  let opened: OpenFrame;
  try {
    begun = await beginning;
    const { keptTemplate } = begun;
    const template = keptTemplate && opening.then(({ api }) => api.takeTemplate(keptTemplate));
    [opened] = await Promise.all([opening, handOver(begun, opening), template]);
    signal?.throwIfAborted();
  } catch (error) {
    opening.then(
      ({ frame }) => frame.dispose(),
      () => {}, // Then there is none, and `error` says why.
    );
    throw error;
  }
  const { manifest, kept } = begun;
  const { frame, api } = opened;
  const { port1, port2 } = new MessageChannel();
  const crash = Promise.withResolvers<MachineError>();
  let fraction = downloadShare;
  const listener: BootListener = {
    step(step) {
      fraction += (1 - downloadShare) / 4;
      onProgress({ step, fraction });
    },
    newTemplate: (made) => void keepTemplate(kept, manifest.key, made).finally(() => releaseBuffer(made)),
    crash: (reason) => crash.resolve(kernelCrashed(reason)),
  };
  try {
    const unpacked = await api.boot(Comlink.transfer(port2, [port2]), Comlink.proxy(listener));
    void keepImage(kept, manifest, unpacked);
    signal?.throwIfAborted();
    const kernel = Comlink.wrap<KernelService>(port1);
    const offset = (await kernel.now()) - performance.now();
    return new PythonMachine(frame, api, kernel, offset, pythonComponents(manifest), crash.promise);
  } catch (error) {
    frame.dispose();
    if (signal?.aborted) throw error;
    throw new MachineError(
      "boot-failed",
      `The Python machine did not start: ${error instanceof Error ? error.message : String(error)}`,
      "Reload the page and try again; if it fails again, close other tabs to free memory.",
    );
  }
}

/** The image on its way. */
interface BegunDelivery {
  readonly manifest: Manifest;
  readonly kept: KeptFiles;
  /** The template of an earlier visit. */
  readonly keptTemplate: Blob | undefined;
  /** What is delivered once the frame has begun. */
  readonly later: readonly MachinePart[];
  readonly delivery: ImageDelivery;
}

async function beginDelivery(
  siteRoot: URL,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal | undefined,
): Promise<BegunDelivery> {
  const [manifest, kept] = await Promise.all([fetchManifest(siteRoot, signal), KeptFiles.open(siteRoot)]);
  const keptTemplate = await kept.read(templateName(manifest.key));
  const later: readonly MachinePart[] = keptTemplate ? machineParts : [...machineParts, preparedCode];
  const names = [...frameParts, ...later];
  const delivery = await ImageDelivery.begin(siteRoot, manifest, kept, names, onProgress, signal);
  return { manifest, kept, keptTemplate, later, delivery };
}

/** The sealed frame, and the page's line to what runs in it. */
interface OpenFrame {
  readonly frame: SealedFrame;
  readonly api: Comlink.Remote<FrameApi>;
}

/** The frame opens while what it starts with is on its way. */
async function openFrame(siteRoot: URL, beginning: Promise<BegunDelivery>): Promise<OpenFrame> {
  const frame = await openSealedFrame(siteRoot, frameContent(beginning));
  return { frame, api: Comlink.wrap<FrameApi>(frame.port) };
}

async function frameContent(beginning: Promise<BegunDelivery>): Promise<FrameContent> {
  const { delivery } = await beginning;
  const payload = await delivery.bring(frameParts);
  const script = await unpack(payload["frame-entry.js"]);
  return { script: new Uint8Array(await script.arrayBuffer()), payload, transfer: [] };
}

/** Hands each part to the frame as it comes. The first has the line for itself: a slow one is then waited for while the first is compiled. */
async function handOver(
  { delivery, later: [first, ...others] }: BegunDelivery,
  opening: Promise<OpenFrame>,
): Promise<void> {
  const give = async (name: MachinePart, part: DeliveredPart) => (await opening).api.take(name, part);
  const given: Promise<void>[] = [];
  if (first) given.push(give(first, await delivery.bringOne(first)));
  given.push(...others.map(async (name) => give(name, await delivery.bringOne(name))));
  await Promise.all(given);
}

/** For the next visit: what was unpacked now, and nothing of an older build. */
async function keepImage(kept: KeptFiles, manifest: Manifest, unpacked: ReadonlyMap<PartName, Blob>): Promise<void> {
  const files = Object.values(manifest.parts).map(({ file }) => file);
  await kept.keepOnly([...files, templateName(manifest.key)]);
  for (const [name, content] of unpacked) await kept.keep(manifest.parts[name].file, content);
}

function kernelCrashed(reason: string): MachineError {
  return new MachineError(
    "kernel-crashed",
    `The kernel of the Python machine stopped: ${reason}`,
    "Start both servers again; what you wrote is kept.",
  );
}

function checkBrowser(): void {
  const wayOn = "Use a current Chrome, Edge, Firefox or Safari; the lesson can be read without.";
  if (typeof WebAssembly !== "object") {
    throw new MachineError("no-webassembly", "This browser has no WebAssembly, which CPython needs.", wayOn);
  }
  if (!("Suspending" in WebAssembly)) {
    throw new MachineError(
      "no-jspi",
      "This browser cannot suspend WebAssembly (JSPI), which waiting servers need.",
      wayOn,
    );
  }
}

class PythonMachine implements Machine {
  readonly kind = "python";
  readonly capabilities: Capabilities = {
    signals: true,
    connect: true,
    requestEvents: true,
    parallelCores: true,
    preemption: true,
  };
  private readonly hosts = new Map<string, Promise<Host>>();

  constructor(
    private readonly frame: SealedFrame,
    /** Held from before the boot on: once nobody holds it, Comlink hangs up, and an answer under way is lost. */
    private readonly api: Comlink.Remote<FrameApi>,
    private readonly kernel: Comlink.Remote<KernelService>,
    /** The kernel's clock less the page's. */
    private readonly clockOffset: Milliseconds,
    readonly components: readonly Component[],
    readonly crashed: Promise<MachineError>,
  ) {}

  now(): Milliseconds {
    return performance.now() + this.clockOffset;
  }

  host(name: string): Promise<Host> {
    let host = this.hosts.get(name);
    if (!host) {
      host = new PythonHost(this.kernel, name).listen();
      this.hosts.set(name, host);
    }
    return host;
  }

  dispose(): void {
    this.api[Comlink.releaseProxy]();
    this.frame.dispose();
  }
}

/** A host of a Python machine. */
export class PythonHost extends RemoteHost {
  constructor(
    private readonly kernel: Comlink.Remote<KernelService>,
    name: string,
  ) {
    super(kernel, name);
  }

  /** What the kernel holds for this host. Not of the contract: for tests that look for leaks. */
  usage(): Promise<HostUsage> {
    return this.kernel.usage(this.name);
  }
}
