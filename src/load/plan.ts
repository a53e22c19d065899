/**
 * What a load test asks, and what it says afterwards. Plain data: crosses workers and fits in a link.
 *
 * All times are in milliseconds, all rates in requests a second.
 */

import type { NumberRule } from "./consistency.ts";

/** A request of a plan. */
export interface PlannedRequest {
  readonly method?: string;
  /** Path and query. */
  readonly path: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  /** Share of this request among the weighted ones. Default 1. */
  readonly weight?: number;
  /** Send it just this many times, at the start of the run, each by a reader of its own. */
  readonly once?: number;
  /**
   * What the first number in its answers must not do; all requests of a plan with the same rule speak of the same
   * number. Absent: nobody looks at it.
   */
  readonly number?: NumberRule;
}

/** N readers, each of which waits for its answer before it asks again. */
export interface ClosedModel {
  readonly kind: "closed";
  readonly users: number;
  /**
   * Pause of a reader between an answer and the next request, in milliseconds. Default 0. With a pause the readers
   * begin spread over its length, at moments that the seed decides; without one they all begin at once.
   */
  readonly thinkTime?: number;
}

/** What all open models share: readers come when they come, whatever the server does. */
interface Open {
  /**
   * At most this many requests under way at once; default and limit: `planLimits.connections`. A reader who comes
   * while all are taken waits for a place, and is dropped after `timeout` or at the end of `duration`.
   */
  readonly connections?: number;
}

/** One reader every `1000 / rate` milliseconds. */
export interface ConstantModel extends Open {
  readonly kind: "constant";
  readonly rate: number;
}

/** Readers who know nothing of each other: exponential gaps, `rate` a second on average. */
export interface PoissonModel extends Open {
  readonly kind: "poisson";
  readonly rate: number;
}

/** Evenly spaced readers whose rate changes in a straight line over the run. */
export interface RampModel extends Open {
  readonly kind: "ramp";
  readonly from: number;
  readonly to: number;
}

/** Evenly spaced readers, the run divided into equal parts with a rate each. */
export interface StepsModel extends Open {
  readonly kind: "steps";
  readonly rates: readonly number[];
}

/**
 * Evenly spaced readers, and `size` more at one moment: after `first` milliseconds, and each time `every` have passed
 * again.
 */
export interface BurstModel extends Open {
  readonly kind: "burst";
  readonly rate: number;
  readonly size: number;
  readonly every: number;
  /** Default: `every`. */
  readonly first?: number;
}

/** The models in which readers come by a schedule. */
export type OpenModel = ConstantModel | PoissonModel | RampModel | StepsModel | BurstModel;

/** Who asks. */
export type LoadModel = ClosedModel | OpenModel;

/** Who asks what, how often, how long. `checkPlan` says whether a plan is in order. */
export interface LoadPlan {
  readonly name: string;
  readonly model: LoadModel;
  readonly requests: readonly PlannedRequest[];
  /** Length of the run in milliseconds. Requests under way at its end are waited for up to `timeout`. */
  readonly duration: number;
  /** A request without an answer this long after it was sent has failed, in milliseconds. */
  readonly timeout: number;
  /** Same seed, same schedule. A whole number from 0 to 2³² − 1. */
  readonly seed: number;
  /** Readers keep their connection for the next request. Default: one connection for each request, as `curl` does. */
  readonly keepAlive?: boolean;
  /**
   * Each reader of the closed model keeps the cookies that the server sets, and sends them back, as browsers do.
   * Default: nobody does.
   */
  readonly keepCookies?: boolean;
  /**
   * The first milliseconds of `duration`, in which the load runs but nothing is counted. Default 0. A request belongs
   * to the warm-up if it should have been sent in it.
   */
  readonly warmup?: number;
  /**
   * Readers give up waiting, each after a time of its own: exponential with this mean, in milliseconds. Absent: they
   * wait until the time-out. Who gives up hangs up, and the server is not told in any other way.
   */
  readonly patience?: number;
  /** Name of a response header, in lower case. Successful answers are counted by its value. */
  readonly countBy?: string;
}

/**
 * How many successful answers had each value of the header that a plan counts by; `""` where it was missing, or too
 * many others had come before.
 */
export type AnswerCounts = Readonly<Record<string, number>>;

/** How a request can fail. */
export type FailureKind =
  | "refused"
  | "reset"
  | "timed out"
  | "gave up"
  | "4xx"
  | "5xx"
  | "malformed"
  /** A successful answer that does not fit what the server said before: `PlannedRequest.number`. */
  | "contradictory";

