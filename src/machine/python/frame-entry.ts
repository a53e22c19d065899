/** Runs in the sealed frame: compiles the interpreter once, makes the template, starts workers for the kernel. */
import * as Comlink from "comlink";
import type { Image } from "./image";
import type { ProcessStart } from "./kernel/syscalls";
import type { KernelTask } from "./kernel-worker";
import { LightWorkers } from "./light-workers";
import type { InterpreterImage } from "./process/interpreter";
import { makeTemplate, ProcessWorkers } from "./process-workers";
import { lightProgramName } from "./programs/light-program-names";
import { releaseBuffer } from "./release-buffer";
import { SpareWorkers } from "./spare-workers";
import type { WorkerFactory, WorkerId } from "./worker-factory";

/** What the page sends along with this script. */
export interface FramePayload {
  readonly image: Image;
  /** A template that was kept from an earlier visit. */
  readonly template?: ArrayBuffer;
}

/** What the page calls. */
export interface FrameApi {
  /** Boots. `kernelPort` is the page's line to the kernel. */
  boot(kernelPort: MessagePort, listener: BootListener): Promise<void>;
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
  constructor(private readonly payload: FramePayload) {}

  async boot(kernelPort: MessagePort, listener: BootListener): Promise<void> {
    const parts = this.payload.image;
    const script = scriptUrl(parts["process-worker.js"]);
    const emscriptenScript = scriptUrl(parts["pyodide.asm.mjs"]);
    const spares = new SpareWorkers(script, emscriptenScript);
    const kept = this.payload.template;
    // While CPython is being compiled; where there is no template yet, making one needs the cores more.
    if (kept) spares.fill();
    listener.step("Compiling CPython");
    const image: InterpreterImage = {
      wasm: await WebAssembly.compile(parts["pyodide.asm.wasm"]),
      emscriptenScript,
      standardLibrary: parts["python_stdlib.zip"],
      posixLayer: parts["posix-layer.zip"],
      sitePackages: parts["site-packages.zip"],
    };
    if (!kept) listener.step("Starting CPython and importing the servers");
    const template = kept ?? (await makeTemplate(script, image));
    if (!kept) listener.newTemplate(template);
    releaseBuffer(parts["pyodide.asm.wasm"].buffer);
    listener.step("Starting the kernel");
    const workers = new ProcessWorkers(script, spares, image, template, kept !== undefined, (made) =>
      listener.newTemplate(made),
    );
    startKernel(parts, kernelPort, workers, (reason) => listener.crash(reason));
  }
}

function startKernel(
  parts: Image,
  pagePort: MessagePort,
  workers: ProcessWorkers,
  onCrash: (reason: string) => void,
): void {
  const kernel = new Worker(scriptUrl(parts["kernel-worker.js"]));
  kernel.onerror = (event) => onCrash(event.message);
  const channel = new MessageChannel();
  const crashes = new MessageChannel();
  const light = new LightWorkers(scriptUrl(parts["program-worker.js"]));
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

function scriptUrl(script: Uint8Array<ArrayBuffer>): string {
  return URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
}
