import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ran } from "./native-shell.ts";

/** The shells of this computer that ours is held against, by the names that ours have. */
const installed = { sh: "dash", bash: "bash" } as const;

/**
 * Runs a script in this computer's dash (or bash), in an empty folder. Rejects, naming the shell, if it is not
 * installed.
 */
export async function runInstalled(shell: "sh" | "bash", script: string): Promise<Ran> {
  const folder = await mkdtemp(join(tmpdir(), "shell-"));
  try {
    return await new Promise((resolve, reject) => {
      const env = { PATH: "/usr/local/bin:/usr/bin:/bin", HOME: "/home/student", USER: "student", LANG: "C.UTF-8" };
      const options = { cwd: folder, env, timeout: 20_000 };
      const child = execFile(installed[shell], ["-c", script, shell], options, (error, out, err) => {
        if (error?.code === "ENOENT") {
          reject(
            new Error(
              `${installed[shell]} is not installed, and ours is held against it: apt-get install ${installed[shell]}`,
            ),
          );
          return;
        }
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : 128;
        resolve({ out, err, status: code });
      });
      child.stdin?.end();
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
