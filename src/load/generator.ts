import { checkPlan, PlanError, planLimits } from "./check-plan.ts";
import type { Cancel, Clock } from "./clock.ts";
import { Consistency } from "./consistency.ts";
import { step } from "./last-second.ts";
import { onceRequests, weightedMix } from "./mix.ts";
import type {
  ClosedModel,
  FailureKind,
  LoadPlan,
  LoadReport,
  LoadTick,
  OpenModel,
  PlannedRequest,
  RunEnd,
} from "./plan.ts";
import { exponential, randomStream } from "./random.ts";
import { Recorder } from "./recorder.ts";
import type { ExchangeOutcome, Requester } from "./requester.ts";
import { arrivals } from "./schedule.ts";

/**
 * What a reader waits at least, in milliseconds, before asking again when no server answered (refused, reset,
 * malformed): a closed model without think time would otherwise knock as fast as this computer can.
 */
const pauseAfterFailure = 100;

/**
 * A reader who comes this much before the moment, in milliseconds, is on time: timers and sums of fractions are
 * inexact.
 */
const tolerance = 0.001;

/** What the generator stands on. */
export interface LoadEnvironment {
  readonly clock: Clock;
  readonly requester: Requester;
}

/** A request under way. */
interface InFlightRequest {
  /** Milliseconds since the run began. */
  readonly intended: number;
  readonly sent: number;
  /** When the first byte of its answer came. Absent: none has. */
  firstByte?: number;
  /** When the time-out passes. */
  readonly deadline: number;
  readonly hangUp: Cancel;
  /** Takes back that the reader gives up. */
  readonly stayPatient: Cancel | undefined;
  /** Called when the request has ended, with whether a server answered. */
  readonly ended: (answered: boolean) => void;
}

/** A reader of an open model who has come and waits for a place. */
interface Arrival {
  readonly intended: number;
  readonly request: PlannedRequest;
  /** Milliseconds. */
  readonly patience: number;
  /** Who comes: the same object, the same memory and the same cookies. Absent: somebody who asks only once. */
  readonly reader?: object | undefined;
}

/**
 * Starts a run at once. Throws `PlanError` if `checkPlan` refuses the plan.
 *
 * The n-th request that is picked by weight is the same in every run with the same seed, and so are the moments at
 * which readers of an open model come.
 */
export function startLoad(plan: LoadPlan, environment: LoadEnvironment): LoadGenerator {
  return new LoadGenerator(plan, environment);
}

export type { LoadGenerator };

/** A load test under way: the `LoadRun` of machine.ts. */
class LoadGenerator {
  readonly #plan: LoadPlan;
  readonly #clock: Clock;
  readonly #requester: Requester;
  readonly #recorder: Recorder;
  readonly #pick: () => PlannedRequest | undefined;
  /** How long the next reader waits before giving up, in milliseconds. */
  readonly #patience: () => number;
  readonly #started: number;
  readonly #report = Promise.withResolvers<LoadReport>();
  readonly #listeners = new Set<(tick: LoadTick) => void>();
  readonly #timers = new Set<Cancel>();
  readonly #consistency = new Consistency();
  /** In the order of their deadlines, because all wait equally long. */
  readonly #flights = new Set<InFlightRequest>();
  #connections = Number.POSITIVE_INFINITY;
  #queue: Arrival[] = [];
  #schedule: Generator<number, void> | undefined;
  #nextArrival: number | undefined;
  #waitForNextArrival: Cancel | undefined;
  #watching = false;
  #ticksTold = 0;
  #over = false;

  constructor(plan: LoadPlan, { clock, requester }: LoadEnvironment) {
    const problem = checkPlan(plan);
    if (problem) throw new PlanError(problem);
    this.#plan = plan;
    this.#clock = clock;
    this.#requester = requester;
    this.#recorder = new Recorder(plan);
    this.#pick = weightedMix(plan.requests, randomStream(plan.seed, "mix"));
    this.#patience = patienceOf(plan);
    this.#started = clock.now();
    this.#tick();
    this.#after(plan.duration, () => this.#endLoad());
    for (const request of onceRequests(plan.requests)) this.#send(this.#arrive(request, 0), () => {});
    if (plan.model.kind === "closed") this.#startReaders(plan.model);
    else this.#startSchedule(plan.model);
  }

  /** What came of the run. Never rejects. */
  get report(): Promise<LoadReport> {
    return this.#report.promise;
  }

