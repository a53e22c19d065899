import { fileURLToPath } from "node:url";
import { loadPyodide } from "pyodide";

/** Compiles sources with the very CPython that will run them. */
export interface PythonCompiler {
  /**
   * The byte code of each source among these files, by the source's path: what stands in a `.pyc` file that is checked
   * against its source by a hash (PEP 552). What does not compile, as templates of programs may not, has none.
   *
   * @param folder where they will lie, for tracebacks; ends with a slash
   */
  compile(files: Readonly<Record<string, Uint8Array>>, folder?: string): ReadonlyMap<string, Uint8Array>;
}

/** Starts that CPython. */
export async function openCompiler(): Promise<PythonCompiler> {
  const pyodide = await loadPyodide({
    indexURL: fileURLToPath(new URL("../node_modules/pyodide/", import.meta.url)),
  });
  pyodide.runPython(`
import warnings
from importlib import _bootstrap_external
from importlib.util import source_hash

warnings.simplefilter("ignore")

def compiled(name):
    with open("/source.py", "rb") as file:
        source = file.read()
    try:
        code = compile(source, name, "exec", dont_inherit=True)
    except SyntaxError:
        return False
    with open("/source.pyc", "wb") as file:
        file.write(_bootstrap_external._code_to_hash_pyc(code, source_hash(source), True))
    return True
`);
  const compiled: (name: string) => boolean = pyodide.globals.get("compiled");
  return {
    compile: (files, folder = "") => {
      const codes = new Map<string, Uint8Array>();
      for (const [path, source] of Object.entries(files)) {
        if (!path.endsWith(".py")) continue;
        pyodide.FS.writeFile("/source.py", source);
        if (compiled(`${folder}${path}`)) codes.set(path, pyodide.FS.readFile("/source.pyc"));
      }
      return codes;
    },
  };
}
