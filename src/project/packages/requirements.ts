/** Which packages a project asks for: requirements.txt, pyproject.toml, Pipfile. */
import { parse } from "smol-toml";
import { folderOf, type ProjectFile, readableText } from "../files/project-file.ts";
import { normalisedName } from "./dependency.ts";

/** A package that is asked for. */
export interface Requirement {
  /** As package indexes compare it: `flask-login`. */
  readonly name: string;
  /** As it is written: `==3.0.1`. Empty: any version. */
  readonly wanted: string;
  /** Parts of it that are asked for as well: `standard` of `fastapi[standard]`. */
  readonly extras: readonly string[];
  /** When it is asked for, as PEP 508 has it. Empty: always. */
  readonly marker: string;
  /** The file that asks for it. */
  readonly path: string;
}

const longest = 300_000;

/** What the project's own files ask for, each package once. Files that cannot be read ask for nothing. */
export function requirementsOf(files: readonly ProjectFile[]): readonly Requirement[] {
  const found = new Map<string, Requirement>();
  for (const file of files) {
    if (folderOf(file.path).includes("/")) continue;
    for (const requirement of read(file)) if (!found.has(requirement.name)) found.set(requirement.name, requirement);
  }
  return [...found.values()];
}

/** Names of what the project's own files ask for. */
export function requirementNames(files: readonly ProjectFile[]): ReadonlySet<string> {
  return new Set(requirementsOf(files).map(({ name }) => name));
}

function read(file: ProjectFile): readonly Requirement[] {
  const { path } = file;
  const text = readableText(file);
  if (text.length > longest) return [];
  if (/(?:^|\/)requirements[^/]*\.(?:txt|in)$|(?:^|\/)requirements\/[^/]+\.txt$/.test(path))
    return fromLines(text, path);
  if (/(?:^|\/)pyproject\.toml$/.test(path)) return fromProject(toml(text), path);
  return /(?:^|\/)Pipfile$/.test(path) ? fromTable(within(toml(text), "packages"), path) : [];
}

function fromLines(text: string, path: string): readonly Requirement[] {
  return text
    .replace(/\\\r?\n/g, " ")
    .split("\n")
    .flatMap((line) => requirement(line, path));
}

/** One line of a requirements file, or one string of a project's (PEP 508), as far as its name and version go. */
function requirement(line: string, path: string): readonly Requirement[] {
  const plain = line
    .replace(/(?:^|\s)#.*$/, "")
    .replace(/\s--hash[=\s]\S+/g, "")
    .trim();
  const match =
    /^([A-Za-z\d](?:[\w.-]*[A-Za-z\d])?)\s*(?:\[([^\]]*)\])?\s*\(?([^;@)]*)\)?\s*(?:@\s*\S+)?\s*(?:;(.*))?$/.exec(
      plain,
    );
  const [, name, extras = "", wanted = "", marker = ""] = match ?? [];
  // What is for another system, or only for development, is not asked for here.
  if (name === undefined || /extra\s*==|sys_platform\s*==\s*["']win32|platform_system\s*==\s*["']Windows/.test(marker))
    return [];
  return [
    {
      name: normalisedName(name),
      wanted: wanted.replace(/\s+/g, ""),
      extras: extrasIn(extras.split(",")),
      marker: marker.trim(),
      path,
    },
  ];
}

function extrasIn(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each) => (typeof each === "string" && each.trim() !== "" ? [normalisedName(each.trim())] : []));
}

function toml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    // Not TOML: pip would say so; nothing is known from it.
    return undefined;
  }
}

function within(value: unknown, ...keys: readonly string[]): unknown {
  let at = value;
  for (const key of keys) at = isTable(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  return at;
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fromProject(value: unknown, path: string): readonly Requirement[] {
  const list = within(value, "project", "dependencies");
  const standard = Array.isArray(list)
    ? list.flatMap((each) => (typeof each === "string" ? requirement(each, path) : []))
    : [];
  return [...standard, ...fromTable(within(value, "tool", "poetry", "dependencies"), path)];
}

/** `flask = "^3.0"`, as Poetry and Pipenv have it. */
function fromTable(value: unknown, path: string): readonly Requirement[] {
  if (!isTable(value)) return [];
  return Object.entries(value).flatMap(([name, wanted]) => {
    if (normalisedName(name) === "python") return [];
    const version = typeof wanted === "string" ? wanted : within(wanted, "version");
    const text = typeof version === "string" && version !== "*" ? version : "";
    return [{ name: normalisedName(name), wanted: text, extras: extrasIn(within(wanted, "extras")), marker: "", path }];
  });
}
