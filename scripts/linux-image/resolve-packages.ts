/** Which packages a Debian consists of that has what is asked for. */
import { alternativesOf, type Paragraph, relationsOf } from "./debian-control.ts";
import { ImageError } from "./image-error.ts";

/**
 * The packages asked for, those that each Debian needs, and all that they depend on; recommended ones are left out. Of
 * alternatives the first is taken that is there already, else the first that there is. Versions are not compared: a
 * release of Debian fits together.
 *
 * @param available the packages of a release by name
 * @returns names, sorted
 * @throws ImageError where one is not to be had
 */
export function resolvePackages(
  available: ReadonlyMap<string, Paragraph>,
  asked: readonly string[],
): readonly string[] {
  const provided = providersIn(available);
  const chosen = new Set<string>();
  const needed = [...available].filter(([, fields]) => isNeeded(fields)).map(([name]) => name);
  const waiting = [...needed, ...asked];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (chosen.has(name)) continue;
    const fields = available.get(name);
    if (!fields) throw new ImageError(`Debian has no package ${name}.`);
    chosen.add(name);
    const relations = [...relationsOf(fields.get("Pre-Depends")), ...relationsOf(fields.get("Depends"))];
    for (const relation of relations) {
      const candidates = alternativesOf(relation)
        .flatMap((each) => [each, ...(provided.get(each) ?? [])])
        .filter((each) => available.has(each));
      const isThere = (each: string) => chosen.has(each) || waiting.includes(each);
      const [first] = candidates;
      if (first === undefined) throw new ImageError(`${name} needs ${relation}, which Debian does not have.`);
      if (!candidates.some(isThere)) waiting.push(first);
    }
  }
  return [...chosen].sort();
}

/** As debootstrap's smallest variant has it. */
function isNeeded(fields: Paragraph): boolean {
  return fields.get("Essential") === "yes" || fields.get("Priority") === "required" || fields.get("Package") === "apt";
}

function providersIn(available: ReadonlyMap<string, Paragraph>): ReadonlyMap<string, readonly string[]> {
  const providers = new Map<string, string[]>();
  for (const [name, fields] of available) {
    for (const relation of relationsOf(fields.get("Provides"))) {
      for (const virtual of alternativesOf(relation)) providers.set(virtual, [...(providers.get(virtual) ?? []), name]);
    }
  }
  return providers;
}
