/** Builds the Python machine into `public/machine/`. `machine-image.ts` says of what. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { makeMachine } from "./machine-image.ts";

const output = new URL("../public/machine/", import.meta.url);

const { files, summary } = await makeMachine("release");
await rm(output, { recursive: true, force: true });
await mkdir(new URL("python/", output), { recursive: true });
for (const [path, bytes] of files) await writeFile(new URL(path, output), bytes);
console.log(summary);
