import { loadPyodide, type PyodideInterface } from "pyodide";
import { releaseBuffer } from "../page/release-buffer.ts";
import { dateImageFile, mountImageFile, readImageFile, type SharedImageFile } from "./files/image-file.ts";
import { installLinuxErrors } from "./linux-errors.ts";
import { LocalTime } from "./local-time.ts";
import { type FileSystem, moduleOf } from "./pyodide-internals.ts";
import { restoreSparsely } from "./snapshot/sparse-restore.ts";
import { hideSuspendedFrames } from "./snapshot/suspended-frames.ts";
import { layerPath, sitePackagesPath, standardLibraryPath } from "./snapshot/template-contents.ts";

/**
 * What an interpreter is made of. The page fetched the bytes, the sealed frame compiled the WebAssembly once for all
 * processes.
 */
export interface InterpreterImage {
  readonly wasm: WebAssembly.Module;
  /** Blob URL of Pyodide's Emscripten script, `pyodide.asm.mjs`. */
  readonly emscriptenScript: string;
  /** Blob URL of what `process/hashing.ts` loads when a program needs it. */
  readonly hashingScript: string;
  /** Zip of CPython's standard library. */
  readonly standardLibrary: SharedImageFile;
  /** Zip with `sitecustomize.py` and the package `posix_layer`. */
  readonly posixLayer: SharedImageFile;
  /** Zip of the packages from PyPI. */
  readonly sitePackages: SharedImageFile;
}

/** How an interpreter begins. */
export interface BootOptions {
  /**
   * A memory to go on with, instead of starting CPython. Empty afterwards: what it takes is as much as the process
   * itself.
   */
  readonly snapshot?: ArrayBuffer;
  /** The JavaScript object for a placeholder in the snapshot. */
  readonly restore?: (placeholder: unknown) => unknown;
  /** Byte code for `posix_layer/prepared_code.py`, where CPython is started. */
  readonly preparedCode?: ArrayBuffer;
  /** What C code takes for the local time. Given by who wants to choose another zone later. */
  readonly localTime?: LocalTime;
}

/** What `pyodide.asm.mjs` exports: it makes a module of the settings that it is given. */
interface EmscriptenScript {
  readonly default: (settings: object) => unknown;
}

const preparedCodePath = "/lib/prepared-code";

/** What a process may hold at most, in bytes, as under `ulimit -v`. The same number stands in `posix/resource.py`. */
const largestMemory = 1024 * 1024 * 1024;

const imageOrigin = "https://image.invalid/";
const wasmPage = 65536;

/**
 * Boots a CPython, afresh or from a snapshot. Nothing is fetched: what Pyodide asks for comes from the image.
 *
 * Boot order: Emscripten's script, the WebAssembly instance (its memory grown to the snapshot's size at once, because
 * Emscripten cannot do it later), the file system with the zips, then either CPython's start (`sitecustomize` installs
 * the POSIX layer) or the memory of the snapshot.
 *
 * From a snapshot the zips are mounted, for what it has not imported; CPython's start reads them whole. The snapshot's
 * bytes are given back at the end: a process needs them only to begin.
 */
