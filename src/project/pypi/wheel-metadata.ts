/** What a wheel says of itself: its METADATA (PEP 566). */
import { eq, explain } from "@renovatebot/pep440";
import { IntakeError } from "../intake/intake-result.ts";
import { readZip } from "../intake/zip-archive.ts";
import { type Dependency, normalisedName, readDependency } from "../packages/dependency.ts";

/** Names of files in a wheel that are looked at. */
const mostNames = 20_000;
/** Bytes. The description of a package is in it. */
const largestMetadata = 2_000_000;

/**
 * What a wheel needs. `undefined` if it is no wheel of this package and version, or its requirements cannot be read.
 *
 * @param name as package indexes compare it
 */
export async function requirementsOfWheel(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  version: string,
): Promise<readonly Dependency[] | undefined> {
  const metadata = await metadataOf(bytes);
  if (metadata === undefined) return undefined;
  const fields = headersOf(metadata);
  const all = (field: string) => fields.flatMap(([each, value]) => (each === field ? [value] : []));
  const [itsName = ""] = all("name");
  const [itsVersion = ""] = all("version");
  if (normalisedName(itsName) !== name || !sameVersion(itsVersion, version)) return undefined;
  const needed: Dependency[] = [];
  for (const line of all("requires-dist")) {
    const dependency = readDependency(line);
    if (dependency === undefined) return undefined;
    needed.push(dependency);
  }
  return needed;
}

function sameVersion(one: string, other: string): boolean {
  return explain(one) !== null && eq(one, other);
}

/** `undefined` if the bytes are no zip, or have no such file. */
async function metadataOf(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  try {
    const found = readZip("wheel", bytes, mostNames).find(({ path }) => /^[^/]+\.dist-info\/METADATA$/.test(path));
    if (found === undefined || found.size > largestMetadata) return undefined;
    return new TextDecoder().decode(await found.read());
  } catch (error) {
    if (error instanceof IntakeError) return undefined;
    throw error;
  }
}

/** Fields as of a mail, their names in small letters; a line that begins with a space goes on with the one before. */
function headersOf(metadata: string): readonly (readonly [name: string, value: string])[] {
  const [head = ""] = metadata.replaceAll("\r\n", "\n").split("\n\n", 1);
  return head
    .replace(/\n[ \t]+/g, " ")
    .split("\n")
    .flatMap((line) => {
      const colon = line.indexOf(":");
      return colon < 0 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const];
    });
}
