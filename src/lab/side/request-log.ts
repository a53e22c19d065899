/**
 * What a side's lanes are drawn from: its requests, each in a row of the process that took it.
 *
 * Events of one request come several times, each telling more (`RequestEvent`). A process that works on several
 * requests at once gets a row for each: the lowest one that is free, or the one its thread had before.
 */
import type { Milliseconds, Pid, Port, RequestEvent, Tid, Unsubscribe } from "../../machine/machine.ts";

/** A request as a block in a lane. Moments are on the machine's clock. */
export interface Block {
  readonly id: number;
  readonly queued: Milliseconds;
  path?: string;
  /** What the page calls it, if it was asked by hand or as a fault. */
  label?: string;
  /** Absent while it waits for a process. */
  accepted?: Milliseconds;
  pid?: Pid;
  tid?: Tid;
  /** Row within its process, from 0. */
  row: number;
  /** The first byte of the answer left. */
  answering?: Milliseconds;
  /** Absent while it is under way. */
  end?: Milliseconds;
  /**
   * Its worker took the next request before the end was known, and can work on one at a time only; or let go of it
   * after the end.
   */
  workedUntil?: Milliseconds;
  /** Its client gave up, and its worker works on. */
  held?: boolean;
  failed: boolean;
  /** The port, where a program on the same host asked: a request that a proxy hands on, or a shell's. */
  localPort?: Port;
}

/** How much a side was seen to do at once, of what it was asked from outside. */
export interface WorkSeen {
  /** Requests that a process took. */
  readonly taken: number;
  /** The most processes that worked at the same time. */
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
  /** The last request in it. */
  block: Block;
}

/** A response whose last byte has not come this long after its first is called a stream. */
const streamsFrom: Milliseconds = 200;
/** More than this many finished requests are not drawn: the oldest are forgotten. */
const mostFinished = 30_000;
/** More than this many requests are not found by their label: the oldest are forgotten. */
const mostLabelled = 200;

/** A side's requests, for its lanes and for what the sentence may claim. */
export class RequestLog {
  readonly #open = new Map<number, Block>();
  /** Those that are over for their clients, and not for their workers. */
  readonly #held = new Map<number, Block>();
  #finished: Block[] = [];
  readonly #rows = new Map<Pid, Row[]>();
  /** Processes whose main thread was seen working on several requests at once, as an event loop does. */
  readonly #eventLoops = new Set<Pid>();
  readonly #labelled = new Map<string, Block>();
  /** Who took what programs on the same host asked, by the port that they asked. */
  readonly #handedOn = new Map<Port, Set<Pid>>();
  /** What is queued from then on is counted for the process that answers it. */
  #countedFrom: Milliseconds = Number.POSITIVE_INFINITY;
  readonly #answered = new Map<Pid, number>();
  readonly #listeners = new Set<() => void>();

