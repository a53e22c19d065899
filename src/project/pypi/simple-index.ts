/** What PyPI lists of a package (PEP 691), and which of its files is a wheel for the Python machine. */
import { compare, explain, filter, satisfies, validRange } from "@renovatebot/pep440";
import { normalisedName } from "../packages/dependency.ts";
import { machineEnvironment } from "../packages/marker.ts";

/** Where lists come from, and where the files that they name. */
export const pypiOrigins = { lists: "https://pypi.org", files: "https://files.pythonhosted.org" } as const;

/** The kind of answer that is asked for: the first version of the format, as JSON. */
export const listType = "application/vnd.pypi.simple.v1+json";

/** A file of a package's list. */
export interface ListedFile {
  readonly filename: string;
  readonly url: string;
  /** In hexadecimal digits, small ones. */
  readonly sha256: string;
  /** In bytes, where the list says it. */
  readonly size?: number;
  /** As PEP 440 has it. Empty: any Python. */
  readonly requiresPython: string;
  /** Its author has taken it back. */
  readonly yanked: boolean;
}

/** Why none of a package's files can be taken. */
export type NoWheel =
  /** None is a wheel that runs on any computer. `native`: some are, for other computers. */
  | { readonly kind: "no pure wheel"; readonly native: boolean }
  /** None has a version that is asked for. `newest`: the newest pure wheel's. */
  | { readonly kind: "no version fits"; readonly wanted: string; readonly newest: string }
  /** Those that fit want another Python. */
  | { readonly kind: "another python"; readonly version: string; readonly requires: string }
  /** The list gives no file of PyPI's own with a checksum. */
  | { readonly kind: "no safe file"; readonly version: string };

/** The wheel that is taken. */
export interface ChosenWheel extends ListedFile {
  readonly kind: "wheel";
  /** As package indexes compare it. */
  readonly name: string;
  readonly version: string;
}

/** The address of a package's list. */
export function listAddress(name: string): string {
  return `${pypiOrigins.lists}/simple/${normalisedName(name)}/`;
}

/** Reads what PyPI has answered about a package. `undefined` if it is no such list. */
export function readList(answer: unknown, name: string): readonly ListedFile[] | undefined {
  if (!isTable(answer) || !isTable(answer["meta"]) || !Array.isArray(answer["files"])) return undefined;
  if (!/^1\.\d+$/.test(textOf(answer["meta"]["api-version"]))) return undefined;
  if (normalisedName(textOf(answer["name"])) !== normalisedName(name)) return undefined;
  return answer["files"].flatMap((file) => listedFile(file, listAddress(name)));
}

function listedFile(file: unknown, base: string): readonly ListedFile[] {
  if (!isTable(file)) return [];
  const filename = textOf(file["filename"]);
  const url = URL.parse(textOf(file["url"]), base)?.href;
  if (filename === "" || url === undefined) return [];
  const { size, yanked } = file;
  const sha256 = isTable(file["hashes"]) ? textOf(file["hashes"]["sha256"]).toLowerCase() : "";
  return [
    {
      filename,
      url,
      sha256,
      ...(typeof size === "number" && Number.isSafeInteger(size) && size >= 0 && { size }),
      requiresPython: textOf(file["requires-python"]),
      // A reason counts, also an empty one.
      yanked: yanked === true || typeof yanked === "string",
    },
  ];
}

const python = machineEnvironment.get("python_full_version") ?? "";
const minor = Number(/^3\.(\d+)/.exec(python)?.[1]);

/** Chooses the newest pure wheel that fits. */
export function chooseWheel(
  name: string,
  files: readonly ListedFile[],
  specifiers: readonly string[],
): ChosenWheel | NoWheel {
  const wheels = files.flatMap((file) => pureWheel(name, file));
  const [newest] = newestFirst(wheels);
  if (newest === undefined) {
    const native = files.some(({ filename }) => filename.endsWith(".whl"));
    return { kind: "no pure wheel", native };
  }
  const wanted = specifiers.filter((each) => each !== "").join(",");
  // What was taken back is for those alone who ask for exactly that version.
  const pinned = /^={2,3}[^,*]+$/.test(wanted);
  const offered = wheels.filter(({ yanked }) => pinned || !yanked);
  // Pre-releases only where nothing else is left, or where they were asked for.
  const fitting = new Set(
    filter(
      offered.map(({ version }) => version),
      wanted,
    ),
  );
  const ofVersion = newestFirst(offered.filter(({ version }) => fitting.has(version)));
  const [best] = ofVersion;
  if (best === undefined) return { kind: "no version fits", wanted, newest: newest.version };
  const forPython = ofVersion.filter(({ requiresPython }) => runsOn(requiresPython));
  if (forPython.length === 0) return { kind: "another python", version: best.version, requires: best.requiresPython };
  return forPython.find(isSafe) ?? { kind: "no safe file", version: best.version };
}

function newestFirst(wheels: readonly ChosenWheel[]): readonly ChosenWheel[] {
  return wheels.toSorted((a, b) => compare(b.version, a.version));
}

/** What cannot be read says nothing. */
function runsOn(requiresPython: string): boolean {
  return !validRange(requiresPython) || satisfies(python, requiresPython, { prereleases: true });
}

function isSafe({ url, sha256 }: ListedFile): boolean {
  return url.startsWith(`${pypiOrigins.files}/`) && /^[\da-f]{64}$/.test(sha256);
}

/** A wheel that runs on any computer with this Python, by its name (PEP 427, PEP 425). */
function pureWheel(name: string, file: ListedFile): readonly ChosenWheel[] {
  const match = /^([\w.]+)-([\w.+!]+)(?:-\d\w*)?-([\w.]+)-none-any\.whl$/.exec(file.filename);
  const [, distribution = "", version = "", tags = ""] = match ?? [];
  if (match === null || normalisedName(distribution) !== name || explain(version) === null) return [];
  return tags.split(".").some(isOurPython) ? [{ ...file, kind: "wheel", name, version }] : [];
}

/** `py3`, or `py39` and what else came before this Python. */
function isOurPython(tag: string): boolean {
  if (tag === "py3" || tag === `cp3${minor}`) return true;
  const number = /^py3(\d+)$/.exec(tag)?.[1];
  return number !== undefined && Number(number) <= minor;
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === "string" && value.length <= 2000 ? value : "";
}
