import * as Comlink from "comlink";
import type { LoadPlan } from "../../load/plan";
import { withFileErrors } from "../file-errors";
import {
  type Capabilities,
  type Component,
  type Connection,
  type Host,
  type HttpRequest,
  type HttpResponse,
  type LoadRun,
  type Machine,
  MachineError,
  type Milliseconds,
  type OpenOptions,
  type Pid,
  type Port,
  type Process,
  type ProcessInfo,
  type Progress,
  type RequestEvent,
  type Signal,
  type SpawnOptions,
} from "../machine";
import { Listeners, ObservableValue } from "../observable-value";
import { openSealedFrame, type SealedFrame } from "../sealed-frame/sealed-frame";
import { pythonComponents } from "./components";
import type { BootListener, FrameApi, MachinePayload } from "./frame-entry";
import {
  fetchManifest,
  frameParts,
  ImageDelivery,
  type Manifest,
  machineParts,
  type PartName,
  preparedCode,
} from "./image";
import { KeptFiles } from "./kept-files";
import { keepTemplate, readTemplate, templateName } from "./kept-template";
import type { HostUsage } from "./kernel/kernel-host";
import type { KernelService } from "./kernel-service";
import { releaseBuffer } from "./release-buffer";
import { RemoteLoad, RemoteProcess } from "./remote-process";
import { unpack } from "./unpack";

/** Share of the opening that the download takes, for the progress bar. */
const downloadShare = 0.6;

/** Opens a Python machine. Rejects with `MachineError`. */
export async function openPythonMachine({ siteRoot, onProgress = () => {}, signal }: OpenOptions): Promise<Machine> {
  checkBrowser();
  const [manifest, kept] = await Promise.all([fetchManifest(siteRoot, signal), KeptFiles.open()]);
  const keptTemplate = await kept.read(templateName(manifest.key));
  const later: readonly PartName[] = keptTemplate ? machineParts : [...machineParts, preparedCode];
  const reportDownload = ({ step, fraction }: Progress) => onProgress({ step, fraction: fraction * downloadShare });
  const delivery = await ImageDelivery.begin(
    siteRoot,
    manifest,
    kept,
    [...frameParts, ...later],
    reportDownload,
    signal,
  );
  const opening = openFrame(siteRoot, delivery);
  let opened: [SealedFrame, MachinePayload, ArrayBuffer | undefined];
  try {
    opened = await Promise.all([opening, delivery.bring(later), keptTemplate && readTemplate(keptTemplate)]);
    signal?.throwIfAborted();
  } catch (error) {
    opening.then(
      (frame) => frame.dispose(),
      () => {}, // Then there is none, and `error` says why.
    );
    throw error;
  }
  const [frame, payload, template] = opened;
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
    const api = Comlink.wrap<FrameApi>(frame.port);
    const handedOver = template && Comlink.transfer(template, [template]);
    const unpacked = await api.boot(payload, handedOver, Comlink.transfer(port2, [port2]), Comlink.proxy(listener));
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

async function openFrame(siteRoot: URL, delivery: ImageDelivery): Promise<SealedFrame> {
  const parts = await delivery.bring(frameParts);
  const script = await unpack(parts["frame-entry.js"]);
  return openSealedFrame(siteRoot, new Uint8Array(await script.arrayBuffer()), parts, []);
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
      host = PythonHost.open(this.kernel, name);
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
export class PythonHost implements Host {
  readonly processes = new ObservableValue<readonly ProcessInfo[]>([]);
  readonly ports = new ObservableValue<readonly Port[]>([]);
  private readonly fileChanges = new Listeners<string>();
  private readonly requestEvents = new Listeners<readonly RequestEvent[]>();

  private constructor(
    private readonly kernel: Comlink.Remote<KernelService>,
    readonly name: string,
  ) {}

  static async open(kernel: Comlink.Remote<KernelService>, name: string): Promise<Host> {
    const host = new PythonHost(kernel, name);
    await kernel.listen(
      name,
      Comlink.proxy({
        processes: (processes: readonly ProcessInfo[]) => host.processes.set(processes),
        ports: (ports: readonly Port[]) => host.ports.set(ports),
        fileChanged: (path: string) => host.fileChanges.tell(path),
        requestEvents: (events: readonly RequestEvent[]) => host.requestEvents.tell(events),
      }),
    );
    return host;
  }

  writeFile(path: string, content: string | Uint8Array): Promise<void> {
    return withFileErrors(path, this.kernel.writeFile(this.name, path, content));
  }

  readFile(path: string): Promise<Uint8Array> {
    return withFileErrors(path, this.kernel.readFile(this.name, path));
  }

  removeFile(path: string): Promise<void> {
    return withFileErrors(path, this.kernel.removeFile(this.name, path));
  }

  listFiles(folder: string): Promise<readonly string[]> {
    return withFileErrors(folder, this.kernel.listFiles(this.name, folder));
  }

  onFileChange(listener: (path: string) => void): () => void {
    return this.fileChanges.add(listener);
  }

  async spawn(argv: readonly string[], options: SpawnOptions = {}): Promise<Process> {
    return RemoteProcess.adopt(await this.kernel.spawn(this.name, argv, options), (pid, signal) =>
      this.kill(pid, signal),
    );
  }

  kill(pid: Pid, signal: Signal): Promise<void> {
    return this.kernel.kill(this.name, pid, signal);
  }

  async connect(port: Port): Promise<Connection> {
    const connection = await this.kernel.connect(this.name, port);
    return {
      read: () => connection.read(),
      write: (bytes) => connection.write(bytes),
      end: () => void connection.end(),
      close: () => void connection.close(),
    };
  }

  request(port: Port, request: HttpRequest): Promise<HttpResponse> {
    return this.kernel.request(this.name, port, request);
  }

  load(port: Port, plan: LoadPlan): LoadRun {
    return new RemoteLoad((onTick) => this.kernel.load(this.name, port, plan, onTick));
  }

  /** What the kernel holds for this host. Not of the contract: for tests that look for leaks. */
  usage(): Promise<HostUsage> {
    return this.kernel.usage(this.name);
  }

  onRequestEvent(listener: (events: readonly RequestEvent[]) => void): () => void {
    return this.requestEvents.add(listener);
  }

  stop(): Promise<void> {
    return this.kernel.stop(this.name);
  }

  restoreFiles(): Promise<void> {
    return this.kernel.restoreFiles(this.name);
  }
}