  /** Adds what the machine reports. */
  record(events: readonly RequestEvent[]): void {
    // What frees a row comes before what takes one, whatever the order in which it was told.
    const taken = (event: RequestEvent) => this.#open.get(event.id)?.accepted !== undefined;
    const arrivals = events.filter((event) => !taken(event) && !this.#held.has(event.id)).toSorted(byAcceptance);
    for (const event of events) {
      if (this.#held.has(event.id)) this.#recordRelease(event);
      else if (taken(event)) this.#recordProgress(event);
    }
    for (const event of arrivals) this.#recordArrival(event);
    if (this.#finished.length > mostFinished) this.#finished = this.#finished.slice(-mostFinished);
    if (events.length > 0) this.#emit();
  }

  /** Every request that is known, finished ones first. */
  *blocks(): Generator<Readonly<Block>> {
    yield* this.#finished;
    yield* this.#open.values();
  }

  /** Every known request that was queued at `moment` or later. */
  *since(moment: Milliseconds): Generator<Readonly<Block>> {
    for (const block of this.blocks()) if (block.queued >= moment) yield block;
  }

  /** Requests that wait for a process now. */
  waitingNow(): number {
    let waiting = 0;
    for (const block of this.#open.values()) if (block.accepted === undefined) waiting++;
    return waiting;
  }

  /** The request that the page calls so, once the machine has reported it. */
  labelled(label: string): Readonly<Block> | undefined {
    return this.#labelled.get(label);
  }

  /** How many requests each process has in hand now. */
  inHand(): ReadonlyMap<Pid, number> {
    const counts = new Map<Pid, number>();
    for (const { pid } of [...this.#open.values(), ...this.#held.values()])
      if (pid !== undefined) counts.set(pid, (counts.get(pid) ?? 0) + 1);
    return counts;
  }

  /** Begins to count the answers of each process to what is queued at `moment` or later. */
  countFrom(moment: Milliseconds): void {
    this.#countedFrom = moment;
    this.#answered.clear();
  }

  /** How many of the requests since `countFrom` each process has answered, those with an error status left out. */
  answered(): ReadonlyMap<Pid, number> {
    return this.#answered;
  }

  /** How many responses each process is sending for a while already, at `now` on the machine's clock. */
  openStreams(now: Milliseconds): ReadonlyMap<Pid, number> {
    const counts = new Map<Pid, number>();
    for (const block of this.#open.values())
      if (block.pid !== undefined && streamFrom(block, now) !== undefined)
        counts.set(block.pid, (counts.get(block.pid) ?? 0) + 1);
    return counts;
  }

  /**
   * The processes that were handed requests on by a proxy: those to other ports than `port`, which the proxy listens
   * on.
   */
  behindProxyOn(port: Port | undefined): ReadonlySet<Pid> {
    return new Set([...this.#handedOn].flatMap(([to, pids]) => (to === port ? [] : [...pids])));
  }

  /** Whether a worker has something in hand, or a request is under way, so that pictures move. */
  active(): boolean {
    return this.#open.size + this.#held.size > 0;
  }

  /** Rows that a process has needed so far, at least 1. */
  rowsOf(pid: Pid): number {
    return Math.max(1, this.#rows.get(pid)?.length ?? 0);
  }

  /** Whether a worker is, or was, still at work on a request for a while after its client had left. */
  leftBehind(): boolean {
    for (const block of this.blocks()) {
      if (block.end !== undefined && workEnd(block) - block.end > worthALook) return true;
    }
    return false;
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

  /** Forgets what ended before `moment` and starts the rows anew; what is still under way stays. */
  forgetBefore(moment: Milliseconds): void {
    this.#finished = this.#finished.filter(
      (block) => block.held || (block.end !== undefined && workEnd(block, block.end) >= moment),
    );
    this.#rows.clear();
    for (const block of [...this.#held.values(), ...this.#open.values()]) {
      if (block.accepted !== undefined) this.#takeRow(block, block, block.accepted);
    }
    this.#emit();
  }

  /** Forgets everything. */
  clear(): void {
    this.#open.clear();
    this.#held.clear();
    this.#finished = [];
    this.#rows.clear();
    this.#eventLoops.clear();
    this.#labelled.clear();
    this.#handedOn.clear();
    this.countFrom(Number.POSITIVE_INFINITY);
    this.#emit();
  }

  /** What was seen of the requests that were queued at `since` or later. */
  workSeen(since: Milliseconds): WorkSeen {
    const seen = [...this.blocks()].filter(({ queued, localPort }) => queued >= since && localPort === undefined);
    const taken = seen.filter(({ accepted }) => accepted !== undefined);
    const perProcess = Map.groupBy(taken, ({ pid }) => pid);
    const perWorker = [...perProcess.values()];
    const working = (blocks: readonly Readonly<Block>[]) =>
      mostAtOnce(blocks.map((block) => [block.accepted ?? 0, workEnd(block)]));
    return {
      taken: taken.length,
      processes: mostAtOnce(perWorker.flatMap(busySpans)),
      threads: new Set(taken.flatMap(({ pid, tid }) => (tid === undefined ? [] : `${pid} ${tid}`))).size,
      atOnce: working(taken),
      atOnceInOneProcess: Math.max(0, ...perWorker.map(working)),
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

  /** News of a request that a process has taken. */
  #recordProgress(event: RequestEvent): void {
    const block = this.#open.get(event.id);
    if (block?.accepted === undefined) return;
    if (event.accepted === undefined) this.#giveRowBack(block);
    else this.#follow(block, event);
  }

  /** News of a request that no process had taken. */
  #recordArrival(event: RequestEvent): void {
    const block = this.#open.get(event.id) ?? { id: event.id, queued: event.queued, row: 0, failed: false };
    if (event.local) this.#noteLocal(block, event);
    this.#open.set(event.id, block);
    if (event.accepted !== undefined) this.#takeRow(block, event, event.accepted);
    this.#follow(block, event);
  }

  #noteLocal(block: Block, { port, pid }: RequestEvent): void {
    block.localPort = port;
    if (pid === undefined) return;
    const takers = this.#handedOn.get(port) ?? new Set();
    this.#handedOn.set(port, takers.add(pid));
  }

  /** The worker has let go of a request whose client gave up before. */
  #recordRelease({ id, held, released, end }: RequestEvent): void {
    const block = this.#held.get(id);
    if (block === undefined || held) return;
    this.#held.delete(id);
    delete block.held;
    const until = released ?? end;
    if (until !== undefined) block.workedUntil = until;
  }

  #follow(block: Block, { path, label, tid, firstByte, end, outcome, held, released }: RequestEvent): void {
    if (path !== undefined) block.path = path;
    if (label !== undefined && block.label === undefined) this.#label(block, label);
    // Which thread answers is known only when it does.
    if (tid !== undefined) block.tid = tid;
    if (firstByte !== undefined) block.answering = firstByte;
    this.#lookForEventLoop(block);
    if (end === undefined) return;
    if (held) {
      block.held = true;
      this.#held.set(block.id, block);
    } else if (released !== undefined) block.workedUntil = released;
    this.#finish(block, end, outcome === "failed" || outcome === "error");
  }

  /** A main thread that has taken a request before it answered the one before works on both. */
  #lookForEventLoop({ id, pid, tid, accepted, answering }: Block): void {
    if (pid === undefined || tid !== pid || accepted === undefined || answering === undefined) return;
    for (const { block } of this.#rows.get(pid) ?? []) {
      if (block.id === id || block.tid !== pid || block.accepted === undefined || block.answering === undefined)
        continue;
      if (block.accepted < answering && accepted < block.answering) this.#eventLoops.add(pid);
    }
  }

  #label(block: Block, label: string): void {
    block.label = label;
    this.#labelled.set(label, block);
    for (const oldest of this.#labelled.keys()) {
      if (this.#labelled.size <= mostLabelled) return;
      this.#labelled.delete(oldest);
    }
  }

  #takeRow(block: Block, { pid, tid }: Pick<RequestEvent, "pid" | "tid">, accepted: Milliseconds): void {
    block.accepted = accepted;
    if (pid === undefined) return;
    block.pid = pid;
    const rows = this.#rows.get(pid) ?? [];
    this.#rows.set(pid, rows);
    const free = (row: Row) => isFree(row.block, accepted, this.#eventLoops.has(pid));
    const before = tid === undefined ? -1 : rows.findIndex((row) => free(row) && row.block.tid === tid);
    const lowest = before === -1 ? rows.findIndex(free) : before;
    block.row = lowest === -1 ? rows.length : lowest;
    const left = rows[block.row]?.block;
    if (left !== undefined && !left.held && (left.end === undefined || left.end > accepted))
      left.workedUntil = accepted;
    rows[block.row] = { block };
  }

  /** The process that took it died before it did anything with it: it waits again. */
  #giveRowBack(block: Block): void {
    if (block.accepted === undefined) return;
    delete block.accepted;
    delete block.pid;
    delete block.tid;
  }

  #finish(block: Block, at: Milliseconds, failed: boolean): void {
    block.end = at;
    block.failed = failed;
    this.#open.delete(block.id);
    this.#finished.push(block);
    const { pid, queued } = block;
    if (pid !== undefined && !failed && queued >= this.#countedFrom)
      this.#answered.set(pid, 1 + (this.#answered.get(pid) ?? 0));
  }

  #emit(): void {
    for (const listener of this.#listeners) listener();
  }
}

/**
 * Whether the row of this request can be used again at `moment`. A process without an event loop answers in its main
 * thread one request after the other: when it takes the next one it is done with the last, even if that one's reader is
 * still reading.
 */
function isFree(
  { end, held, workedUntil = end, pid, tid, answering, accepted }: Block,
  moment: Milliseconds,
  eventLoop: boolean,
): boolean {
  if (accepted === undefined || (!held && workedUntil !== undefined && workedUntil <= moment)) return true;
  return !eventLoop && tid === pid && answering !== undefined && answering <= moment;
}

/**
 * When a response that takes long to send began: the moment of its first byte.
 *
 * @param now where it is still being sent
 * @returns `undefined` where it has not begun, or did not take long
 */
export function streamFrom({ answering, end }: Readonly<Block>, now: Milliseconds): Milliseconds | undefined {
  return answering !== undefined && (end ?? now) - answering >= streamsFrom ? answering : undefined;
}

function byAcceptance(a: RequestEvent, b: RequestEvent): number {
  return (a.accepted ?? Number.POSITIVE_INFINITY) - (b.accepted ?? Number.POSITIVE_INFINITY) || 0;
}

/** What lasts no longer than this is too narrow in a lane to ask what it is. */
const worthALook: Milliseconds = 200;

/**
 * When a request's worker was done with it: when it was over, unless its worker took the next one before, or let go of
 * it later.
 *
 * @param otherwise what to answer where it has it still
 */
export function workEnd(
  { end, held, workedUntil }: Readonly<Block>,
  otherwise: Milliseconds = Number.POSITIVE_INFINITY,
): Milliseconds {
  return held ? otherwise : (workedUntil ?? end ?? otherwise);
}

/** When a process was at work at all: the spans of its requests, those that touch or overlap as one. */
function busySpans(blocks: readonly Readonly<Block>[]): readonly Span[] {
  const spans = blocks.map((block): Span => [block.accepted ?? 0, workEnd(block)]).sort(([a], [b]) => a - b);
  const merged: Span[] = [];
  for (const [from, to] of spans) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1]) merged[merged.length - 1] = [last[0], Math.max(last[1], to)];
    else merged.push([from, to]);
  }
  return merged;
}

type Span = readonly [from: Milliseconds, to: Milliseconds];

/** The most of these spans that overlap. One that ends where another begins does not overlap it. */
function mostAtOnce(spans: readonly Span[]): number {
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
