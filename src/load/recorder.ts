import { LastSecond, step } from "./last-second.ts";
import { LatencyHistogram } from "./latency-histogram.ts";
import type { FailureKind, LoadPlan, LoadReport, LoadTick, RunEnd, RunHalf } from "./plan.ts";

/** Different values of a header that are counted. */
const mostValues = 20;

/** A request's place in time, in milliseconds since the run began. */
export interface Timing {
  /** When it should have been sent. */
  readonly intended: number;
  readonly sent: number;
  /** When the first byte of its answer came, where that is known. */
  readonly firstByte?: number;
}

/**
 * Counts what happens in a run. Every moment is in milliseconds since the run began, and none may lie before one that
 * was told earlier.
 */
export class Recorder {
  readonly #plan: LoadPlan;
  readonly #warmup: number;
  readonly #latency = new LatencyHistogram();
  readonly #latencyFromSending = new LatencyHistogram();
  readonly #firstByte = new LatencyHistogram();
  readonly #failedWait = new LatencyHistogram();
  readonly #lateness = new LatencyHistogram();
  readonly #lastSecond = new LastSecond();
  /** Latencies of requests that should have been sent in the first half of the counted time, and in the second. */
  readonly #halves = [new LatencyHistogram(), new LatencyHistogram()] as const;
  readonly #series: LoadTick[] = [];
  readonly #doneBy = new Map<string, number>();
  readonly #failed: Partial<Record<FailureKind, number>> = {};
  readonly #statuses: Record<number, number> = {};
  #offered = 0;
  #done = 0;
  #doneInTime = 0;
  #doneInFirstHalf = 0;
  #failures = 0;
  #dropped = 0;
  #unfinished = 0;
  #bytes = 0;
  #inFlight = 0;
  /** Requests under way, summed over the milliseconds since the warm-up. */
  #requestTime = 0;
  #lastChange = 0;
  #lastEnd = 0;

  constructor(plan: LoadPlan) {
    this.#plan = plan;
    this.#warmup = plan.warmup ?? 0;
  }

  /** The steps that are over, oldest first. Grows with the run. */
  get series(): readonly LoadTick[] {
    return this.#series;
  }

