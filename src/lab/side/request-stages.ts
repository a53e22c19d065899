/** The parts of a server that a request goes through, and when one request came to each. */
import type { Milliseconds } from "../../machine/machine.ts";
import type { Stage } from "./manual-requests.ts";
import type { Block } from "./request-log.ts";

/** The parts, in their order. */
export const requestStages = ["connect", "backlog", "accept", "handler", "first byte", "end"] as const;

/** One of them. */
export type RequestStage = (typeof requestStages)[number];

/** What is known of a part for one request. */
export type StageState =
  | { readonly kind: "ahead" | "now" | "unknown" }
  /** `at` counts from the connection, `took` is what the request spent in this part. */
  | { readonly kind: "passed"; readonly at: Milliseconds; readonly took: Milliseconds }
  /** The request ended in failure here. */
  | { readonly kind: "failed"; readonly at: Milliseconds };

/** How much of its time a request spent where, in the order in which it did. */
export interface StageSpan {
  readonly kind: "waiting" | "working";
  readonly from: Milliseconds;
  readonly to: Milliseconds;
}

type Moments = Readonly<Partial<Record<RequestStage, Milliseconds>>>;

/** Where a request is on its way; without a request everything lies ahead. */
export function stageStates(stage: Stage | undefined): Readonly<Record<RequestStage, StageState>> {
  const moments = stage === undefined ? {} : momentsOf(stage);
  // What comes after the last known moment is where it is now.
  const here = requestStages.find((part) => moments[part] === undefined);
  const state = (part: RequestStage): StageState => {
    const at = moments[part];
    if (at !== undefined) return { kind: "passed", at, took: at - (moments[before(part)] ?? 0) };
    if (stage === undefined) return { kind: "ahead" };
    if (stage.kind !== "over") return { kind: part === here ? "now" : "ahead" };
    if (stage.exchange.kind === "failed") return part === here ? failed(stage) : { kind: "ahead" };
    return { kind: "unknown" };
  };
  return {
    connect: state("connect"),
    backlog: state("backlog"),
    accept: state("accept"),
    handler: state("handler"),
    "first byte": state("first byte"),
    end: state("end"),
  };
}

/** Its life as a bar: waiting until a worker took it, then worked on, up to `now` if it is not over. */
export function stageSpans(block: Readonly<Block>, now: Milliseconds): readonly StageSpan[] {
  const end = Math.max(0, (block.end ?? now) - block.queued);
  const taken = Math.min(end, block.accepted === undefined ? end : block.accepted - block.queued);
  const spans: readonly StageSpan[] = [
    { kind: "waiting", from: 0, to: taken },
    { kind: "working", from: taken, to: end },
  ];
  return spans.filter(({ from, to }) => to > from);
}

function failed(stage: Extract<Stage, { kind: "over" }>): StageState {
  return { kind: "failed", at: stage.exchange.took };
}

function before(part: RequestStage): RequestStage {
  return requestStages[requestStages.indexOf(part) - 1] ?? "connect";
}

/**
 * Moments from the connection on. Leaving the backlog is being accepted; the handler is done when its answer begins.
 */
function momentsOf(stage: Stage): Moments {
  const block = blockOf(stage);
  if (block === undefined) return stage.kind === "in the backlog" ? { connect: 0 } : {};
  const since = (moment: Milliseconds | undefined) => (moment === undefined ? undefined : moment - block.queued);
  const over = stage.kind === "over" && stage.exchange.kind === "answered";
  const moments = {
    connect: 0,
    backlog: since(block.accepted),
    accept: since(block.accepted),
    handler: since(block.answering),
    "first byte": since(block.answering),
    end: over ? since(block.end) : undefined,
  };
  return Object.fromEntries(Object.entries(moments).filter(([, moment]) => moment !== undefined));
}

/** What the machine has told of the request. */
export function blockOf(stage: Stage | undefined): Readonly<Block> | undefined {
  return stage !== undefined && "block" in stage ? stage.block : undefined;
}
