/** Which of a project's packages are here, which are not, and what to do about those. */
import { fullName } from "../../tools/audit/python/python-file.ts";
import { baseName, type ProjectFile } from "../files/project-file.ts";
import { quoted } from "../files/quoted-word.ts";
import { normalisedName } from "./dependency.ts";
import { markerHolds } from "./marker.ts";
import type { PythonImports } from "./python-imports.ts";
import { requirementsOf } from "./requirements.ts";
import { standardLibrary } from "./standard-library.ts";
import { fits } from "./version.ts";

/** A package that the site has. */
export interface AvailablePackage {
  /** As package indexes compare it. */
  readonly name: string;
  readonly version: string;
  /** It is in the machine without being installed. */
  readonly builtIn: boolean;
  /** The reader's own wheel, by its path. Absent: the site has it. */
  readonly wheel?: string;
}

/** Code for a processor, and what does the same without. */
export type NativeAdvice =
  | "csv and statistics"
  | "sqlite3"
  | "hashlib"
  | "werkzeug.security"
  | "xml.etree"
  | "json"
  | "asyncio"
  | "none";

/** What became of a package that a project asks for. */
export type PackageState =
  | { readonly kind: "here"; readonly version: string; readonly builtIn: boolean }
  /** Another version than was asked for. It runs with ours. */
  | { readonly kind: "other version"; readonly version: string; readonly wanted: string; readonly builtIn: boolean }
  | { readonly kind: "absent" }
  | { readonly kind: "native"; readonly instead: NativeAdvice };

/** A package that a project asks for. */
export interface AssessedPackage {
  readonly name: string;
  /** Which file asks for it: a list of requirements, or source that imports it. */
  readonly path: string;
  /** The version that the file asks for, as it is written there. Empty: any. */
  readonly wanted: string;
  /** Parts of it that are asked for as well. */
  readonly extras: readonly string[];
  /** No list of requirements has it: the name is guessed from an import. */
  readonly guessed: boolean;
  readonly state: PackageState;
  /** The reader's own wheel that it is installed from, by its path. */
  readonly wheel?: string;
}

/** Where the name of the import is not the name of the package. */
const distributions: ReadonlyMap<string, string> = new Map([
  ["dotenv", "python-dotenv"],
  ["PIL", "pillow"],
  ["cv2", "opencv-python"],
  ["sklearn", "scikit-learn"],
  ["yaml", "pyyaml"],
  ["bs4", "beautifulsoup4"],
  ["jwt", "pyjwt"],
  ["dateutil", "python-dateutil"],
  ["MySQLdb", "mysqlclient"],
  ["psycopg2", "psycopg2-binary"],
  ["rest_framework", "djangorestframework"],
  ["corsheaders", "django-cors-headers"],
  ["environ", "django-environ"],
  ["decouple", "python-decouple"],
  ["multipart", "python-multipart"],
  ["jose", "python-jose"],
  ["Crypto", "pycryptodome"],
  ["flask_jwt_extended", "flask-jwt-extended"],
]);

const native: ReadonlyMap<string, NativeAdvice> = new Map<string, NativeAdvice>([
  ...["numpy", "pandas", "polars", "scipy"].map((name) => [name, "csv and statistics"] as const),
  ...["psycopg2", "psycopg2-binary", "psycopg-binary", "mysqlclient", "asyncpg", "oracledb", "pyodbc"].map(
    (name) => [name, "sqlite3"] as const,
  ),
  ...["bcrypt", "argon2-cffi", "flask-bcrypt"].map((name) => [name, "werkzeug.security"] as const),
  ...["cryptography", "pycryptodome"].map((name) => [name, "hashlib"] as const),
  ["lxml", "xml.etree"],
  ...["orjson", "ujson", "msgpack"].map((name) => [name, "json"] as const),
  ...["uvloop", "httptools", "gevent", "eventlet", "greenlet"].map((name) => [name, "asyncio"] as const),
  ...["pillow", "opencv-python", "scikit-learn", "torch", "tensorflow", "matplotlib", "grpcio"].map(
    (name) => [name, "none"] as const,
  ),
]);

/** For development or for a system: a server runs without them. */
const needless = new Set([
  ...["pip", "setuptools", "wheel", "black", "ruff", "flake8", "mypy", "isort", "pylint", "pre-commit", "coverage"],
  ...["colorama", "ipython", "watchdog", "tox"],
]);

