/** Runs in the sealed frame: compiles the interpreter once, makes the template, starts workers for the kernel. */
import * as Comlink from "comlink";
import {
  type Delivered,
  type DeliveredPart,
  type frameParts,
  type MachinePart,
  type PartName,
  preparedCode,
} from "./image";
import { readTemplate } from "./kept-template";
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

/** What the page calls. */
export interface FrameApi {
  /** Takes a part of the machine, and begins with what can be done with it alone. */
  take(name: MachinePart, part: DeliveredPart): void;

  /** Takes the template that was kept from an earlier visit, and begins to read it. */
  takeTemplate(kept: Blob): void;

  /**
   * Boots with what it has taken: all parts, the byte code only where there is no template. `kernelPort` is the page's line to the kernel. Resolves
   * with the parts that were unpacked here.
   */
  boot(kernelPort: MessagePort, listener: BootListener): Promise<ReadonlyMap<PartName, Blob>>;
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
  private readonly taken = new Map<MachinePart, Promise<Blob>>();
  /** Compiled by other threads, while this one unpacks the rest. */
  private compiled: Promise<WebAssembly.Module> | undefined;
  /** The one that was kept; undefined where it is damaged. */
  private template: Promise<ArrayBuffer | undefined> | undefined;
  /** The kernel's worker, which loads its script while the rest is on its way. */
  private kernel: Promise<Worker> | undefined;
  /** So do the spare workers. */
  private readonly workers: Promise<{ emscriptenScript: string; spares: SpareWorkers }>;

  constructor(payload: FramePayload) {
    this.workers = Promise.all([
      this.unpack("process-worker.js", payload["process-worker.js"]).then(scriptUrl),
      this.unpack("pyodide.asm.mjs", payload["pyodide.asm.mjs"]).then(scriptUrl),
    ]).then(([script, emscriptenScript]) => {
      const spares = new SpareWorkers(script, emscriptenScript);
      spares.fill();
      return { emscriptenScript, spares };
    });
  }

  take(name: MachinePart, part: DeliveredPart): void {
    const blob = this.unpack(name, part);
    this.taken.set(name, blob);
    if (name === "pyodide.asm.wasm") this.compiled = blob.then(compile);
    if (name === "kernel-worker.js") this.kernel = blob.then((script) => new Worker(scriptUrl(script)));
    // Whoever boots hears of it.
    for (const promise of [blob, this.compiled, this.kernel]) promise?.catch(() => {});
  }

  takeTemplate(kept: Blob): void {
    this.template = readTemplate(kept);
    // Whoever boots hears of it.
    this.template.catch(() => {});
  }

  async boot(kernelPort: MessagePort, listener: BootListener): Promise<ReadonlyMap<PartName, Blob>> {
    listener.step("Compiling CPython");
    const [
      template,
      wasm,
      { emscriptenScript, spares },
      hashingScript,
      standardLibrary,
      posixLayer,
      sitePackages,
      code,
    ] = await Promise.all([
      this.template,
      this.compiled ?? missing("pyodide.asm.wasm"),
      this.workers,
      this.part("hashing.js").then(scriptUrl),
      this.part("python_stdlib.zip").then(imageFile),
      this.part("posix-layer.zip").then(imageFile),
      this.part("site-packages.zip").then(imageFile),
      this.taken.get(preparedCode),
    ]);
    const image: InterpreterImage = {
      wasm,
      emscriptenScript,
      hashingScript,
      standardLibrary,
      posixLayer,
      sitePackages,
    };
    if (!template) listener.step("Starting CPython and importing the servers");
    const made = template ?? (await makeTemplate(spares.take(), image, code));
    if (!template) listener.newTemplate(made);
    listener.step("Starting the kernel");
    const workers = new ProcessWorkers(spares, image, made, template !== undefined, (renewed) =>
      listener.newTemplate(renewed),
    );
    const [kernel, light] = await Promise.all([
      this.kernel ?? missing("kernel-worker.js"),
      this.part("program-worker.js").then(scriptUrl),
    ]);
    startKernel(kernel, new LightWorkers(light), kernelPort, workers, (reason) => listener.crash(reason));
    return this.unpacked;
  }

  private part(name: MachinePart): Promise<Blob> {
    return this.taken.get(name) ?? missing(name);
  }

  private async unpack(name: PartName, part: DeliveredPart): Promise<Blob> {
    const blob = await unpack(part);
    if ("compressed" in part) this.unpacked.set(name, blob);
    return blob;
  }
}

function missing(name: MachinePart): Promise<never> {
  return Promise.reject(new Error(`The frame was not given ${name}`));
}

async function compile(wasm: Blob): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await wasm.arrayBuffer());
}

function scriptUrl(script: Blob): string {
  return URL.createObjectURL(script.slice(0, script.size, "text/javascript"));
}

function imageFile(content: Blob): ImageFile {
  return { url: URL.createObjectURL(content), size: content.size };
}

function startKernel(
  kernel: Worker,
  light: LightWorkers,
  pagePort: MessagePort,
  workers: ProcessWorkers,
  onCrash: (reason: string) => void,
): void {
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
