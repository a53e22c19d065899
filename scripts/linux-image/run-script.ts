/** Scripts of the image that run as processes of their own, beside each other. */
import { spawn } from "node:child_process";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { ImageError } from "./image-error.ts";

/** Bundles a script with the machine's code that it uses; gives the path of what can be run. */
export async function bundleScript(entry: string, folder: string): Promise<string> {
  const outfile = join(folder, `${basename(entry, ".ts")}.mjs`);
  await build({
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    outfile,
    logLevel: "error",
  });
  return outfile;
}

/**
 * Runs it with this Node; it ends when its standard input does. `onLine` hears what it prints. Rejects with
 * `ImageError`, which shows the end of that.
 */
export function runScript(script: string, args: readonly string[], onLine: (line: string) => void): Promise<void> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ["pipe", "pipe", "pipe"] });
  const last: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      last.push(line);
      if (last.length > 15) last.shift();
      if (stream === child.stdout) onLine(line);
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code === 0) resolve();
      else reject(new ImageError(`${basename(script)} ended with ${signal ?? code}:\n${last.join("\n")}`));
    });
  });
}
