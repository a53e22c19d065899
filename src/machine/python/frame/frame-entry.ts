/** Runs in the sealed frame: compiles the interpreter once, makes the template, starts workers for the kernel. */
import { type Callable, type Offered, openGate } from "../../../gate/gate.ts";
import { machineSteps } from "../../../strings/strings.ts";
import type { KernelTask } from "../kernel-worker/kernel-worker.ts";
import {
  type Delivered,
  type frameParts,
  type LaterPart,
  type MachinePart,
  type PartName,
  preparedCode,
} from "../page/image.ts";
import { readTemplate } from "../page/template-cache.ts";
import { type DeliveredPart, unpack } from "../page/unpack.ts";
import type { SharedImageFile } from "../process/files/image-file.ts";
import type { InterpreterImage } from "../process/interpreter.ts";
import { nativeProgramName } from "../programs/native-program-names.ts";
import { throughInterpreter } from "../programs/script-interpreter.ts";
import { textProgramNames } from "../programs/text/text-program-names.ts";
import { Archive } from "./archive.ts";
import { factoryCalls, factoryNews } from "./factory-contract.ts";
import { frameCalls, frameNews } from "./frame-contract.ts";
import { NativeWorkers } from "./native-workers.ts";
import { makeTemplateIn, ProcessWorkers } from "./process-workers.ts";
import { SpareWorkers } from "./spare-workers.ts";

/** What the page sends along with this script: what workers load before they know what they are for. */
export type FramePayload = Delivered<(typeof frameParts)[number]> & {
  /** System calls are written to the browser's console. */
  readonly traced: boolean;
};

declare global {
  var startMachine: (payload: FramePayload, port: MessagePort) => void;
}

globalThis.startMachine = (payload, port) => {
  const frame: Frame = new Frame(payload, () => page.there);
  const page = openGate(port, { offers: frameCalls, does: frame, expects: frameNews });
};

/** The page, as it is told. */
type Page = Callable<typeof frameNews>;

class Frame implements Offered<typeof frameCalls> {
  readonly #unpacked = new Map<Exclude<PartName, LaterPart>, Blob>();
  readonly #taken = new Map<MachinePart, Promise<Blob>>();
  /** Compiled by other threads, while this one unpacks the rest. */
  #compiled: Promise<WebAssembly.Module> | undefined;
  /** The one that was kept; undefined where it is damaged. */
  #template: Promise<ArrayBuffer | undefined> | undefined;
  /** The kernel's worker, which loads its script while the rest is on its way. */
  #kernel: Promise<Worker> | undefined;
  readonly #traced: boolean;
  /** So do the spare workers. */
  readonly #workers: Promise<{ emscriptenScript: string; spares: SpareWorkers }>;

  constructor(
    payload: FramePayload,
    private readonly page: () => Page,
  ) {
    this.#traced = payload.traced;
    this.#workers = Promise.all([
      this.#unpack("process-worker.js", payload["process-worker.js"]).then(scriptUrl),
      this.#unpack("pyodide.asm.mjs", payload["pyodide.asm.mjs"]).then(scriptUrl),
    ]).then(([script, emscriptenScript]) => {
      const spares = new SpareWorkers(script, emscriptenScript);
      spares.fill();
      return { emscriptenScript, spares };
    });
  }

  take(name: MachinePart, part: DeliveredPart): void {
    const blob = this.#unpack(name, part);
    this.#taken.set(name, blob);
    if (name === "pyodide.asm.wasm") this.#compiled = blob.then(compile);
    if (name === "kernel-worker.js") this.#kernel = blob.then((script) => new Worker(scriptUrl(script)));
    // Whoever boots hears of it.
    for (const promise of [blob, this.#compiled, this.#kernel]) promise?.catch(() => {});
  }

  takeTemplate(kept: Blob): void {
    this.#template = readTemplate(kept);
    // Whoever boots hears of it.
    this.#template.catch(() => {});
  }

  async boot(kernelPort: MessagePort): Promise<ReadonlyMap<Exclude<PartName, LaterPart>, Blob>> {
    const page = this.page();
    void page.step(machineSteps.compilingPython);
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
      this.#template,
      this.#compiled ?? missing("pyodide.asm.wasm"),
      this.#workers,
      this.#part("hashing.js").then(scriptUrl),
      this.#part("python_stdlib.zip").then(imageFile),
      this.#part("posix-layer.zip").then(imageFile),
      this.#part("site-packages.zip").then(imageFile),
      this.#taken.get(preparedCode),
    ]);
    const image: InterpreterImage = {
      wasm,
      emscriptenScript,
      hashingScript,
      standardLibrary,
      posixLayer,
      sitePackages,
    };
    if (!template) void page.step(machineSteps.importingServers);
    const made = template ?? (await makeTemplateIn(spares.take(), image, code));
    if (!template) void page.newTemplate(made);
    void page.step(machineSteps.startingKernel);
    const archive = new Archive({
      part: async (name) => (await page.bring(name)).unpacked,
      wheel: async (name) => (await page.bringWheel(name)).unpacked,
    });
    const workers = new ProcessWorkers(spares, image, made, template !== undefined, archive, (renewed) => {
      void page.newTemplate(renewed);
    });
    const kernel = await (this.#kernel ?? missing("kernel-worker.js"));
    const later = (name: LaterPart) => async () => scriptUrl((await page.bring(name)).unpacked);
    startKernel(
      kernel,
      { pagePort: kernelPort, traced: this.#traced },
      {
        native: new NativeWorkers(later("program-worker.js")),
        text: new NativeWorkers(later("text-worker.js")),
        workers,
      },
      (reason) => void page.crash(reason),
    );
    return this.#unpacked;
  }

  #part(name: MachinePart): Promise<Blob> {
    return this.#taken.get(name) ?? missing(name);
  }

  async #unpack(name: Exclude<PartName, LaterPart>, part: DeliveredPart): Promise<Blob> {
    const blob = await unpack(part);
    if ("compressed" in part) this.#unpacked.set(name, blob);
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

function imageFile(content: Blob): SharedImageFile {
  return { url: URL.createObjectURL(content), size: content.size };
}

/** What runs programs: those of the shell's script, those of just-bash, and CPython. */
interface Runners {
  readonly native: NativeWorkers;
  readonly text: NativeWorkers;
  readonly workers: ProcessWorkers;
}

function startKernel(
  kernel: Worker,
  task: Omit<KernelTask, "framePort">,
  { native, text, workers }: Runners,
  onCrash: (reason: string) => void,
): void {
  kernel.onerror = (event) => onCrash(event.message);
  const { port1, port2 } = new MessageChannel();
  const gate = openGate(port1, {
    offers: factoryCalls,
    does: {
      start: (id, start, port, clockOrigin) => {
        const begun = start.image ? start : throughInterpreter(start);
        const name = begun.image ? undefined : nativeProgramName(begun.argv[0] ?? "");
        const runner = name === undefined ? workers : textProgramNames.has(name) ? text : native;
        // A kernel that is gone needs not hear of it.
        const crashed = (reason: string) => void gate.there.crashed(id, reason).catch(() => {});
        runner.start(id, begun, port, clockOrigin, crashed);
      },
      terminate: (id) => {
        if (!native.terminate(id) && !text.terminate(id)) workers.terminate(id);
      },
    },
    expects: factoryNews,
  });
  const whole: KernelTask = { ...task, framePort: port2 };
  kernel.postMessage(whole, [task.pagePort, port2]);
}
