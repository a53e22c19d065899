import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { zipSync } from "fflate";
import { loadPyodide } from "pyodide";
import { expect, it } from "vitest";
import { makePreparedCode } from "./prepared-code.ts";

const pyodideFolder = new URL("../node_modules/pyodide/", import.meta.url);
const hook = new URL("../src/machine/python/posix/prepared_code.py", import.meta.url);

it("spares the compiler, and gives what the compiler would have given", async () => {
  const none = zipSync({});
  const zips = { posixLayer: none, sitePackages: none };
  const code = await makePreparedCode(pyodideFolder, zips, { names: ["wsgiref.headers"] });
  const pyodide = await loadPyodide({ indexURL: fileURLToPath(pyodideFolder) });
  pyodide.FS.writeFile("/lib/prepared-code", code);
  pyodide.FS.writeFile("/home/pyodide/prepared_code.py", await readFile(hook));
  const said: string = pyodide.runPython(`
import zipimport
import prepared_code
compiled = []
compile_source = zipimport._compile_source
zipimport._compile_source = lambda path, source: compiled.append(path) or compile_source(path, source)
prepared_code.install()
import wsgiref.headers
while_installed = len(compiled)
prepared_code.uninstall()
import wsgiref.util
after = len(compiled)
import marshal
loader = wsgiref.headers.__loader__
same = marshal.loads(marshal.dumps(loader.get_code("wsgiref.headers"))).co_code == compile_source(
    wsgiref.headers.__file__, loader.get_source("wsgiref.headers").encode()
).co_code
str((while_installed, after > 0, same, wsgiref.headers.__file__, wsgiref.headers.Headers([("a", "b")])["A"]))
`);
  expect(said).toBe("(0, True, True, '/lib/python314.zip/wsgiref/headers.py', 'b')");
}, 60_000);
