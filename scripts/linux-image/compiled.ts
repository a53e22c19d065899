/** What of the machine is compiled and kept in the repository, and from what it was. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { recipe } from "./recipe.ts";

/** One of the files. */
export interface CompiledFile {
  /** In `linux/built/`. */
  readonly name: string;
  /** A hash of all that decides what it is, but for the compiler. */
  readonly madeFrom: string;
}

/** What `linux/built/built.json` says of a file. */
interface Kept {
  readonly madeFrom: string;
  readonly sha256: string;
}

const file = "linux/built/built.json";

/** All of them, by the recipe of today. */
export const compiledFiles: readonly CompiledFile[] = [
  { name: "bzImage", madeFrom: hashOf(recipe.archives.kernel.sha256, text("linux/kernel.config")) },
  { name: "accepted.so", madeFrom: hashOf(text("linux/guest/accepted.c")) },
];

/** What is kept, by name. */
export function readCompiled(): Readonly<Record<string, Kept>> {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

/** What `built.json` says of the files that lie beside it. */
export function writtenCompiled(): string {
  const entries = compiledFiles.map(({ name, madeFrom }) => [name, { madeFrom, sha256: sha256Of(name) }]);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

/** The hash of a kept file's bytes. */
export function sha256Of(name: string): string {
  return createHash("sha256")
    .update(readFileSync(join("linux/built", name)))
    .digest("hex");
}

function text(path: string): string {
  return readFileSync(path, "utf8");
}

function hashOf(...parts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\n");
  return hash.digest("hex");
}
