/**
 * Makes the wheels that `pip install` finds on the Python machine, of the published ones: without what cannot run or is
 * never read there, and with byte code, which pip would otherwise have to compile in the reader's browser.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync, type Zippable, zipSync } from "fflate";
import { openCompiler } from "./python-compiler.ts";
import { sha256 } from "./python-wheels.ts";
import { belongsInWheel, headersOf, licenceOf, modulesOf, packageOfMetadata, readWheelName } from "./wheel.ts";

/** A wheel's file, by its name. */
export interface Wheel {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** A wheel of the archive, as `archive.json` lists it. */
export interface ArchivedWheel {
  /** As its author writes it. */
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** The names that programs import it by. */
  readonly modules: readonly string[];
  /** Below `archive/`. */
  readonly file: string;
}

/** Zip entries carry a date: a fixed one keeps wheels the same from build to build. */
const zipDate = new Date("2026-01-01T00:00:00");

/** Where the machine puts `pip.zip` (`src/machine/python/posix/archive.py`). */
const pipFolder = "/lib/pip.zip/";

type Files = Record<string, Uint8Array>;

/**
 * The wheel as it is on WebAssembly: native code for another platform is left out, and then the wheel is for any
 * platform.
 */
export function runOnWebAssembly(file: string, bytes: Uint8Array): { name: string; bytes: Uint8Array } {
  const { name, files } = contentsOf({ file, bytes });
  return { name, bytes: zipOf(files) };
}

function contentsOf({ file, bytes }: Wheel): { name: string; files: Files } {
  const isNative = !/-(?:any|pyemscripten_\w+)\.whl$/.test(file);
  const { name, version } = readWheelName(file);
  const files: Files = {};
  for (const [path, content] of Object.entries(unzipSync(bytes))) {
    if (!belongsInWheel(path) || (isNative && path.endsWith(".so"))) continue;
    if (path.endsWith(".dist-info/METADATA")) files[path] = encode(headersOf(decode(content)));
    else if (isNative && path.endsWith(".dist-info/WHEEL")) files[path] = encode(forAnyPlatform(decode(content)));
    else files[path] = content;
  }
  return { name: isNative ? `${name}-${version}-py3-none-any.whl` : file, files };
}

function forAnyPlatform(wheel: string): string {
  const lines = wheel.split(/\r?\n/).filter((line) => line !== "" && !/^(?:Tag|Root-Is-Purelib):/.test(line));
  return `${[...lines, "Root-Is-Purelib: true", "Tag: py3-none-any"].join("\n")}\n`;
}

/**
 * Writes each wheel, `archive.json` with the list of them, and beside the folder `pip.zip`: pip as it runs where it is
 * not installed. The same wheels make the same bytes. Answers how many there are.
 */
export async function makeArchive(wheels: readonly Wheel[], folder: string): Promise<number> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const compiler = await openCompiler();
  const list: ArchivedWheel[] = [];
  for (const wheel of wheels) {
    const { name: file, files } = contentsOf(wheel);
    const metadata = Object.entries(files).find(([path]) => path.endsWith(".dist-info/METADATA"))?.[1];
    if (!metadata) throw new Error(`${wheel.file} has no METADATA.`);
    const { name, version } = packageOfMetadata(decode(metadata));
    // Where it is installed, the import system says where the code comes from; in a zip it does not.
    const compiled = compiler.compile(files, name === "pip" ? pipFolder : "");
    if (name === "pip") writeFileSync(join(folder, "..", "pip.zip"), zipOf(runnableZip(files, compiled)));
    for (const [source, code] of compiled) files[cachePath(source)] = code;
    writeFileSync(join(folder, file), zipOf(withRecord(files)));
    list.push({ name, version, licence: licenceOf(decode(metadata)), modules: modulesOf(Object.keys(files)), file });
  }
  writeFileSync(join(folder, "..", "archive.json"), `${JSON.stringify(list, null, 2)}\n`);
  return list.length;
}

/** A zip that Python imports from: byte code in the places of the sources. */
function runnableZip(files: Files, compiled: ReadonlyMap<string, Uint8Array>): Files {
  const kept = Object.entries(files).filter(([path]) => !compiled.has(path));
  return Object.fromEntries([...kept, ...Array.from(compiled, ([source, code]) => [`${source}c`, code] as const)]);
}

/** Where CPython 3.14 looks for the byte code of a source. */
function cachePath(source: string): string {
  return source.replace(/([^/]+)\.py$/, "__pycache__/$1.cpython-314.pyc");
}

/** RECORD, anew: what is in the wheel, with hashes, as the packaging specification has it. */
function withRecord(files: Files): Files {
  const record = Object.keys(files).find((path) => path.endsWith(".dist-info/RECORD"));
  if (record === undefined) throw new Error("A wheel without RECORD.");
  const rows = Object.entries(files)
    .filter(([path]) => path !== record)
    .map(([path, bytes]) => {
      const hash = Buffer.from(sha256(bytes), "hex").toString("base64url");
      return `${path.includes(",") ? `"${path}"` : path},sha256=${hash},${bytes.length}\n`;
    });
  return { ...files, [record]: encode(`${rows.sort().join("")}${record},,\n`) };
}

/** Stored, because it is compressed as a whole; sorted, so that the same files make the same bytes. */
function zipOf(files: Files): Uint8Array {
  const entries = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  const zippable: Zippable = Object.fromEntries(entries.map(([path, bytes]) => [path, [bytes, { mtime: zipDate }]]));
  return zipSync(zippable, { level: 0 });
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
