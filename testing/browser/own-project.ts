/** Example projects as a reader would drop them. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";

/** A file for a file input. */
export interface DroppedFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A zip of these files. */
export function zipOf(name: string, files: Readonly<Record<string, Uint8Array>>): DroppedFile {
  return { name, mimeType: "application/zip", buffer: Buffer.from(zipSync({ ...files })) };
}

/** A project of `content/projects/`, as a zip whose folder has its name. */
export function zippedProject(name: string): DroppedFile {
  const folder = join("content/projects", name);
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  const contents = paths.map((path) => [`${name}/${path}`, new Uint8Array(readFileSync(join(folder, path)))] as const);
  return zipOf(`${name}.zip`, Object.fromEntries(contents));
}