  /** Closes the steps that have passed; what happens at the last moment of a step still belongs to it. */
  advance(now: number): void {
    while ((this.#series.length + 1) * step < now) this.#closeStep((this.#series.length + 1) * step);
  }

  /** Somebody wants to ask, from the moment at which the request should be sent. */
  arrived(now: number): void {
    this.advance(now);
    this.#lastSecond.arrived();
  }

  sent({ intended, sent }: Timing): void {
    this.#changeInFlight(1, sent);
    if (!this.#counts(intended)) return;
    this.#offered++;
    if (this.#plan.model.kind !== "closed") this.#lateness.record(sent - intended);
  }

  /** A successful answer. */
  answered({ intended, sent, firstByte }: Timing, bytes: number, now: number, header?: string): void {
    this.#changeInFlight(-1, now);
    this.#lastSecond.record(now - intended);
    // Whenever it was asked for: a rate is what a server gets done in a stretch of time.
    if (now > this.#warmup && now <= this.#plan.duration) {
      this.#doneInTime++;
      if (now <= this.#middle) this.#doneInFirstHalf++;
    }
    if (!this.#counts(intended)) return;
    this.#done++;
    if (this.#plan.countBy !== undefined) this.#countBy(header ?? "");
    this.#bytes += bytes;
    this.#lastEnd = now;
    this.#latency.record(now - intended);
    this.#halves[intended < this.#middle ? 0 : 1].record(now - intended);
    this.#latencyFromSending.record(now - sent);
    if (firstByte !== undefined) this.#firstByte.record(firstByte - intended);
  }

  /** A server answered with this HTTP status, whatever it says. */
  status({ intended }: Timing, status: number): void {
    if (this.#counts(intended)) this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
  }

  failed({ intended }: Timing, kind: FailureKind, bytes: number, now: number): void {
    this.#changeInFlight(-1, now);
    this.#lastSecond.failed();
    if (!this.#counts(intended)) return;
    this.#failures++;
    this.#failed[kind] = (this.#failed[kind] ?? 0) + 1;
    this.#bytes += bytes;
    this.#lastEnd = now;
    this.#failedWait.record(now - intended);
  }

  /** A request that was never sent. */
  dropped(intended: number, now: number): void {
    this.advance(now);
    this.#lastSecond.failed();
    if (!this.#counts(intended)) return;
    this.#offered++;
    this.#dropped++;
  }

  /** A request that is still under way, or waits to be sent, when the run is cut short. */
  unfinished(intended: number, wasSent: boolean, now: number): void {
    if (wasSent) this.#changeInFlight(-1, now);
    if (!this.#counts(intended)) return;
    if (!wasSent) this.#offered++;
    this.#unfinished++;
    this.#lastEnd = now;
  }

  /** What came of the run, which is over now. */
  report(end: RunEnd, now: number): LoadReport {
    this.advance(now);
    const lastStep = this.#series.at(-1)?.at ?? 0;
    if (now > lastStep) this.#closeStep(now);
    const loaded = Math.max(0, Math.min(now, this.#plan.duration) - this.#warmup) / 1000;
    const elapsed = Math.max(0, this.#lastEnd - this.#warmup);
    return {
      plan: this.#plan,
      end,
      elapsed,
      done: this.#done,
      failed: { ...this.#failed },
      statuses: { ...this.#statuses },
      dropped: this.#dropped,
      unfinished: this.#unfinished,
      offeredRate: ratio(this.#offered, loaded),
      achievedRate: ratio(this.#doneInTime, loaded),
      ...(end === "complete" && { halves: this.#halvesOfRun(loaded / 2) }),
      latency: this.#latency.summary(),
      latencyFromSending: this.#latencyFromSending.summary(),
      firstByte: this.#firstByte.summary(),
      failedWait: this.#failedWait.summary(),
      lateness: this.#lateness.summary(),
      meanInFlight: ratio(this.#requestTime, elapsed),
      bytesReceived: this.#bytes,
      series: this.#series,
      latencyCounts: this.#latency.counts(),
      latencyFromSendingCounts: this.#latencyFromSending.counts(),
    };
  }

  /** @param seconds how long each of them is */
  #halvesOfRun(seconds: number): readonly [RunHalf, RunHalf] {
    const half = (answers: number, latencies: LatencyHistogram): RunHalf => {
      const median = latencies.percentile(50);
      return { answers, rate: ratio(answers, seconds), ...(median !== undefined && { median }) };
    };
    const [first, second] = this.#halves;
    return [half(this.#doneInFirstHalf, first), half(this.#doneInTime - this.#doneInFirstHalf, second)];
  }

  /**
   * A server could send another value each time: what comes after the first few is counted with those that sent none.
   */
  #countBy(value: string): void {
    const known = this.#doneBy.has(value) || this.#doneBy.size < mostValues;
    const counted = known ? value : "";
    this.#doneBy.set(counted, (this.#doneBy.get(counted) ?? 0) + 1);
  }

  /** The middle of the counted time. */
  get #middle(): number {
    return (this.#warmup + this.#plan.duration) / 2;
  }

  #counts(intended: number): boolean {
    return intended >= this.#warmup;
  }

  #changeInFlight(by: number, now: number): void {
    this.advance(now);
    const counted = now - Math.max(this.#lastChange, this.#warmup);
    if (counted > 0) this.#requestTime += this.#inFlight * counted;
    this.#inFlight += by;
    this.#lastChange = now;
  }

  #closeStep(at: number): void {
    const span = (at - this.#lastSecond.begin) / 1000;
    this.#series.push({
      at,
      warmingUp: at <= this.#warmup,
      done: this.#done,
      failed: this.#failures,
      failedBy: { ...this.#failed },
      dropped: this.#dropped,
      inFlight: this.#inFlight,
      rate: ratio(this.#lastSecond.count, span),
      offeredRate: ratio(this.#lastSecond.arrivals, span),
      failureRate: ratio(this.#lastSecond.failures, span),
      latency: this.#lastSecond.summary(),
      ...(this.#plan.countBy !== undefined && { doneBy: Object.fromEntries(this.#doneBy) }),
    });
    this.#lastSecond.advance();
  }
}

function ratio(amount: number, of: number): number {
  return of > 0 ? amount / of : 0;
}
