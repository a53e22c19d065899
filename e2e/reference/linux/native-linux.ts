/** Runs a course natively: the programs of the machine's own disc, on this computer. */
import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { discFolder } from "../../../scripts/linux-image/recipe.ts";
import type { LinuxCourse } from "./scenarios.ts";

const script = fileURLToPath(new URL("native.sh", import.meta.url));
const disc = join(discFolder(), "disc");

/** What was printed: by each line, by its name, and by the server. */
export interface Printed {
  readonly lines: Readonly<Record<string, string>>;
  readonly server: string;
}

/** Why this computer cannot run it, as a sentence; `undefined` if it can. */
export function nativeMissing(): string | undefined {
  if (!existsSync(disc)) return "The disc was not made on this computer.";
  const can = (...words: readonly [string, ...string[]]) => spawnSync(words[0], words.slice(1)).status === 0;
  if (!can("unshare", "--net", "--pid", "--fork", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"))
    return "Only a root user who may make namespaces can run it natively.";
  if (!can("debugfs", "-V")) return "There is no debugfs on this computer, which takes the disc apart.";
  return undefined;
}

/** Rejects if the servers do not answer. */
export async function runOnNativeLinux({ lab, ready, scenarios }: LinuxCourse, command: string): Promise<Printed> {
  const folder = mkdtempSync(join(tmpdir(), "two-servers-native-"));
  try {
    mkdirSync(join(folder, "machine"));
    writeFileSync(join(folder, "ready"), ready);
    for (const [number, { line }] of scenarios.entries()) writeFileSync(join(folder, `${number}.sh`), line);
    await promisify(execFile)(
      "unshare",
      [
        "--net",
        "--pid",
        "--fork",
        "--kill-child",
        "--mount",
        "sh",
        script,
        disc,
        resolve("content/labs", lab),
        folder,
        command,
      ],
      { timeout: 120_000, killSignal: "SIGKILL" },
    );
    const printed = (name: string) => readFileSync(join(folder, name), "utf8");
    const lines = Object.fromEntries(scenarios.map(({ name }, number) => [name, printed(`${number}.out`)]));
    return { lines, server: printed("server.out") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
