/**
 * Fetches the Python packages of the Python machine.
 *
 * - Those that every process has are packed into `build/python/site-packages.zip`, with their names and versions beside
 *   it in `packages.json`. They are pinned by hash in `python/requirements.txt`. Native code is left out: it would not
 *   run on WebAssembly, and nothing needs it.
 * - All others, which `pip install` installs in a lab, and those once more, become wheels in `build/python/archive/`
 *   (`package-archive.ts`). They are pinned by hash in `python/archive.txt`.
 *
 * They are resolved for the machine's Python, whatever Python this computer has.
 *
 *     node scripts/python-packages.ts           pack what requirements.txt and archive.txt say
 *     node scripts/python-packages.ts --lock    write requirements.txt from requirements.in, archive.txt from archive.in
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync, type Zippable, zipSync } from "fflate";
import { makeArchive, runOnWebAssembly } from "./package-archive.ts";
import { download, MissingError, pinsOf, sha256, targets, wheelsIn } from "./python-wheels.ts";
import { belongsInBundle, headersOf, packageOfMetadata, readWheelName } from "./wheel.ts";

const wanted = "python/requirements.in";
const pinned = "python/requirements.txt";
const archiveWanted = "python/archive.in";
const archivePinned = "python/archive.txt";
const folder = "build/python";
const bundle = join(folder, "site-packages.zip");
const list = join(folder, "packages.json");
const key = join(folder, "site-packages.key");
const archive = join(folder, "archive");
const archiveKey = join(folder, "archive.key");

/** Writes requirements.txt: each wheel that requirements.in leads to, with its version and hash. */
function lock(wheels: string): void {
  download(wheels, targets.linux, ["--requirement", wanted]);
  const files = wheelsIn(wheels);
  writeFileSync(pinned, `# Written by: npm run python:lock (from requirements.in)\n${pinsOf(wheels, files)}`);
  console.log(`Python packages: ${files.length} pinned in ${pinned}.`);
}

/** Writes archive.txt: what archive.in leads to beyond requirements.txt, of which it takes the versions. */
function lockArchive(wheels: string, more: string): void {
  downloadPinned(wheels);
  const base = wheelsIn(wheels);
  const constraints = join(more, "constraints.txt");
  writeFileSync(constraints, base.map((file) => `${nameAndVersion(file)}\n`).join(""));
  const pure = join(more, "pure");
  mkdirSync(pure);
  for (const file of base) {
    const { name, bytes } = runOnWebAssembly(file, readFileSync(join(wheels, file)));
    writeFileSync(join(pure, name), bytes);
  }
  const options = ["--find-links", pure, "--constraint", constraints, "--requirement", archiveWanted];
  download(more, targets.webAssembly, options);
  const names = new Set(base.map((file) => readWheelName(file).name));
  const files = wheelsIn(more).filter((file) => !names.has(readWheelName(file).name));
  const from = sha256(readFileSync(archiveWanted)).slice(0, 12);
  writeFileSync(archivePinned, `# Written by: npm run python:lock (from archive.in ${from})\n${pinsOf(more, files)}`);
  console.log(`Python packages: ${files.length} pinned in ${archivePinned}.`);
}

function nameAndVersion(file: string): string {
  const { name, version } = readWheelName(file);
  return `${name}==${version}`;
}

function downloadPinned(wheels: string): void {
  download(wheels, targets.linux, ["--no-deps", "--require-hashes", "--requirement", pinned]);
}

/** Packs the pinned wheels. The same wheels make the same bytes. */
function pack(wheels: string): void {
  downloadPinned(wheels);
  const files: Zippable = {};
  const packages = [];
  for (const wheel of wheelsIn(wheels)) {
    for (const [path, bytes] of Object.entries(unzipSync(readFileSync(join(wheels, wheel))))) {
      if (path.endsWith(".dist-info/METADATA")) {
        const headers = headersOf(new TextDecoder().decode(bytes));
        packages.push(packageOfMetadata(headers));
        files[path] = new TextEncoder().encode(headers);
      } else if (belongsInBundle(path)) files[path] = bytes;
    }
  }
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  const zip = zipSync(sorted, { level: 9, mtime: new Date(1980, 0, 1) });
  mkdirSync(folder, { recursive: true });
  writeFileSync(bundle, zip);
  writeFileSync(list, `${JSON.stringify(packages, null, 2)}\n`);
  console.log(
    `Python packages: ${packages.map(({ name, version }) => `${name} ${version}`).join(", ")} (${Math.round(zip.length / 1024)} KiB).`,
  );
}

/** Makes the archive of the pinned wheels. */
async function packArchive(wheels: string): Promise<void> {
  const from = /\(from archive\.in (\w+)\)/.exec(readFileSync(archivePinned, "utf8"))?.[1];
  if (from !== sha256(readFileSync(archiveWanted)).slice(0, 12)) {
    throw new MissingError(`${archiveWanted} has changed: npm run python:lock pins what it asks for.`);
  }
  downloadPinned(wheels);
  download(wheels, targets.webAssembly, ["--no-deps", "--require-hashes", "--requirement", archivePinned]);
  const count = await makeArchive(
    wheelsIn(wheels).map((file) => ({ file, bytes: readFileSync(join(wheels, file)) })),
    archive,
  );
  console.log(`Python packages: ${count} wheels in the archive.`);
}

/** Changes whenever what is made of these files would. */
function keyOf(...inputs: readonly string[]): string {
  return sha256(Buffer.concat(inputs.map((file) => readFileSync(file))));
}

/** Makes something anew unless it is there, made of the same: `kept` is the file that says of what. */
async function unlessMade(
  { what, kept, products, current }: { what: string; kept: string; products: readonly string[]; current: string },
  make: () => void | Promise<void>,
): Promise<void> {
  if ([kept, ...products].every((file) => existsSync(file)) && readFileSync(kept, "utf8") === current) {
    console.log(`Python packages: ${what} unchanged.`);
    return;
  }
  await make();
  writeFileSync(kept, current);
}

const scratch = mkdtempSync(join(tmpdir(), "two-servers-wheels-"));
const [first, second] = [join(scratch, "first"), join(scratch, "second")];
mkdirSync(first);
mkdirSync(second);
try {
  if (process.argv.includes("--lock")) {
    lock(first);
    lockArchive(second, mkdtempSync(join(scratch, "more-")));
  } else {
    const scripts = ["scripts/python-packages.ts", "scripts/python-wheels.ts", "scripts/wheel.ts"];
    await unlessMade({ what: "bundle", kept: key, products: [bundle, list], current: keyOf(pinned, ...scripts) }, () =>
      pack(first),
    );
    const more = [archiveWanted, archivePinned, "scripts/package-archive.ts", "scripts/python-compiler.ts"];
    await unlessMade(
      {
        what: "archive",
        kept: archiveKey,
        products: [archive],
        current: keyOf(pinned, ...more, "node_modules/pyodide/package.json", ...scripts),
      },
      () => packArchive(second),
    );
  }
} catch (error) {
  if (!(error instanceof MissingError)) throw error;
  console.error(`Python packages: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true });
}
