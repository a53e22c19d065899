import { cpSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";

/** Puts a folder that has been made whole where it belongs: whoever looks for it finds all of it or nothing. */
export function keepFolder(made: string, folder: string): void {
  mkdirSync(dirname(folder), { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  rmSync(`${folder}.new`, { recursive: true, force: true });
  cpSync(made, `${folder}.new`, { recursive: true });
  renameSync(`${folder}.new`, folder);
}
