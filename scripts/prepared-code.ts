import { fileURLToPath } from "node:url";
import { loadPyodide } from "pyodide";
import { imported, layerPath, sitePackagesPath } from "../src/machine/python/process/snapshot/template-contents.ts";

/** The zips whose modules the template imports, beside the standard library. */
interface Zips {
  readonly posixLayer: Uint8Array;
  readonly sitePackages: Uint8Array;
}

/**
 * Packages whose modules are compiled in the reader's browser after all: the first lab's download is limited, and of
 * what is imported these take the most room for what they save.
 */
const leftOut = ["_pyodide", "asyncio", "calendar", "difflib", "email", "html", "uuid"];

/** What is to be compiled. */
interface PreparedCodeOptions {
  /** The modules, with all that they import. */
  readonly names?: readonly string[];
  /** Packages that are left out besides. */
  readonly without?: readonly string[];
}

/**
 * Compiles what the template imports with the very CPython that will run it, for `posix/prepared_code.py`, which says
 * what the file looks like.
 *
 * @param pyodideFolder the published package, with its standard library
 */
export async function makePreparedCode(
  pyodideFolder: URL,
  { posixLayer, sitePackages }: Zips,
  { names = imported, without = [] }: PreparedCodeOptions = {},
): Promise<Uint8Array> {
  const pyodide = await loadPyodide({
    indexURL: fileURLToPath(pyodideFolder),
    env: { HOME: "/home/student", PYTHONPATH: layerPath },
    fsInit: async (fs: { writeFile(path: string, content: Uint8Array): void }) => {
      fs.writeFile(layerPath, posixLayer);
      fs.writeFile(sitePackagesPath, sitePackages);
    },
  });
  pyodide.runPython(`
import importlib, marshal, sys
sys.path.append(${JSON.stringify(sitePackagesPath)})
for name in ${JSON.stringify(names)}:
    importlib.import_module(name)
index, codes, offset = {}, [], 0
for name, module in sorted(sys.modules.items()):
    origin = getattr(getattr(module, "__spec__", None), "origin", None) or ""
    if ".zip/" not in origin or not origin.endswith(".py") or origin in index:
        continue
    if name.partition(".")[0] in ${JSON.stringify([...leftOut, ...without])}:
        continue
    code = marshal.dumps(module.__spec__.loader.get_code(module.__spec__.name))
    index[origin] = (offset, len(code))
    codes.append(code)
    offset += len(code)
head = marshal.dumps(index)
with open("/prepared-code", "wb") as file:
    file.write(len(head).to_bytes(4, "little") + head + b"".join(codes))
`);
  return pyodide.FS.readFile("/prepared-code");
}
