/**
 * Rows for workers that come and go: a new worker takes the row of one that ended, so that a replaced worker's lane
 * goes on where its predecessor's broke off, and rows keep their place.
 */
import type { Milliseconds, Pid, ProcessInfo } from "../machine/machine.ts";

/** A row of the list of workers. */
export interface WorkerSlot {
  /** Stays the same while workers change. */
  readonly key: number;
  /** The worker in it, the last one if it has ended. */
  readonly process: ProcessInfo;
  /** When that one ended, on the machine's clock. Absent while it lives. */
  readonly ended?: Milliseconds;
  /** Who worked in this row before. */
  readonly before: readonly { readonly pid: Pid; readonly ended: Milliseconds }[];
}

/** Gives each worker a row. */
export function assignSlots(
  slots: readonly WorkerSlot[],
  workers: readonly ProcessInfo[],
  now: Milliseconds,
): readonly WorkerSlot[] {
  const living = new Map(workers.map((process) => [process.pid, process]));
  const placed = new Set<Pid>();
  const kept = slots.map((slot): WorkerSlot => {
    const process = slot.ended === undefined ? living.get(slot.process.pid) : undefined;
    if (process === undefined) return slot.ended === undefined ? { ...slot, ended: now } : slot;
    placed.add(process.pid);
    return { ...slot, process };
  });
  const arriving = workers.filter(({ pid }) => !placed.has(pid));
  const filled = kept.map((slot): WorkerSlot => {
    const process = slot.ended === undefined ? undefined : arriving.shift();
    if (process === undefined || slot.ended === undefined) return slot;
    return { key: slot.key, process, before: [...slot.before, { pid: slot.process.pid, ended: slot.ended }] };
  });
  const firstFree = 1 + Math.max(0, ...slots.map(({ key }) => key));
  return [...filled, ...arriving.map((process, index) => ({ key: firstFree + index, process, before: [] }))];
}

/** The rows without those that have been empty since before `moment`. */
export function withoutEmpty(slots: readonly WorkerSlot[], moment: Milliseconds): readonly WorkerSlot[] {
  return slots.filter(({ ended }) => ended === undefined || ended >= moment);
}
