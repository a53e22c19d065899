/** What the inside of a Python wheel means to the bundle. */

/** A package as it is published. */
export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
}

/** Name and version of a wheel, from its file's name. */
export function readWheelName(file: string): PublishedPackage {
  const [name, version] = file.split("-");
  if (name === undefined || version === undefined) throw new Error(`${file} is not named as a wheel is.`);
  return { name, version };
}

/** Name and version, from the METADATA file of a wheel. */
export function packageOfMetadata(metadata: string): PublishedPackage {
  const name = /^Name: *(.+)$/m.exec(metadata)?.[1];
  const version = /^Version: *(.+)$/m.exec(metadata)?.[1];
  if (name === undefined || version === undefined) throw new Error("METADATA without name and version.");
  return { name: name.trim(), version: version.trim() };
}

/** Of a METADATA file what programs ask for: its headers. The package's page on PyPI stands below them. */
export function headersOf(metadata: string): string {
  return `${metadata.split(/\r?\n\r?\n/, 1)[0] ?? ""}\n\n`;
}

/** Of a package's own description: what `importlib.metadata` is asked for, and the licence that must go with a copy. */
const keptInfo = /\.dist-info\/(?:METADATA|entry_points\.txt|licenses\/.+|LICEN[CS]E[^/]*)$/;

const notRunHere = /\.(?:so|pyd|dll|c|h|pyx|pyc|pyi)$|(?:^|\/)(?:__pycache__|tests?)\/|(?:^|\/)py\.typed$/;

/**
 * Of the time zones: tables for people, and the source that the compiled zones were made from. `zoneinfo` reads
 * neither.
 */
const notReadHere = /^tzdata\/zoneinfo\/(?:tzdata\.zi|leapseconds|[\w.]+\.tab)$/;

/** Whether a file of a wheel goes into the bundle. */
export function belongsInBundle(path: string): boolean {
  if (path.endsWith("/")) return false;
  if (path.includes(".dist-info/")) return keptInfo.test(path);
  return !notRunHere.test(path) && !notReadHere.test(path);
}

/** Of any wheel: native sources and hints for type checkers, byte code of others, and what translations were made from. */
const neverReadHere = /\.(?:pyd|dll|c|h|pyx|pxd|pyc|pyi|po|pot)$|(?:^|\/)__pycache__\/|(?:^|\/)py\.typed$/;

/** Whether a file of a wheel goes into a wheel of the archive, which is installed by pip. */
export function belongsInWheel(path: string): boolean {
  return !path.endsWith("/") && !neverReadHere.test(path) && !notReadHere.test(path);
}

/** The licence that a METADATA file names: as an expression, in words, or in a classifier. */
export function licenceOf(metadata: string): string {
  const header = (name: string) => new RegExp(`^${name}: *(.+)$`, "m").exec(metadata)?.[1]?.trim();
  const words = header("License-Expression") ?? header("License");
  if (words !== undefined && words.length <= 60) return words;
  const classifier = /^Classifier: License :: (?:.* :: )?(.+)$/m.exec(metadata)?.[1]?.trim();
  return classifier ?? words?.slice(0, 60) ?? "in the package";
}

/** The names that programs import a package by, from the paths in its wheel. */
export function modulesOf(paths: readonly string[]): string[] {
  const names = paths.flatMap((path) => {
    const [first = "", ...rest] = path.split("/");
    if (rest.length === 0) return /^([a-z_]\w*)(?:\.py|\.[\w-]+\.so)$/i.exec(first)?.[1] ?? [];
    return /^[a-z_]\w*$/i.test(first) && first !== "__pycache__" && /\.(?:py|so)$/.test(path) ? first : [];
  });
  return [...new Set(names)].sort();
}
