/** The version of an app, as one of its files says it: in Python the line `VERSION = 1`. What a deployment changes. */
import type { LabFile } from "./schema.ts";

/** The response header in which an app tells its version, in lower case. */
export const versionHeader = "x-version";

const versionLine = /^(VERSION\s*=\s*)(\d+)(?=\s*(#.*)?$)/m;

/** The first file that says a version, with that version. */
export function versionOf(files: readonly LabFile[]): { readonly file: LabFile; readonly version: number } | undefined {
  for (const file of files) {
    const number = versionLine.exec(file.text)?.[2];
    if (number !== undefined) return { file, version: Number(number) };
  }
  return undefined;
}

/** The text with another version in that line; the same text if it has none. */
export function withVersion(text: string, version: number): string {
  return text.replace(versionLine, (_, before: string) => `${before}${version}`);
}
