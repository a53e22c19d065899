/**
 * What a side's lanes are drawn from: its requests, each in a row of the process that took it.
 *
 * Events of one request come several times, each telling more (`RequestEvent`). A process that works on several
 * requests at once gets a row for each: the lowest one that is free, or the one its thread had before.
 */
import type { Milliseconds, Pid, RequestEvent, Tid, Unsubscribe } from "../machine/machine.ts";

/** A request as a block in a lane. Moments are on the machine's clock. */
export interface Block {
  readonly id: number;
  readonly queued: Milliseconds;
  /** Absent while it waits for a process. */
  accepted?: Milliseconds;
  pid?: Pid;
  tid?: Tid;
  /** Row within its process, from 0. */
  row: number;
  /** Absent while it is under way. */
  end?: Milliseconds;
  failed: boolean;
}

/** How much a side was seen to do at once. */
export interface WorkSeen {
  /** Requests that a process took. */
  readonly taken: number;
  /** Processes that took any. */
  readonly processes: number;
  /** Different threads that answered any, over all processes. */
  readonly threads: number;
  /** The most requests that were worked on at the same time. */
  readonly atOnce: number;
  /** The most that one process worked on at the same time. */
  readonly atOnceInOneProcess: number;
  /** The most that waited for a process at the same time. */
  readonly waiting: number;
}

interface Row {
  freeFrom: Milliseconds;
  tid: Tid | undefined;
}

/** More than this many finished requests are not drawn: the oldest are forgotten. */
const mostFinished = 30_000;

/** A side's requests, for its lanes and for what the sentence may claim. */
export class RequestLog {
  readonly #open = new Map<number, Block>();
  #finished: Block[] = [];
  readonly #rows = new Map<Pid, Row[]>();
  readonly #listeners = new Set<() => void>();

  /** Adds what the machine reports. */
  record(events: readonly RequestEvent[]): void {
    for (const event of events) this.#recordOne(event);
    if (this.#finished.length > mostFinished) this.#finished = this.#finished.slice(-mostFinished);
    if (events.length > 0) this.#tell();
  }

  /** Every request that is known, finished ones first. */
  *blocks(): Generator<Readonly<Block>> {
    yield* this.#finished;
    yield* this.#open.values();
  }

  /** Requests that wait for a process now. */
  waitingNow(): number {
    let waiting = 0;
    for (const block of this.#open.values()) if (block.accepted === undefined) waiting++;
    return waiting;
  }

  /** Whether a request is under way, so that pictures move. */
  active(): boolean {
    return this.#open.size > 0;
  }

  /** Rows that a process has needed so far, at least 1. */
  rowsOf(pid: Pid): number {
    return Math.max(1, this.#rows.get(pid)?.length ?? 0);
  }

  /** When the last thing happened that is known, on the machine's clock. */
  lastMoment(): Milliseconds | undefined {
    let last: Milliseconds | undefined;
    for (const block of this.blocks()) {
      const moment = block.end ?? block.accepted ?? block.queued;
      if (last === undefined || moment > last) last = moment;
    }
    return last;
  }

  /** A process is gone: what it had under way has failed. */
  processEnded(pid: Pid, at: Milliseconds): void {
    let changed = this.#rows.delete(pid);
    for (const block of this.#open.values()) {
      if (block.pid !== pid) continue;
      this.#finish(block, at, true);
      changed = true;
    }
    if (changed) this.#tell();
  }

  /** Forgets what ended before `moment` and starts the rows anew; what is still under way stays. */
  forgetBefore(moment: Milliseconds): void {
    this.#finished = this.#finished.filter(({ end }) => end !== undefined && end >= moment);
    this.#rows.clear();
    for (const block of this.#open.values()) {
      if (block.accepted !== undefined) this.#takeRow(block, block, block.accepted);
    }
    this.#tell();
  }

  /** Forgets everything. */
  clear(): void {
    this.#open.clear();
    this.#finished = [];
    this.#rows.clear();
    this.#tell();
  }

  /** What was seen of the requests that were queued at `since` or later. */
  workSeen(since: Milliseconds): WorkSeen {
    const seen = [...this.blocks()].filter(({ queued }) => queued >= since);
    const taken = seen.filter(({ accepted }) => accepted !== undefined);
    const perProcess = Map.groupBy(taken, ({ pid }) => pid);
    const working = (blocks: readonly Readonly<Block>[]) =>
      mostAtOnce(blocks.map(({ accepted, end }) => [accepted ?? 0, end ?? Number.POSITIVE_INFINITY]));
    return {
      taken: taken.length,
      processes: perProcess.size,
      threads: new Set(taken.flatMap(({ pid, tid }) => (tid === undefined ? [] : `${pid} ${tid}`))).size,
      atOnce: working(taken),
      atOnceInOneProcess: Math.max(0, ...[...perProcess.values()].map(working)),
      waiting: mostAtOnce(
        seen.map(({ queued, accepted, end }) => [queued, accepted ?? end ?? Number.POSITIVE_INFINITY]),
      ),
    };
  }

  /** Calls `listener` after each change. */
  onChange(listener: () => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #recordOne(event: RequestEvent): void {
    let block = this.#open.get(event.id);
    if (block === undefined) {
      block = { id: event.id, queued: event.queued, row: 0, failed: false };
      this.#open.set(event.id, block);
    }
    if (event.accepted === undefined) this.#giveRowBack(block);
    else if (block.accepted === undefined) this.#takeRow(block, event, event.accepted);
    // Which thread answers is known only when it does.
    if (event.tid !== undefined) block.tid = event.tid;
    if (event.end !== undefined) this.#finish(block, event.end, event.outcome === "failed");
  }

  #takeRow(block: Block, { pid, tid }: Pick<RequestEvent, "pid" | "tid">, accepted: Milliseconds): void {
    block.accepted = accepted;
    if (pid === undefined) return;
    block.pid = pid;
    const rows = this.#rows.get(pid) ?? [];
    this.#rows.set(pid, rows);
    const free = (row: Row) => row.freeFrom <= accepted;
    const before = tid === undefined ? -1 : rows.findIndex((row) => free(row) && row.tid === tid);
    const lowest = before === -1 ? rows.findIndex(free) : before;
    block.row = lowest === -1 ? rows.length : lowest;
    rows[block.row] = { freeFrom: block.end ?? Number.POSITIVE_INFINITY, tid };
  }

  /** The process that took it died before it did anything with it: it waits again. */
  #giveRowBack(block: Block): void {
    if (block.accepted === undefined) return;
    const row = this.#rowOf(block);
    if (row !== undefined) row.freeFrom = block.accepted;
    delete block.accepted;
    delete block.pid;
    delete block.tid;
  }

  #finish(block: Block, at: Milliseconds, failed: boolean): void {
    block.end = at;
    block.failed = failed;
    this.#open.delete(block.id);
    this.#finished.push(block);
    const row = this.#rowOf(block);
    if (row === undefined) return;
    row.freeFrom = at;
    row.tid = block.tid;
  }

  #rowOf({ pid, row }: Block): Row | undefined {
    return pid === undefined ? undefined : this.#rows.get(pid)?.[row];
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** The most of these spans that overlap. One that ends where another begins does not overlap it. */
function mostAtOnce(spans: readonly (readonly [from: Milliseconds, to: Milliseconds])[]): number {
  const steps = spans
    .filter(([from, to]) => to > from)
    .flatMap(([from, to]) => [
      { at: from, by: 1 },
      { at: to, by: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.by - b.by);
  let now = 0;
  let most = 0;
  for (const { by } of steps) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
}