  /**
   * Ten ticks a second from now on, the last one at the end of the run. A late one is followed by those that it held
   * up.
   */
  onTick(listener: (tick: LoadTick) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends the run at once: readers hang up, and the report says `stopped`. */
  stop(): void {
    this.#finish("stopped");
  }

  /** Ends the run at once because there is nobody left to answer. The report holds what was seen. */
  machineDied(): void {
    this.#finish("machine died");
  }

  #startReaders({ users, thinkTime = 0 }: ClosedModel): void {
    const random = randomStream(this.#plan.seed, "start");
    for (let count = 0; count < users; count++) {
      const reader = {};
      if (thinkTime > 0) this.#after(random() * thinkTime, () => this.#ask(thinkTime, reader));
      else this.#ask(thinkTime, reader);
    }
  }

  /** A reader of the closed model asks, and again until the run is over. */
  #ask(thinkTime: number, reader: object): void {
    const now = this.#now();
    if (this.#over || now >= this.#plan.duration) return;
    const request = this.#pick();
    if (!request) return;
    this.#send({ ...this.#arrive(request, now), reader }, (answered) => {
      const pause = answered ? thinkTime : Math.max(thinkTime, pauseAfterFailure);
      if (pause > 0) this.#after(pause, () => this.#ask(thinkTime, reader));
      else this.#ask(thinkTime, reader);
    });
  }

  #startSchedule(model: OpenModel): void {
    this.#connections = model.connections ?? planLimits.connections;
    this.#schedule = arrivals(model, this.#plan.duration, randomStream(this.#plan.seed, "arrivals"));
    this.#nextArrival = this.#schedule.next().value ?? undefined;
    this.#receiveReaders();
  }

  /** Lets in all readers whose time has come, and waits for the next. */
  #receiveReaders(): void {
    const now = this.#now();
    while (this.#nextArrival !== undefined && this.#nextArrival <= now + tolerance) {
      const request = this.#pick();
      if (request) this.#queue.push(this.#arrive(request, this.#nextArrival));
      this.#nextArrival = this.#schedule?.next().value ?? undefined;
    }
    this.#serveQueue();
    this.#waitForNextArrival?.();
    if (this.#nextArrival === undefined) return;
    this.#waitForNextArrival = this.#after(this.#nextArrival - this.#now(), () => this.#receiveReaders());
  }

  #arrive(request: PlannedRequest, intended: number): Arrival {
    this.#recorder.arrived(this.#now());
    return { request, intended, patience: this.#patience() };
  }

  /** Sends for those who wait, oldest first, while there are places. Who has waited too long is dropped. */
  #serveQueue(): void {
    let served = 0;
    while (served < this.#queue.length && this.#flights.size < this.#connections) {
      const arrival = this.#queue[served++];
      if (!arrival) break;
      const now = this.#now();
      const longest = Math.min(this.#plan.timeout, arrival.patience);
      if (now - arrival.intended >= longest) this.#recorder.dropped(arrival.intended, now);
      else this.#send(arrival, () => this.#serveQueue());
    }
    this.#queue.splice(0, served);
  }

  /** Nobody comes any more; who still waits for a place has come in vain. */
  #endLoad(): void {
    this.#receiveReaders();
    const now = this.#now();
    for (const { intended } of this.#queue) this.#recorder.dropped(intended, now);
    this.#queue = [];
    this.#finishIfDone();
  }

  #send({ request, intended, patience, reader }: Arrival, ended: (answered: boolean) => void): void {
    const sent = this.#now();
    const { keepAlive = false, keepCookies = false, countBy: header } = this.#plan;
    const { number: rule } = request;
    const sending = this.#requester.send(request, {
      keepAlive,
      header,
      reader: keepCookies ? reader : undefined,
      firstByte: () => {
        flight.firstByte = this.#now();
      },
      contradicts: rule && ((body) => this.#consistency.contradicts(rule, reader ?? {}, body)),
    });
    const flight: InFlightRequest = {
      intended,
      sent,
      deadline: sent + this.#plan.timeout,
      hangUp: sending.cancel,
      stayPatient:
        intended + patience < sent + this.#plan.timeout
          ? this.#after(intended + patience - sent, () => this.#giveUp(flight, "gave up"))
          : undefined,
      ended,
    };
    this.#flights.add(flight);
    this.#recorder.sent(flight);
    this.#watchDeadlines();
    sending.outcome.then((outcome) => this.#receive(flight, outcome));
  }

  /** An outcome has come. Late ones, of requests that were given up, are ignored. */
  #receive(flight: InFlightRequest, outcome: ExchangeOutcome): void {
    if (!this.#flights.delete(flight)) return;
    flight.stayPatient?.();
    const now = this.#now();
    const answered = outcome.kind === "answered";
    if (answered) this.#recorder.status(flight, outcome.status);
    const bytes = answered ? outcome.bytes : 0;
    const failure = failureOf(outcome);
    if (failure) this.#recorder.failed(flight, failure, bytes, now);
    else this.#recorder.answered(flight, bytes, now, answered ? outcome.header : undefined);
    this.#end(flight, answered);
  }

  #giveUp(flight: InFlightRequest, failure: FailureKind): void {
    if (!this.#flights.delete(flight)) return;
    flight.stayPatient?.();
    flight.hangUp();
    this.#recorder.failed(flight, failure, 0, this.#now());
    this.#end(flight, true);
  }

  #end(flight: InFlightRequest, answered: boolean): void {
    flight.ended(answered);
    this.#finishIfDone();
  }

  /** One timer for all time-outs: it waits for the oldest request. */
  #watchDeadlines(): void {
    if (this.#watching) return;
    for (const { deadline } of this.#flights) {
      this.#watching = true;
      this.#after(deadline - this.#now(), () => {
        this.#watching = false;
        this.#timeOut();
        this.#watchDeadlines();
      });
      return;
    }
  }

  #timeOut(): void {
    const now = this.#now() + tolerance;
    for (const flight of this.#flights) {
      if (flight.deadline > now) return;
      this.#giveUp(flight, "timed out");
    }
  }

  #tick(): void {
    const now = this.#now();
    this.#recorder.advance(now);
    this.#tellTicks();
    const next = (this.#recorder.series.length + 1) * step;
    this.#after(next - now + tolerance, () => this.#tick());
  }

  #tellTicks(): void {
    while (this.#ticksTold < this.#recorder.series.length) {
      const tick = this.#recorder.series[this.#ticksTold++];
      if (tick) for (const listener of this.#listeners) listener(tick);
    }
  }

  #finishIfDone(): void {
    if (this.#now() < this.#plan.duration - tolerance) return;
    if (this.#nextArrival === undefined && this.#flights.size + this.#queue.length === 0) this.#finish("complete");
  }

  #finish(end: RunEnd): void {
    if (this.#over) return;
    this.#over = true;
    for (const cancel of this.#timers) cancel();
    const now = this.#now();
    for (const flight of this.#flights) {
      flight.hangUp();
      this.#recorder.unfinished(flight.intended, true, now);
    }
    for (const { intended } of this.#queue) this.#recorder.unfinished(intended, false, now);
    this.#timers.clear();
    this.#flights.clear();
    this.#queue = [];
    this.#requester.close();
    const report = this.#recorder.report(end, now);
    this.#tellTicks();
    this.#report.resolve(report);
  }

  /** Milliseconds since the run began. */
  #now(): number {
    return this.#clock.now() - this.#started;
  }

  /** A timer that ends with the run. Never early by the run's clock, though Node's timers can be. */
  #after(ms: number, fn: () => void): Cancel {
    const due = this.#now() + ms;
    let cancel: Cancel = () => {};
    const wait = (left: number) => {
      const stop = this.#clock.after(Math.max(0, left), () => {
        this.#timers.delete(stop);
        if (this.#over) return;
        const early = due - this.#now();
        if (early > tolerance) wait(early);
        else fn();
      });
      this.#timers.add(stop);
      cancel = () => {
        stop();
        this.#timers.delete(stop);
      };
    };
    wait(ms);
    return () => cancel();
  }
}

function patienceOf({ patience: mean, seed }: LoadPlan): () => number {
  if (mean === undefined) return () => Number.POSITIVE_INFINITY;
  const random = randomStream(seed, "patience");
  return () => exponential(random, mean);
}

function failureOf(outcome: ExchangeOutcome): FailureKind | undefined {
  if (outcome.kind === "failed") return outcome.failure;
  if (outcome.status >= 500) return "5xx";
  if (outcome.status >= 400) return "4xx";
  if (outcome.contradicts) return "contradictory";
  return undefined;
}
