/**
 * Builds the Python machine into `public/machine/`. `machine-image.ts` says of what. With `--quick` one for development
 * takes its place in the site that is built already, for its tests.
 */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { makeMachine } from "./machine-image.ts";

const quick = process.argv.includes("--quick");
const output = new URL(quick ? "../dist/machine/" : "../public/machine/", import.meta.url);

const { files, summary } = await makeMachine(quick ? "development" : "release");
// The other kinds of machine lie beside it.
await rm(quick ? new URL("python/", output) : output, { recursive: true, force: true });
await mkdir(new URL("python/wheels/", output), { recursive: true });
for (const [path, bytes] of files) await writeFile(new URL(path, output), bytes);
console.log(summary);
