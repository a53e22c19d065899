/** One build at a time: a second one waits for the first, and finds what that has made. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

/** Milliseconds between two looks. */
const pause = 1000;

/**
 * Resolves once this process alone builds in the folder, with what ends that. `say` hears for whom it waits, and whom
 * it succeeds.
 */
export async function lockBuilds(folder: string, say: (line: string) => void): Promise<() => void> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "building");
  const mine = JSON.stringify({ pid: process.pid, host: hostname() });
  let told = false;
  for (;;) {
    try {
      writeFileSync(file, mine, { flag: "wx" });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    const other = holderOf(file);
    if (other !== undefined && !isAlive(other)) {
      say("a build before this one was interrupted; going on where it was");
      rmSync(file, { force: true });
      continue;
    }
    if (!told) say(`another build is at work (process ${other?.pid ?? "unknown"}); waiting for it`);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

interface Holder {
  readonly pid: number;
  readonly host: string;
}

/** Nothing where the file has just gone, or is not written to its end. */
function holderOf(file: string): Holder | undefined {
  try {
    const { pid, host }: { pid: unknown; host: unknown } = JSON.parse(readFileSync(file, "utf8"));
    return typeof pid === "number" && typeof host === "string" ? { pid, host } : undefined;
  } catch {
    return undefined;
  }
}

/** Of a process on another computer nothing is known: it counts as alive. */
function isAlive({ pid, host }: Holder): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
