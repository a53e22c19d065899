import type { PyodideInterface } from "pyodide";
import { moduleOf } from "../pyodide-internals.ts";
import { imported, layerPath, sitePackagesPath, standardLibraryPath } from "./template-contents.ts";

/** Makes a fresh interpreter the template of all processes, and copies its memory. */
export function makeTemplate(pyodide: PyodideInterface): ArrayBuffer {
  pyodide.runPython(`
import sys
sys.path.append(${JSON.stringify(sitePackagesPath)})
sys.executable = sys._base_executable = "/usr/local/bin/python"
sys.dont_write_bytecode = True
# Pyodide says "/": Werkzeug's reloader does not watch what lies below a prefix.
sys.prefix = sys.exec_prefix = sys.base_prefix = sys.base_exec_prefix = "/usr/local"
import importlib
for name in ${JSON.stringify(imported)}:
    importlib.import_module(name)
from posix_layer import found_ahead
for name in ${JSON.stringify([standardLibraryPath, layerPath, sitePackagesPath])}:
    found_ahead.find(name)
from posix_layer import prepared_code
prepared_code.uninstall()
import uuid
uuid._node = 0x0242ac110002 # the network card's address; without one Werkzeug's PIN changes at every restart
import posix_layer.program
import posix_layer.time
import posix_layer.event_loops
posix_layer.event_loops.restore()
posix_layer.time.install() # Pyodide's event loop has put its own sleep there meanwhile
import sysconfig
sysconfig.get_config_vars()
# What it reads when it looks again, by the name that it makes of the platform's.
sys.modules["_sysconfigdata__linux_wasm32-emscripten"] = sys.modules["_sysconfigdata__emscripten_wasm32-emscripten"]
# Packages take another way where they know that they are in a browser: urllib3 asks the page instead of a socket.
sys.platform = "linux"
from posix_layer import ahead
ahead.put_aside()
import gc
gc.collect()
gc.freeze()
del ahead, found_ahead, importlib, name, gc, posix_layer, prepared_code, sys, sysconfig, uuid
`);
  const snapshot = moduleOf(pyodide).API.makeSnapshot(() => ({ gone: true }));
  return snapshot.slice().buffer;
}
