/** The parts of a server that a request goes through, and when one request came to each. */
import type { Milliseconds } from "../../machine/machine.ts";
import type { Stage } from "./hand-requests.ts";
import type { Block } from "./request-log.ts";

/** The parts, in their order. */
export const wayParts = ["connect", "backlog", "accept", "handler", "first byte", "end"] as const;

/** One of them. */
export type WayPart = (typeof wayParts)[number];

/** What is known of a part for one request. */
export type PartState =
  | { readonly kind: "ahead" | "now" | "unknown" }
  /** `at` counts from the connection, `took` is what the request spent in this part. */
  | { readonly kind: "passed"; readonly at: Milliseconds; readonly took: Milliseconds }
  /** The request ended in failure here. */
  | { readonly kind: "failed"; readonly at: Milliseconds };

/** How much of its time a request spent where, in the order in which it did. */
export interface WaySpan {
  readonly kind: "waiting" | "working";
  readonly from: Milliseconds;
  readonly to: Milliseconds;
}

type Moments = Readonly<Partial<Record<WayPart, Milliseconds>>>;

/** Where a request is on its way; without a request everything lies ahead. */
export function partStates(stage: Stage | undefined): Readonly<Record<WayPart, PartState>> {
  const moments = stage === undefined ? {} : momentsOf(stage);
  // What comes after the last known moment is where it is now.
  const here = wayParts.find((part) => moments[part] === undefined);
  const state = (part: WayPart): PartState => {
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
export function waySpans(block: Readonly<Block>, now: Milliseconds): readonly WaySpan[] {
  const end = Math.max(0, (block.end ?? now) - block.queued);
  const taken = Math.min(end, block.accepted === undefined ? end : block.accepted - block.queued);
  const spans: readonly WaySpan[] = [
    { kind: "waiting", from: 0, to: taken },
    { kind: "working", from: taken, to: end },
  ];
  return spans.filter(({ from, to }) => to > from);
}

function failed(stage: Extract<Stage, { kind: "over" }>): PartState {
  return { kind: "failed", at: stage.exchange.took };
}

function before(part: WayPart): WayPart {
  return wayParts[wayParts.indexOf(part) - 1] ?? "connect";
}

/** Moments from the connection on. Leaving the backlog is being accepted; the handler is done when its answer begins. */
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
