/**
 * A project as it is kept, linked or saved as `.lab.json`: checked like everything that comes from outside. Files of
 * secrets are in none of them.
 */
import * as z from "zod/mini";
import { firstHidden } from "../../lab/basics/hidden-characters.ts";
import { packText, unpackText } from "../../lab/share/packed-text.ts";
import { holdsSecrets, type ProjectFile } from "../files/project-file.ts";
import { type IntakeLimits, intakeLimits, type TakenProject } from "../intake/intake-result.ts";
import { safePath } from "../intake/path-rules.ts";
import type { PlannedRow } from "../routes/route.ts";

// The page's policy forbids what Zod would otherwise try in order to become faster.
z.config({ jitless: true });

/** A link is at most this long, in characters: longer ones are cut by mail programs and course pages. */
export const longestProjectLink = 8192;
/** Bytes that a link may unpack to. */
const mostUnpacked = 500_000;
const mostRows = 50;

const command = z.string().check(z.maxLength(2000), z.regex(/^[^\t\n\r]*$/));
const path = z.string().check(
  z.maxLength(400),
  z.refine((each) => safePath(each) === each),
);
const row = z.strictObject({
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]),
  path: z.string().check(z.maxLength(2000), z.startsWith("/")),
  body: z.string().check(z.maxLength(10_000)),
  weight: z.number().check(z.minimum(0), z.maximum(100)),
});
const shared = z.strictObject({
  format: z.literal("two-servers-project"),
  version: z.literal(1),
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  /** Pairs, because a path may have any name. The second is text, or bytes in base64. */
  files: z.array(
    z.strictObject({ path, text: z.optional(z.string()), bytes: z.optional(z.string().check(z.regex(/^[\w+/=]*$/))) }),
  ),
  commands: z.strictObject({ development: command, production: command }),
  rows: z.array(row).check(z.maxLength(mostRows)),
});

/** A project, and how its reader has set it up. */
export interface SharedProject {
  readonly name: string;
  readonly files: readonly ProjectFile[];
  readonly commands: { readonly development: string; readonly production: string };
  readonly rows: readonly PlannedRow[];
}

/** The project as JSON, without its secrets. */
export function writeProject({ name, files, commands, rows }: SharedProject): string {
  return JSON.stringify({
    format: "two-servers-project",
    version: 1,
    name,
    files: files
      .filter((file) => !holdsSecrets(file.path))
      .map((file) =>
        file.kind === "text" ? { path: file.path, text: file.text } : { path: file.path, bytes: toBase64(file.bytes) },
      ),
    commands,
    rows: rows.slice(0, mostRows),
  });
}

/** Reads what `writeProject` has written, whoever wrote it. `undefined` unless all of it is as it must be. */
export function readProject(json: string, limits: IntakeLimits = intakeLimits): SharedProject | undefined {
  try {
    const { success, data } = shared.safeParse(JSON.parse(json));
    if (!success) return undefined;
    const { name, commands, rows } = data;
    const paths = new Set(data.files.map((file) => file.path));
    if (paths.size !== data.files.length || paths.size > limits.files) return undefined;
    // A command would not run as it is shown.
    if (firstHidden(commands.development) ?? firstHidden(commands.production)) return undefined;
    const files = data.files.map(
      (file): ProjectFile =>
        file.bytes === undefined
          ? { kind: "text", path: file.path, text: file.text ?? "" }
          : { kind: "bytes", path: file.path, bytes: fromBase64(file.bytes) },
    );
    return { name, files, commands, rows };
  } catch {
    // Not JSON, or not base64.
    return undefined;
  }
}

const fragment = /^#project=1\.([\w-]+)$/;

/** The project as the fragment of an address, with its `#`; or why it does not fit into one. */
export function writeProjectLink(project: SharedProject): { readonly link: string } | "too long" | "has bytes" {
  if (project.files.some(({ kind, path }) => kind === "bytes" && !holdsSecrets(path))) return "has bytes";
  const link = `#project=1.${packText(writeProject(project))}`;
  return link.length > longestProjectLink ? "too long" : { link };
}

/** Whether a fragment is that of a project. */
export function isProjectLink(hash: string): boolean {
  return hash.startsWith("#project=");
}

/** Reads a fragment, whoever wrote it. */
export function readProjectLink(hash: string): SharedProject | undefined {
  const packed = hash.length > longestProjectLink ? undefined : fragment.exec(hash)?.[1];
  if (packed === undefined) return undefined;
  try {
    return readProject(unpackText(packed, mostUnpacked));
  } catch {
    // Not base64, not zlib, cut off, or too large.
    return undefined;
  }
}

/** As if it had been dropped. */
export function takenOf({ name, files }: SharedProject): TakenProject {
  return { name, files, leftOut: [], notes: [] };
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  const step = 8192;
  for (let at = 0; at < bytes.length; at += step) binary += String.fromCharCode(...bytes.subarray(at, at + step));
  return btoa(binary);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
