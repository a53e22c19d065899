/**
 * The template is made in a frame in which no reader's code has run yet, kept under the key of everything that it was made from, and checked by
 * its digest when it is read.
 */
import type { KeptFiles } from "./kept-files";

const digestBytes = 32;

/** What the template of this key is kept as. Another browser makes its own. */
export function templateName(key: string): string {
  return `template ${key} ${navigator.userAgent}`;
}

/** The template in a kept file, or undefined if it is damaged. */
export async function readTemplate(file: Blob): Promise<ArrayBuffer | undefined> {
  const [expected, template] = await Promise.all([
    file.slice(0, digestBytes).arrayBuffer(),
    file.slice(digestBytes).arrayBuffer(),
  ]);
  const bytes = new Uint8Array(expected);
  const found = await digest(template);
  return found.every((byte, index) => byte === bytes[index]) ? template : undefined;
}

/** Keeps a template; false where the browser does not let us. */
export async function keepTemplate(kept: KeptFiles, key: string, template: ArrayBuffer): Promise<boolean> {
  return kept.keep(templateName(key), new Blob([await digest(template), template]));
}

async function digest(bytes: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
