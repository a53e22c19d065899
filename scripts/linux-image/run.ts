import { type SpawnSyncOptions, spawnSync } from "node:child_process";
import { ImageError } from "./image-error.ts";

/** Runs a program and gives what it printed. Rejects with `ImageError`, which shows the end of that. */
export function run(program: string, args: readonly string[], options: SpawnSyncOptions = {}): string {
  const result = spawnSync(program, args, {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    ...options,
  });
  if (result.status === 0) return String(result.stdout ?? "");
  const printed = `${result.stdout ?? ""}${result.stderr ?? ""}`.trim().split("\n").slice(-15).join("\n");
  throw new ImageError(`${program} failed:\n${printed}`);
}

const began = performance.now();

/** Tells what happens, with the time since the beginning. */
export function say(line: string): void {
  console.log(`Linux image, ${((performance.now() - began) / 1000).toFixed(0)} s: ${line}`);
}
