/** What the built site has of the Linux machine. */
import { existsSync, readFileSync } from "node:fs";
import type { LabDefinition } from "../../src/lab-definition/schema.ts";
import { type LinuxManifest, plainSituation } from "../../src/machine/linux/image.ts";

const file = "dist/machine/linux/manifest.json";

/** Why a test that needs this situation cannot be run; `undefined` if it can. */
export function linuxMissing(situation: string): string | undefined {
  const why = `no Linux image of the situation ${situation}: npm run linux:image makes one`;
  if (!existsSync(file)) return why;
  const { situations }: LinuxManifest = JSON.parse(readFileSync(file, "utf8"));
  return situation in situations ? undefined : why;
}

/** Why a lab cannot be tested; `undefined` if it can, as those of other kinds of machine. */
export function imageMissing({ machine, situation }: LabDefinition): string | undefined {
  return machine === "linux" ? linuxMissing(situation ?? plainSituation) : undefined;
}
