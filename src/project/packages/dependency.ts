/** A requirement as packages write them into their metadata: `redis[hiredis]>=4,<6; extra == "cache"` (PEP 508). */
import { validRange } from "@renovatebot/pep440";

/** What is asked for. */
export interface Dependency {
  /** As package indexes compare it. */
  readonly name: string;
  readonly extras: readonly string[];
  /** `>=4,<6`, as PEP 440 has it. Empty: any version. */
  readonly specifier: string;
  /** As it is written. Empty: always. */
  readonly marker: string;
  /** It comes from an address of its own, not from an index. */
  readonly address?: string;
}

/** A longer one is none that anybody wrote. */
const longest = 4000;

/** A package's name as package indexes compare it (PEP 503). */
export function normalisedName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

/** Reads one. `undefined` if it is none. */
export function readDependency(line: string): Dependency | undefined {
  if (line.length > longest) return undefined;
  const [, name, extras = "", rest = ""] = /^\s*([A-Za-z\d][\w.-]*)\s*(?:\[([^\]]*)\])?(.*)$/s.exec(line) ?? [];
  if (name === undefined || !/[A-Za-z\d]$/.test(name)) return undefined;
  const named = {
    name: normalisedName(name),
    extras: extras
      .split(",")
      .map((each) => normalisedName(each.trim()))
      .filter((each) => each !== ""),
  };
  const [, address] = /^\s*@\s*([^\s;]+)/.exec(rest) ?? [];
  if (address !== undefined) return { ...named, specifier: "", marker: /\s;(.*)$/s.exec(rest)?.[1] ?? "", address };
  const [versions = "", ...marker] = rest.split(";");
  const specifier = versions.replace(/[\s()]/g, "");
  return validRange(specifier) ? { ...named, specifier, marker: marker.join(";") } : undefined;
}

/**
 * A version as a project's own file asks for it, as PEP 440 has it: Poetry's and Pipenv's `^3.0` and `1.0` too.
 * `undefined` if it is none of these.
 */
export function specifierOf(wanted: string): string | undefined {
  const parts = wanted
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "" && each !== "*");
  const specifier = parts.map(specifierOfPart).join(",");
  return validRange(specifier) ? specifier : undefined;
}

function specifierOfPart(part: string): string {
  const [, operator = "", version = "", star = ""] = /^(\^|~|)v?(\d[\d.]*?)(\.\*)?$/.exec(part) ?? [];
  if (version === "") return part;
  const numbers = version.split(".").map(Number);
  if (operator === "") return `==${version}${star}`;
  // `^0.2.3` stays below 0.3, `^1.2` below 2, `~1.2.3` below 1.3.
  const leading = numbers.findIndex((number) => number > 0);
  const kept = operator === "~" ? Math.min(2, numbers.length) : (leading < 0 ? numbers.length - 1 : leading) + 1;
  const above = numbers.slice(0, kept).map((number, index) => (index === kept - 1 ? number + 1 : number));
  return `>=${version},<${above.join(".")}`;
}
