import type { PyodideInterface } from "pyodide";
import { sitePackagesPath } from "./interpreter";
import { moduleOf } from "./pyodide-internals";

/**
 * What every process's interpreter has imported before it begins, so that a server starts in a tenth of the time. A program sees the
 * difference only in `sys.modules`. Modules that read the environment when they are imported are imported again if it matters
 * (`program.py`).
 */
const imported = [
  "flask",
  "flask.cli",
  "werkzeug.serving",
  "werkzeug._reloader",
  "gunicorn.app.wsgiapp",
  "gunicorn.arbiter",
  "gunicorn.workers.sync",
  "gunicorn.workers.gthread",
  "gunicorn.glogging",
  "waitress",
  "waitress.runner",
  "asyncio",
  "email.parser",
  "http.server",
  "importlib.metadata",
  "json",
  "logging.config",
  "random",
  "runpy",
  "sqlite3",
  "subprocess",
  "tempfile",
  "traceback",
  "uuid",
  "code",
];

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
import uuid
uuid._node = 0x0242ac110002 # the network card's address; without one Werkzeug's PIN changes at every restart
import posix_layer.program
import posix_layer.time
posix_layer.time.install() # Pyodide's event loop has put its own sleep there meanwhile
import gc
gc.collect()
gc.freeze()
del importlib, name, gc, posix_layer, sys, uuid
`);
  const snapshot = moduleOf(pyodide).API.makeSnapshot(() => ({ gone: true }));
  return snapshot.slice().buffer;
}