export async function bootInterpreter(image: InterpreterImage, options: BootOptions = {}): Promise<PyodideInterface> {
  const { snapshot } = options;
  const files = snapshot ? undefined : await readZips(image);
  serveImage(image, snapshot, files?.standardLibrary, options.localTime ?? new LocalTime());
  const emscripten: EmscriptenScript = await import(/* @vite-ignore */ image.emscriptenScript);
  let made = () => {};
  const createModule = (moduleSettings: object): unknown => {
    if (snapshot) made = restoreSparsely(moduleSettings);
    return emscripten.default(moduleSettings);
  };
  // `createPyodideModule`, `_makeSnapshot`, `_loadSnapshot` and `_snapshotDeserializer` are private options of Pyodide.
  const settings = {
    indexURL: imageOrigin,
    createPyodideModule: createModule,
    lockFileContents: emptyLockFile,
    packageBaseUrl: imageOrigin,
    env: { HOME: "/home/student", PYTHONPATH: layerPath, PYTHONINSPECT: "" },
    convertNullToNone: true,
    fsInit: async (fs: FileSystem) => {
      if (!files) return;
      fs.writeFile(layerPath, files.posixLayer);
      fs.writeFile(sitePackagesPath, files.sitePackages);
      if (options.preparedCode) fs.writeFile(preparedCodePath, new Uint8Array(options.preparedCode));
    },
    _makeSnapshot: true,
    ...(snapshot ? { _loadSnapshot: new Uint8Array(snapshot) } : {}),
    ...(options.restore ? { _snapshotDeserializer: options.restore } : {}),
  };
  const pyodide: PyodideInterface = await Reflect.apply(loadPyodide, undefined, [settings]);
  made();
  const { FS } = moduleOf(pyodide);
  if (snapshot) {
    releaseBuffer(snapshot);
    mountImageFile(FS, standardLibraryPath, image.standardLibrary);
    mountImageFile(FS, layerPath, image.posixLayer);
    mountImageFile(FS, sitePackagesPath, image.sitePackages);
  } else {
    for (const path of [standardLibraryPath, layerPath, sitePackagesPath]) dateImageFile(FS, path);
  }
  return pyodide;
}

/** Loads what every interpreter of the image needs, ahead of time: Pyodide's Emscripten script. */
export async function prepareInterpreter(emscriptenScript: InterpreterImage["emscriptenScript"]): Promise<void> {
  await import(/* @vite-ignore */ emscriptenScript);
}

const emptyLockFile = JSON.stringify({
  info: { abi_version: "2026_0", arch: "wasm32", platform: "emscripten", python: "3.14.0", version: "314.0.7" },
  packages: {},
});

/** The zips' bytes. */
async function readZips(
  image: InterpreterImage,
): Promise<Record<"standardLibrary" | "posixLayer" | "sitePackages", Uint8Array<ArrayBuffer>>> {
  const [standardLibrary, posixLayer, sitePackages] = await Promise.all([
    readImageFile(image.standardLibrary),
    readImageFile(image.posixLayer),
    readImageFile(image.sitePackages),
  ]);
  return { standardLibrary, posixLayer, sitePackages };
}

/** Answers Pyodide's requests from memory: there is no network in the frame. */
function serveImage(
  image: InterpreterImage,
  snapshot: ArrayBuffer | undefined,
  standardLibrary: Uint8Array<ArrayBuffer> | undefined,
  localTime: LocalTime,
): void {
  const files: Record<string, () => Response> = {
    "pyodide.asm.wasm": () => new Response(null),
    "python_stdlib.zip": () => new Response(standardLibrary ?? null),
  };
  globalThis.fetch = async (input) => {
    const name = String(input instanceof Request ? input.url : input).replace(imageOrigin, "");
    const file = files[name];
    if (!file) throw new TypeError(`The image has no ${name}`);
    return file();
  };
  WebAssembly.instantiateStreaming = async (_response, imports) => {
    if (imports) localTime.install(imports);
    const instance = await WebAssembly.instantiate(image.wasm, imports).catch(reportAndThrow);
    localTime.attach(instance);
    installLinuxErrors(instance);
    const { memory } = instance.exports;
    if (snapshot && memory instanceof WebAssembly.Memory) {
      const missing = snapshot.byteLength - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.floor(missing / wasmPage));
    }
    if (memory instanceof WebAssembly.Memory) limitMemory(memory);
    return { instance: hideSuspendedFrames(instance), module: image.wasm };
  };
}

/**
 * Beyond the limit the interpreter hears what it would hear of a browser that has no more: programs get a
 * `MemoryError`.
 */
function limitMemory(memory: WebAssembly.Memory): void {
  const grow = memory.grow.bind(memory);
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + pages * wasmPage > largestMemory) throw new RangeError("Too much memory");
    return grow(pages);
  };
}

/** Pyodide logs a failed instantiation and waits for ever; the worker's owner must hear of it. */
function reportAndThrow(error: unknown): never {
  reportError(error);
  throw error;
}
