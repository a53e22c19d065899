/**
 * Rows for workers that come and go: a new worker takes the row of one that ended, so that rows keep their place. Its
 * lane is its own, and begins empty.
 */
import type { Milliseconds, Pid, ProcessInfo } from "../../machine/machine.ts";

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

/**
 * Gives each worker a row.
 *
 * @param others pids of the other processes that live: a worker that is among them looks after others now, and has not
 * ended
 */
export function assignSlots(
  slots: readonly WorkerSlot[],
  workers: readonly ProcessInfo[],
  now: Milliseconds,
  others: ReadonlySet<Pid> = new Set(),
): readonly WorkerSlot[] {
  const living = new Map(workers.map((process) => [process.pid, process]));
  const placed = new Set<Pid>();
  // What a worker had done by a process of its own (a debugger asks what computer it is on) was no worker.
  const wasWorker = ({ process: { pid, parent }, ended }: WorkerSlot) =>
    ended !== undefined || living.has(pid) || !(others.has(pid) || living.has(parent));
  const kept = slots.filter(wasWorker).map((slot): WorkerSlot => {
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

/** A worker that came this long before another ended came in its place, in milliseconds. */
const handover: Milliseconds = 5000;

/**
 * The rows without those that have been empty since before `moment`. Where a server starts new workers before it ends
 * the old ones, those took other rows: what the old ones did goes on to be shown in them.
 */
export function withoutEmpty(slots: readonly WorkerSlot[], moment: Milliseconds): readonly WorkerSlot[] {
  const isEmpty = ({ ended }: WorkerSlot) => ended !== undefined && ended < moment;
  const withoutSuccessor = slots.filter(isEmpty);
  return slots
    .filter((slot) => !isEmpty(slot))
    .map((slot): WorkerSlot => {
      if (slot.ended !== undefined || slot.before.length > 0) return slot;
      const { started } = slot.process;
      const place = withoutSuccessor.findIndex(
        ({ process, ended = 0 }) => started > process.started && started > ended - handover,
      );
      const [old] = place === -1 ? [] : withoutSuccessor.splice(place, 1);
      if (old?.ended === undefined) return slot;
      return { ...slot, before: [...old.before, { pid: old.process.pid, ended: old.ended }] };
    });
}