/** Assesses what a project asks for. */
export function assessPackages(
  files: readonly ProjectFile[],
  modules: readonly PythonImports[],
  available: readonly AvailablePackage[],
): readonly AssessedPackage[] {
  const wheels = pureWheels(files);
  const here = packagesHere(files, available);
  const asked = requirementsOf(files).filter(
    ({ name, marker }) => !needless.has(name) && markerHolds(marker) !== false,
  );
  const known = new Set(asked.map(({ name }) => name));
  const imported = importsOf(files, modules).filter(({ name }) => !known.has(name) && !covered(name, known));
  const needed = [
    ...asked.map((each) => ({ ...each, guessed: false })),
    ...imported.map((each) => ({ ...each, wanted: "", extras: [], guessed: true })),
  ];
  const unasked = wheels.filter(({ name }) => !needed.some((each) => each.name === name));
  const brought = unasked.map(({ name, wheel }) => ({ name, wanted: "", extras: [], guessed: false, path: wheel }));
  return [...needed, ...brought].map(({ name, wanted, extras, guessed, path }) => {
    const wheel = here.get(name)?.wheel;
    const state = stateOf(name, wanted, here);
    return { name, path, wanted, extras, guessed, state, ...(wheel !== undefined && { wheel }) };
  });
}

/** What is known of a package that is code for a processor. `undefined`: it is not known to be. */
export function nativeAdvice(name: string): NativeAdvice | undefined {
  return native.get(name);
}

/** What the project has: the site's packages, and the reader's own wheels. */
export function packagesHere(
  files: readonly ProjectFile[],
  available: readonly AvailablePackage[],
): ReadonlyMap<string, AvailablePackage> {
  return new Map([...available, ...pureWheels(files)].map((each) => [each.name, each]));
}

/** Wheels among the files that run on any computer: their names say so. */
function pureWheels(files: readonly ProjectFile[]): readonly (AvailablePackage & { readonly wheel: string })[] {
  return files.flatMap(({ path }) => {
    const [, name, version] = /^([\w.]+)-([\w.+!]+)(?:-\d\w*)?-[\w.]+-none-any\.whl$/.exec(baseName(path)) ?? [];
    if (name === undefined || version === undefined) return [];
    return [{ name: normalisedName(name), version, builtIn: false, wheel: path }];
  });
}

/** `psycopg2` may be asked for under either name. */
function covered(name: string, known: ReadonlySet<string>): boolean {
  return known.has(name.replace(/-binary$/, "")) || known.has(`${name}-binary`);
}

function stateOf(name: string, wanted: string, here: ReadonlyMap<string, AvailablePackage>): PackageState {
  const found = here.get(name);
  if (found === undefined) {
    const instead = native.get(name);
    return instead === undefined ? { kind: "absent" } : { kind: "native", instead };
  }
  const { version, builtIn } = found;
  return fits(version, wanted)
    ? { kind: "here", version, builtIn }
    : { kind: "other version", version, wanted, builtIn };
}

/** What the project's own source imports that is neither its own nor Python's. */
function importsOf(
  files: readonly ProjectFile[],
  modules: readonly PythonImports[],
): readonly { readonly name: string; readonly path: string }[] {
  const own = new Set<string>();
  for (const { path } of files) {
    if (!path.endsWith(".py")) continue;
    for (const part of path.slice(0, -".py".length).split("/")) own.add(part);
  }
  const found = new Map<string, string>();
  for (const { path, file } of modules) {
    if (/(?:^|\/)(?:tests?|docs)\/|(?:^|\/)(?:test_[^/]*|conftest)\.py$/.test(path)) continue;
    for (const name of file.imports.keys()) {
      const [first = ""] = fullName(name, file.imports).split(".");
      if (first === "" || own.has(first) || standardLibrary.has(first) || first.startsWith("_")) continue;
      const distribution = distributions.get(first) ?? normalisedName(first);
      if (!found.has(distribution)) found.set(distribution, path);
    }
  }
  return [...found].map(([name, path]) => ({ name, path }));
}

/** The command line that installs what is here and not yet in the machine. `undefined` if nothing is. */
export function installLine(packages: readonly AssessedPackage[]): string | undefined {
  const names = packages.flatMap(({ name, state, wheel }) =>
    (state.kind === "here" || state.kind === "other version") && !state.builtIn
      ? [wheel === undefined ? name : quoted(`./${wheel}`)]
      : [],
  );
  return names.length === 0 ? undefined : `pip install ${names.join(" ")}`;
}

/** The order of packages on screen. */
export function byName(a: AvailablePackage, b: AvailablePackage): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
