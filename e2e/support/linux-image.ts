/** Whether the built site has what a test on the Linux machine needs. */
import { existsSync, readFileSync } from "node:fs";
import type { LabDefinition } from "../../src/lab-definition/schema.ts";

const file = "dist/machine/linux/manifest.json";

/** Why a lab cannot be tested: a sentence, or `undefined` if it can. Labs of other kinds of machine can. */
export function missingImage({ machine, situation }: LabDefinition): string | undefined {
  if (machine !== "linux") return undefined;
  const manifest: { situations?: Readonly<Record<string, object>> } = existsSync(file)
    ? JSON.parse(readFileSync(file, "utf8"))
    : {};
  const wanted = situation ?? "debian";
  if (manifest.situations?.[wanted] !== undefined) return undefined;
  return `The Linux image has no situation ${wanted}: npm run linux:image makes it`;
}
