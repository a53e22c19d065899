/**
 * What plans, ticks and reports look like when they cross a gate. Whether a plan is in order is another question:
 * `check-plan.ts`.
 */
import {
  dictionary,
  either,
  finite,
  list,
  oneOf,
  record,
  type Shape,
  text,
  truth,
  tuple,
  whole,
} from "../gate/shape.ts";
import { numberRules } from "./consistency.ts";
import type {
  AnswerCounts,
  FailureKind,
  LatencySummary,
  LoadModel,
  LoadPlan,
  LoadReport,
  LoadTick,
  PlannedRequest,
  RunHalf,
} from "./plan.ts";

const header = tuple(text(), text());
/** A body of a planned request has at most a million characters. */
const longestBody = 1_000_000;

const plannedRequest: Shape<PlannedRequest> = record(
  { path: text() },
  {
    method: text(100),
    headers: list(header, 1000),
    body: text(longestBody),
    weight: finite,
    once: finite,
    number: oneOf(...numberRules),
  },
);

const open = { connections: finite };
const model: Shape<LoadModel> = either(
  record({ kind: oneOf("closed"), users: finite }, { thinkTime: finite }),
  record({ kind: oneOf("constant"), rate: finite }, open),
  record({ kind: oneOf("poisson"), rate: finite }, open),
  record({ kind: oneOf("ramp"), from: finite, to: finite }, open),
  record({ kind: oneOf("steps"), rates: list(finite, 1000) }, open),
  record({ kind: oneOf("burst"), rate: finite, size: finite, every: finite }, { ...open, first: finite }),
);

/** A plan. */
export const loadPlan: Shape<LoadPlan> = record(
  {
    name: text(),
    model,
    requests: list(plannedRequest, 1000),
    duration: finite,
    timeout: finite,
    seed: whole(0),
  },
  { keepAlive: truth, keepCookies: truth, warmup: finite, patience: finite, countBy: text() },
);

const latency: Shape<LatencySummary> = record(
  { count: finite },
  { mean: finite, max: finite, p50: finite, p95: finite, p99: finite },
);

const failureKinds = {
  refused: finite,
  reset: finite,
  "timed out": finite,
  "gave up": finite,
  "4xx": finite,
  "5xx": finite,
  malformed: finite,
  contradictory: finite,
};
const failures: Shape<Readonly<Partial<Record<FailureKind, number>>>> = record({}, failureKinds);
const answerCounts: Shape<AnswerCounts> = dictionary(finite);

/** A tick. */
export const loadTick: Shape<LoadTick> = record(
  {
    at: finite,
    warmingUp: truth,
    done: finite,
    failed: finite,
    failedBy: failures,
    dropped: finite,
    inFlight: finite,
    rate: finite,
    offeredRate: finite,
    failureRate: finite,
    latency,
  },
  { doneBy: answerCounts },
);

const latencyCounts = list(tuple(finite, finite), 1_000_000);

const half: Shape<RunHalf> = record({ answers: finite, rate: finite }, { median: finite });

/** A report. A run of ten minutes has 6 000 ticks. */
export const loadReport: Shape<LoadReport> = record(
  {
    plan: loadPlan,
    end: oneOf("complete", "stopped", "machine died"),
    elapsed: finite,
    done: finite,
    failed: failures,
    statuses: dictionary(finite),
    dropped: finite,
    unfinished: finite,
    offeredRate: finite,
    achievedRate: finite,
    latency,
    latencyFromSending: latency,
    failedWait: latency,
    lateness: latency,
    meanInFlight: finite,
    bytesReceived: finite,
    series: list(loadTick, 10_000),
    latencyCounts,
    latencyFromSendingCounts: latencyCounts,
  },
  { halves: tuple(half, half), firstByte: latency },
);