/** Latency in milliseconds. A percentile is absent unless at least five samples lie above it. */
export interface LatencySummary {
  readonly count: number;
  readonly mean?: number;
  readonly max?: number;
  /** From 10 samples on. */
  readonly p50?: number;
  /** From 100 samples on. */
  readonly p95?: number;
  /** From 500 samples on. */
  readonly p99?: number;
}

/** What a run has seen so far, at the end of each tenth of a second. */
export interface LoadTick {
  /** Milliseconds since the run began. */
  readonly at: number;
  /** True while nothing is counted yet. Rate and latency show the load all the same. */
  readonly warmingUp: boolean;
  /** Requests answered with success (below 400) so far. */
  readonly done: number;
  readonly failed: number;
  /** `failed` by kind. */
  readonly failedBy: Readonly<Partial<Record<FailureKind, number>>>;
  readonly dropped: number;
  /** Requests under way at this moment. */
  readonly inFlight: number;
  /** Successful answers a second over the last second (or since the start, if that is shorter). */
  readonly rate: number;
  /** Requests a second that should have been sent, over the same time. In the closed model: that were sent. */
  readonly offeredRate: number;
  /** Requests a second that failed or were dropped, over the same time. */
  readonly failureRate: number;
  /**
   * Of the successful answers in the last second, from the moment a request should have been sent. A percentile that
   * these are too few for is that of the latest answers that are enough for it.
   */
  readonly latency: LatencySummary;
  /** `done`, by the header that the plan counts by. Absent without one. */
  readonly doneBy?: AnswerCounts;
}

/** Why a run ended. */
export type RunEnd = "complete" | "stopped" | "machine died";

/**
 * How often each latency was seen: pairs of microseconds and count, ascending, as HdrHistogram groups them with
 * three significant digits.
 */
export type LatencyCounts = readonly (readonly [microseconds: number, count: number])[];

/** One half of a run's counted time: what a difference between two sides is measured against. */
export interface RunHalf {
  /** Successful answers that came in it. */
  readonly answers: number;
  /** These a second. */
  readonly rate: number;
  /** Median latency of those that should have been sent in it, in milliseconds. From 10 samples on. */
  readonly median?: number;
}

/**
 * What came of a plan. Every request that should have been sent after the warm-up is counted once: in `done`, in
 * `failed` under its kind, in `dropped`, or in `unfinished`.
 *
 * A 4xx or 5xx answer is a failure. Its latency is in `failedWait`, with those of all other failures, and never in
 * `latency`: a server that answers fast errors must not look quick.
 */
export interface LoadReport {
  readonly plan: LoadPlan;
  readonly end: RunEnd;
  /** Milliseconds from the end of the warm-up (or the start of the run) to the end of the last request that counted. */
  readonly elapsed: number;
  /** Requests answered with success (below 400). */
  readonly done: number;
  readonly failed: Readonly<Partial<Record<FailureKind, number>>>;
  /** Answers by their HTTP status, successful and not. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Requests that were never sent, because no place became free in time. */
  readonly dropped: number;
  /** Requests under way or waiting for a place when the run was cut short. 0 in a complete run. */
  readonly unfinished: number;
  /** Requests a second that should have been sent. In the closed model: that were sent. */
  readonly offeredRate: number;
  /**
   * Successful answers a second between warm-up and the end of the load, whenever they were asked for. Those that came
   * while the end was waited for don't count.
   */
  readonly achievedRate: number;
  /**
   * The first half of the time between warm-up and the end of the load, and the second. Absent where nobody has kept
   * them.
   */
  readonly halves?: readonly [RunHalf, RunHalf];
  /** From the moment a request should have been sent. */
  readonly latency: LatencySummary;
  /** From the moment it was sent. In the closed model both are the same. */
  readonly latencyFromSending: LatencySummary;
  /**
   * Time to first byte of the answers that `latency` counts: from the moment a request should have been sent to the
   * first byte of its answer. Absent in runs that were recorded without it.
   */
  readonly firstByte?: LatencySummary;
  /** How long readers waited in vain: from the moment a failed request should have been sent to its failure. */
  readonly failedWait: LatencySummary;
  /** How late requests were sent, by this computer's fault or for want of a place. Open models only. */
  readonly lateness: LatencySummary;
  /** Requests under way, on average over `elapsed`. */
  readonly meanInFlight: number;
  /**
   * Bytes of all answers as they came from the server, 4xx and 5xx included. What came of half an answer is not
   * counted.
   */
  readonly bytesReceived: number;
  readonly series: readonly LoadTick[];
  /** The samples behind `latency`. */
  readonly latencyCounts: LatencyCounts;
  /** The samples behind `latencyFromSending`. */
  readonly latencyFromSendingCounts: LatencyCounts;
}
