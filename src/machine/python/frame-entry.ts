/** Runs in the sealed frame: compiles the interpreter once, makes the template, starts workers for the kernel. */
import * as Comlink from "comlink";
import { type Delivered, type frameParts, type machineParts, type PartName, preparedCode } from "./image";
import type { ProcessStart } from "./kernel/syscalls";
import type { KernelTask } from "./kernel-worker";
import { LightWorkers } from "./light-workers";
import type { ImageFile } from "./process/image-file";
import type { InterpreterImage } from "./process/interpreter";
import { makeTemplate, ProcessWorkers } from "./process-workers";
import { lightProgramName } from "./programs/light-program-names";
import { SpareWorkers } from "./spare-workers";
import { unpack } from "./unpack";
import type { WorkerFactory, WorkerId } from "./worker-factory";

/** What the page sends along with this script: what workers load before they know what they are for. */
export type FramePayload = Delivered<(typeof frameParts)[number]>;

/** What the machine starts with; the byte code only where there is no template. */
export type MachinePayload = Delivered<(typeof machineParts)[number]> & Partial<Delivered<typeof preparedCode>>;

/** What the page calls. */
export interface FrameApi {
  /**
   * Boots. `template` is the one that was kept from an earlier visit, `kernelPort` the page's line to the kernel. Resolves with the parts that
   * were unpacked here.
   */
  boot(
    payload: MachinePayload,
    template: ArrayBuffer | undefined,
    kernelPort: MessagePort,
    listener: BootListener,
  ): Promise<ReadonlyMap<PartName, Blob>>;
}

/** What the page wants to hear. */
export interface BootListener {
  step(step: string): void;
  /** A copy of a template that was made here, in a worker in which no program has run: worth keeping. */
  newTemplate(template: ArrayBuffer): void;
  /** The kernel has ended by itself. */
  crash(reason: string): void;
}

declare global {
  var startMachine: (payload: FramePayload, port: MessagePort) => void;
}

globalThis.startMachine = (payload, port) => {
  Comlink.expose(new Frame(payload), port);
};

class Frame implements FrameApi {
  private readonly unpacked = new Map<PartName, Blob>();
  /** While the rest is on its way, spare workers load their scripts. */
  private readonly workers: Promise<{ emscriptenScript: string; spares: SpareWorkers }>;

  constructor(payload: FramePayload) {
    this.workers = Promise.all([
      this.scriptUrl("process-worker.js", payload),
      this.scriptUrl("pyodide.asm.mjs", payload),
    ]).then(([script, emscriptenScript]) => {
      const spares = new SpareWorkers(script, emscriptenScript);
      spares.fill();
      return { emscriptenScript, spares };
    });
  }

  async boot(
    payload: MachinePayload,
    template: ArrayBuffer | undefined,
    kernelPort: MessagePort,
    listener: BootListener,
  ): Promise<ReadonlyMap<PartName, Blob>> {
    listener.step("Compiling CPython");
    // Compiled by other threads, while this one unpacks the rest.
    const compiled = this.part("pyodide.asm.wasm", payload).then(async (wasm) =>
      WebAssembly.compile(await wasm.arrayBuffer()),
    );
    const [wasm, { emscriptenScript, spares }, standardLibrary, posixLayer, sitePackages, code] = await Promise.all([
      compiled,
      this.workers,
      this.file("python_stdlib.zip", payload),
      this.file("posix-layer.zip", payload),
      this.file("site-packages.zip", payload),
      this.preparedCode(payload),
    ]);
    const image: InterpreterImage = { wasm, emscriptenScript, standardLibrary, posixLayer, sitePackages };
    if (!template) listener.step("Starting CPython and importing the servers");
    const made = template ?? (await makeTemplate(spares.take(), image, code));
    if (!template) listener.newTemplate(made);
    listener.step("Starting the kernel");
    const workers = new ProcessWorkers(spares, image, made, template !== undefined, (renewed) =>
      listener.newTemplate(renewed),
    );
    const [kernel, light] = await Promise.all([
      this.scriptUrl("kernel-worker.js", payload),
      this.scriptUrl("program-worker.js", payload),
    ]);
    startKernel(kernel, new LightWorkers(light), kernelPort, workers, (reason) => listener.crash(reason));
    return this.unpacked;
  }

  private async preparedCode(payload: MachinePayload): Promise<Blob | undefined> {
    const part = payload[preparedCode];
    return part && unpack(part);
  }

  private async part<Name extends PartName>(name: Name, payload: Delivered<Name>): Promise<Blob> {
    const part = payload[name];
    const blob = await unpack(part);
    if ("compressed" in part) this.unpacked.set(name, blob);
    return blob;
  }

  private async scriptUrl<Name extends PartName>(name: Name, payload: Delivered<Name>): Promise<string> {
    const blob = await this.part(name, payload);
    return URL.createObjectURL(blob.slice(0, blob.size, "text/javascript"));
  }

  private async file<Name extends PartName>(name: Name, payload: Delivered<Name>): Promise<ImageFile> {
    const blob = await this.part(name, payload);
    return { url: URL.createObjectURL(blob), size: blob.size };
  }
}

function startKernel(
  script: string,
  light: LightWorkers,
  pagePort: MessagePort,
  workers: ProcessWorkers,
  onCrash: (reason: string) => void,
): void {
  const kernel = new Worker(script);
  kernel.onerror = (event) => onCrash(event.message);
  const channel = new MessageChannel();
  const crashes = new MessageChannel();
  const factory: WorkerFactory = {
    start: (id: WorkerId, start: ProcessStart, port: MessagePort, clockOrigin: number) => {
      const isLight = !start.image && lightProgramName(start.argv[0] ?? "") !== undefined;
      const crashed = (reason: string) => crashes.port1.postMessage({ id, reason });
      (isLight ? light : workers).start(id, start, port, clockOrigin, crashed);
    },
    terminate: (id: WorkerId) => {
      if (!light.terminate(id)) workers.terminate(id);
    },
  };
  Comlink.expose(factory, channel.port1);
  const task: KernelTask = { pagePort, factoryPort: channel.port2, crashPort: crashes.port2 };
  kernel.postMessage(task, [pagePort, channel.port2, crashes.port2]);
}
