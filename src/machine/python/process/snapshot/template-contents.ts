/** Where the zips lie in the interpreter's file system. */
export const standardLibraryPath = "/lib/python314.zip";
/** The zip of the POSIX layer, `posix/`. */
export const layerPath = "/lib/posix-layer.zip";
/** Modules of the layer that programs find by their own names; the others are within its package. */
const importedByName: ReadonlySet<string> = new Set(["sitecustomize.py", "venv.py", "dbm.py"]);
/** Where a module of `posix/` lies in the layer. */
export function pathInLayer(file: string): string {
  return importedByName.has(file) ? file : `posix_layer/${file}`;
}
/** The zip of the packages that come with the machine. */
export const sitePackagesPath = "/lib/site-packages.zip";

/**
 * What every process's interpreter has imported before it begins, so that a server starts in a tenth of the time. A
 * program sees the difference only in `sys.modules`. Modules that read the environment when they are imported are
 * imported again if it matters (`program.py`).
 */
export const imported = [
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
  "concurrent.futures.thread",
  "dotenv",
  "email.parser",
  "encodings.cp437",
  "encodings.idna",
  "http.server",
  "importlib.metadata._adapters",
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
