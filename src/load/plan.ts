/** What a load test asks, and what it says afterwards. Plain data: crosses workers and fits in a link. */

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
}

/** N readers, each of which waits for its answer before it asks again. */
export interface ClosedModel {
  readonly kind: "closed";
  readonly users: number;
  /** Pause of a reader between an answer and the next request, in milliseconds. Default 0. */
  readonly thinkTime?: number;
}

/** Who asks. The open models come with the load lab. */
export type LoadModel = ClosedModel;

/** Who asks what, how often, how long. */
export interface LoadPlan {
  readonly name: string;
  readonly model: LoadModel;
  readonly requests: readonly PlannedRequest[];
  /** Length of the run in milliseconds. Requests under way at its end are waited for up to `timeout`. */
  readonly duration: number;
  /** A request without an answer after this long has failed, in milliseconds. */
  readonly timeout: number;
  /** Same seed, same schedule. */
  readonly seed: number;
}

/** How a request can fail. */
export type FailureKind = "refused" | "reset" | "timed out" | "4xx" | "5xx" | "malformed";

/** Latency in milliseconds. A percentile is absent where the samples do not carry it. */
export interface LatencySummary {
  readonly count: number;
  readonly mean?: number;
  readonly max?: number;
  readonly p50?: number;
  readonly p95?: number;
  readonly p99?: number;
}

/** What a run has seen so far, about ten times a second. */
export interface LoadTick {
  /** Milliseconds since the run began. */
  readonly at: number;
  readonly done: number;
  readonly failed: number;
  readonly inFlight: number;
  /** Answers a second over the last second (or since the start, if that is shorter). */
  readonly rate: number;
  /** Of the answers in the last second. */
  readonly latency: LatencySummary;
}

/** Why a run ended. */
export type RunEnd = "complete" | "stopped" | "machine died";

/** What came of a plan. */
export interface LoadReport {
  readonly plan: LoadPlan;
  readonly end: RunEnd;
  /** Milliseconds from the first request to the last answer that counted. */
  readonly elapsed: number;
  readonly done: number;
  readonly failed: Readonly<Partial<Record<FailureKind, number>>>;
  /** Answers a second. */
  readonly achievedRate: number;
  /** From the moment a request should have been sent. */
  readonly latency: LatencySummary;
  /** From the moment it was sent. In the closed model both are the same. */
  readonly latencyFromSending: LatencySummary;
  readonly bytesReceived: number;
  readonly series: readonly LoadTick[];
}
