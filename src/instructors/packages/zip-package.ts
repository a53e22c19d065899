/** Packs texts into a zip that is the same bytes whenever it is made. */
import { strToU8, zipSync } from "fflate";

/** What zip files can tell of time begins here. */
const beginning = new Date(1980, 0, 1);

/** The files, by name, as a zip. */
export function zipPackage(files: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const bytes = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]));
  return new Uint8Array(zipSync(bytes, { level: 9, mtime: beginning }));
}
