/**
 * The modules of `src/machine/python/posix/` on the published CPython, in Node, without a kernel and without a browser.
 *
 * No Python stack can be suspended here. So what a wait ended with is known at once: the bridge's functions that wait
 * are given their outcome by the test. Whatever needs the kernel's own behaviour is tested in a browser.
 */
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { loadPyodide, type PyodideInterface } from "pyodide";
import { pathInLayer } from "../../src/machine/python/process/snapshot/template-contents.ts";

const root = new URL("../../", import.meta.url);
const folder = new URL("src/machine/python/posix/", root);
const layer = "/lib/posix-layer";

/** What the worker's side of the bridge does in a test, by name. */
export type TestBridge = Readonly<Record<string, (...args: never[]) => unknown>>;

/** A CPython with the layer installed, as a process has it. */
export class LayeredPython {
  readonly #pyodide: PyodideInterface;
  /** Outcomes of waits, by their slots. */
  readonly #slots: unknown[] = [];

  private constructor(pyodide: PyodideInterface) {
    this.#pyodide = pyodide;
  }

  static async start(): Promise<LayeredPython> {
    const files = await Promise.all(
      (await readdir(folder))
        .filter((name) => name.endsWith(".py"))
        .map(async (name) => [name, await readFile(new URL(name, folder))] as const),
    );
    const pyodide = await loadPyodide({
      indexURL: fileURLToPath(new URL("node_modules/pyodide/", root)),
      env: { HOME: "/home/student", PYTHONPATH: layer },
      convertNullToNone: true,
      fsInit: async (fs: { mkdirTree(path: string): void; writeFile(path: string, content: Uint8Array): void }) => {
        fs.mkdirTree(`${layer}/posix_layer`);
        for (const [name, content] of files) {
          fs.writeFile(`${layer}/${pathInLayer(name)}`, content);
        }
      },
    });
    return new LayeredPython(pyodide);
  }

  /** Attaches a bridge: what it lacks raises `AttributeError` in Python. */
  attach(bridge: TestBridge): void {
    const whole: TestBridge = { errorText: () => "", take: (slot: number) => this.#slots[slot], ...bridge };
    const attach = this.#pyodide.pyimport("posix_layer.bridge").attach;
    attach(whole, this.#pyodide.toPy(Object.keys(whole)));
  }

  /** For a function of the bridge that waits: its slot, with what the wait ends with. */
  waited(outcome: unknown): number {
    return this.#slots.push(outcome) - 1;
  }

  /** Runs Python; what its last line is worth, as JSON has it. */
  run(source: string): unknown {
    const json: unknown = this.#pyodide.runPython(`import json\n${lastAsJson(source)}`);
    return typeof json === "string" ? JSON.parse(json) : undefined;
  }
}

/** The last line is an expression. */
function lastAsJson(source: string): string {
  const lines = source.trim().split("\n");
  const last = lines.pop() ?? "None";
  return [...lines, `json.dumps(${last})`].join("\n");
}
