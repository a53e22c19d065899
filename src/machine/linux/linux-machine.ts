import { type Callable, Handover, openGate } from "../../gate/gate.ts";
import { linuxMachineStrings } from "../../strings/strings.ts";
import {
  type Capabilities,
  type Component,
  type Host,
  type Machine,
  MachineError,
  type Milliseconds,
  type OpenOptions,
} from "../machine.ts";
import { machineErrors } from "../remote/machine-errors.ts";
import { RemoteHosts } from "../remote/remote-hosts.ts";
import { openSealedFrame, type SealedFrame } from "../sealed-frame/sealed-frame.ts";
import { awaitSituation } from "./await-situation.ts";
import { bootNews, guestCalls } from "./boot-contract.ts";
import { linuxComponents } from "./components.ts";
import type { LinuxFramePayload } from "./frame-entry.ts";
import { fetchLinuxImage, plainSituation } from "./image.ts";

/** Share of the opening that the download takes, for the progress bar. */
const downloadShare = 0.8;

/** Gigabytes, as browsers round them. The machine takes up to 0.7, beside the page and the browser. */
const leastMemory = 2;

const words = linuxMachineStrings;

/** Opens a Linux machine. Rejects with `MachineError`. */
export async function openLinuxMachine({
  siteRoot,
  onProgress = () => {},
  signal,
  situation: name,
}: OpenOptions): Promise<Machine> {
  checkBrowser();
  const { manifest, situation } = await awaitSituation({ siteRoot, name, onProgress, signal });
  const { image, discParts } = await fetchLinuxImage(
    { siteRoot, manifest, situation },
    ({ step, fraction }) => onProgress({ step, fraction: fraction * downloadShare }),
    signal,
  );
  signal?.throwIfAborted();
  const { "frame-entry.js": script, ...parts } = image;
  const payload: LinuxFramePayload = {
    image: parts,
    discSize: manifest.disc.size,
    debian: situation.debian ?? plainSituation,
  };
  const transfer = Object.values(parts).map(({ buffer }) => buffer);
  const frame = await openSealedFrame(siteRoot, { script, payload, transfer });
  const page = new MessageChannel();
  const listening = new MessageChannel();
  const crash = Promise.withResolvers<MachineError>();
  const started = Promise.withResolvers<void>();
  let fraction = downloadShare;
  const refused = (reason: string) => {
    started.reject(bootFailed(reason));
    crash.resolve(guestEnded(reason));
  };
  const worker = openGate(listening.port1, {
    offers: bootNews,
    does: {
      step(step) {
        fraction += (1 - downloadShare) / 3;
        onProgress({ step, fraction });
      },
      ready: () => started.resolve(),
      failed: (reason) => started.reject(bootFailed(reason)),
      crash: (reason) => crash.resolve(guestEnded(reason)),
      async part(index) {
        try {
          const bytes = new Uint8Array(await discParts.give(index));
          return new Handover(bytes, [bytes.buffer]);
        } catch (error) {
          if (error instanceof MachineError) crash.resolve(error);
          throw error;
        }
      },
    },
    expects: guestCalls,
    errors: machineErrors,
    refused,
  });
  const hosts = new RemoteHosts(page.port1, refused);
  const abort = () => started.reject(signal?.reason);
  signal?.addEventListener("abort", abort);
  try {
    frame.port.postMessage(null, [page.port2, listening.port2]);
    await started.promise;
    signal?.throwIfAborted();
    const offset = (await hosts.now()) - performance.now();
    return new LinuxMachine({ frame, hosts, guest: worker.there }, offset, linuxComponents(manifest), crash.promise);
  } catch (error) {
    hosts.close();
    frame.dispose();
    throw error;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

function checkBrowser(): void {
  if (typeof WebAssembly !== "object") {
    throw new MachineError("no-webassembly", words.noWebAssembly);
  }
  const memory: unknown = Reflect.get(navigator, "deviceMemory");
  if (typeof memory === "number" && memory < leastMemory) {
    throw new MachineError("too-little-memory", words.tooSmallDevice);
  }
}

function bootFailed(reason: string): MachineError {
  if (/memory/i.test(reason)) {
    return new MachineError("too-little-memory", words.outOfMemory);
  }
  return new MachineError("boot-failed", words.bootFailed(reason));
}

function guestEnded(reason: string): MachineError {
  return new MachineError("guest-panicked", words.guestEnded(reason));
}

class LinuxMachine implements Machine {
  readonly kind = "linux";
  readonly capabilities: Capabilities = {
    signals: true,
    connect: true,
    requestEvents: true,
    // The emulated PC has one processor.
    parallelCores: false,
    preemption: true,
    warms: true,
    restored: true,
  };

  constructor(
    private readonly parts: {
      readonly frame: SealedFrame;
      readonly hosts: RemoteHosts;
      readonly guest: Callable<typeof guestCalls>;
    },
    /** The worker's clock less the page's. */
    private readonly clockOffset: Milliseconds,
    readonly components: readonly Component[],
    readonly crashed: Promise<MachineError>,
  ) {
    document.addEventListener("visibilitychange", this.#followVisibility);
  }

  now(): Milliseconds {
    return performance.now() + this.clockOffset;
  }

  host(name: string): Promise<Host> {
    return this.parts.hosts.host(name);
  }

  dispose(): void {
    document.removeEventListener("visibilitychange", this.#followVisibility);
    this.parts.hosts.close();
    this.parts.frame.dispose();
  }

  /** A page that nobody sees costs nothing. */
  readonly #followVisibility = () => {
    const { guest } = this.parts;
    // One that has ended meanwhile stands still anyway: `crashed` says why.
    void (document.hidden ? guest.pause() : guest.resume()).catch(() => {});
  };
}
