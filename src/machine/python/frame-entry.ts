/** Runs in the sealed frame: compiles the interpreter once, makes the template, starts workers for the kernel. */
import * as Comlink from "comlink";
import type { Image } from "./image";
import type { KernelTask } from "./kernel-worker";
import type { InterpreterImage } from "./process/interpreter";
import type { TemplateMade, WorkerTask } from "./process/process-worker";
import type { WorkerFactory, WorkerId } from "./worker-factory";

/** What the page sends along with this script. */
export interface FramePayload {
  readonly image: Image;
  /** A template that was kept from an earlier visit. */
  readonly template?: ArrayBuffer;
}

/** What the page calls. */
export interface FrameApi {
  /** Boots; resolves to the template if it had to be made. `kernelPort` is the page's line to the kernel. */
  boot(kernelPort: MessagePort, onStep: (step: string) => void): Promise<void>;
  /** A copy of the template, to be kept. */
  template(): ArrayBuffer | undefined;
}

declare global {
  var startMachine: (payload: FramePayload, port: MessagePort) => void;
}

globalThis.startMachine = (payload, port) => {
  Comlink.expose(new Frame(payload), port);
};

class Frame implements FrameApi {
  private readonly workers = new Map<WorkerId, Worker>();
  private readonly processScript: string;
  private image: InterpreterImage | undefined;
  private templateMemory: ArrayBuffer | undefined;

  constructor(private readonly payload: FramePayload) {
    this.processScript = scriptUrl(payload.image["process-worker.js"]);
    this.templateMemory = payload.template;
  }

  async boot(kernelPort: MessagePort, onStep: (step: string) => void): Promise<void> {
    const parts = this.payload.image;
    onStep("Compiling CPython");
    this.image = {
      wasm: await WebAssembly.compile(parts["pyodide.asm.wasm"]),
      emscriptenScript: scriptUrl(parts["pyodide.asm.mjs"]),
      standardLibrary: parts["python_stdlib.zip"],
      posixLayer: parts["posix-layer.zip"],
      sitePackages: parts["site-packages.zip"],
    };
    if (!this.templateMemory) {
      onStep("Starting CPython and importing the servers");
      this.templateMemory = await this.makeTemplate(this.image);
    }
    onStep("Starting the kernel");
    this.startKernel(kernelPort);
  }

  template(): ArrayBuffer | undefined {
    return this.templateMemory;
  }

  private makeTemplate(image: InterpreterImage): Promise<ArrayBuffer> {
    const worker = new Worker(this.processScript);
    return new Promise<ArrayBuffer>((resolve, reject) => {
      worker.onmessage = (event: MessageEvent<TemplateMade>) => resolve(event.data.template);
      worker.onerror = (event) => reject(new Error(`CPython did not start: ${event.message}`));
      const task: WorkerTask = { task: "template", image };
      worker.postMessage(task);
    }).finally(() => worker.terminate());
  }

  private startKernel(pagePort: MessagePort): void {
    const worker = new Worker(scriptUrl(this.payload.image["kernel-worker.js"]));
    const channel = new MessageChannel();
    const crashes = new MessageChannel();
    const tellCrash = (id: WorkerId, reason: string) => crashes.port1.postMessage({ id, reason });
    const factory: WorkerFactory = {
      start: (id, start, port, clockOrigin) => {
        if (!this.image) throw new Error("The frame has not booted");
        const process = new Worker(this.processScript);
        process.onerror = (event) => tellCrash(id, event.message);
        process.onmessageerror = () => tellCrash(id, "a message could not be read");
        this.workers.set(id, process);
        const task: WorkerTask = {
          task: "process",
          image: this.image,
          ...(start.image || !this.templateMemory ? {} : { template: this.templateMemory }),
          start,
          port,
          clockOrigin,
        };
        process.postMessage(task, [port, ...(start.image ? [start.image.memory] : [])]);
      },
      terminate: (id) => {
        this.workers.get(id)?.terminate();
        this.workers.delete(id);
      },
    };
    Comlink.expose(factory, channel.port1);
    const task: KernelTask = { pagePort, factoryPort: channel.port2, crashPort: crashes.port2 };
    worker.postMessage(task, [pagePort, channel.port2, crashes.port2]);
  }
}

function scriptUrl(script: Uint8Array<ArrayBuffer>): string {
  return URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
}
