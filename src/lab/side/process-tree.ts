/** Who belongs to whom among a host's processes. */
import type { Host, Pid, ProcessInfo } from "../../machine/machine.ts";

/** How often is looked whether killed processes are gone, in milliseconds, and how many times. */
const lookEvery = 20;
const looks = 100;

/** These processes and all that they have started, as far as it is there. */
export function withChildren(processes: readonly ProcessInfo[], roots: Iterable<Pid>): ReadonlySet<Pid> {
  const inside = new Set(roots);
  if (inside.size === 0) return inside;
  // A child's pid is higher than its parent's.
  for (const { pid, parent } of processes.toSorted((a, b) => a.pid - b.pid)) if (inside.has(parent)) inside.add(pid);
  return inside;
}

/**
 * Kills processes until none is left.
 *
 * @param left those that are there, asked anew at each look
 * @returns false if some do not go
 */
export async function endProcesses(host: Host, left: () => readonly ProcessInfo[]): Promise<boolean> {
  for (let look = 0; look < looks; look += 1) {
    const there = left();
    if (there.length === 0) return true;
    // One that has just ended by itself is no failure.
    await Promise.all(there.map(({ pid }) => host.kill(pid, "SIGKILL").catch(() => {})));
    await new Promise((resolve) => setTimeout(resolve, lookEvery));
  }
  return false;
}
