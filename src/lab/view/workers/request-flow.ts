/**
 * Requests as dots on their way: from the readers into the queue, from there to a worker, and away as answered or
 * failed. Each step takes a moment in the picture, however short it was, so that it can be seen; none is drawn before
 * it happened.
 */
import type { Milliseconds, Pid } from "../../../machine/machine.ts";
import type { Block } from "../../side/request-log.ts";
import type { LaneTheme } from "./lane-painter.ts";
import { dotsLinger } from "./side-lanes.ts";

/** Where a dot is. `part`: how much of the way is behind it, from 0 to 1. */
export type Stop =
  | { readonly at: "to queue" | "to worker" | "away"; readonly part: number }
  | { readonly at: "queue" | "worker" };

/** How long each way takes in the picture. */
const way: Readonly<Record<"to queue" | "to worker" | "away", Milliseconds>> = {
  "to queue": 220,
  "to worker": 180,
  away: 300,
};

/**
 * Where the dot of a request is at `now`, on the machine's clock. `undefined`: not yet, or no longer, in the picture.
 */
export function stopOf({ queued, accepted, end }: Readonly<Block>, now: Milliseconds): Stop | undefined {
  if (now < queued) return undefined;
  const inQueue = queued + way["to queue"];
  if (now < inQueue) return { at: "to queue", part: (now - queued) / way["to queue"] };
  if (accepted === undefined)
    return end === undefined ? { at: "queue" } : leaving(Math.max(end, inQueue), now, "queue");
  const taken = Math.max(accepted, inQueue);
  if (now < taken) return { at: "queue" };
  const atWork = taken + way["to worker"];
  if (now < atWork) return { at: "to worker", part: (now - taken) / way["to worker"] };
  return end === undefined ? { at: "worker" } : leaving(Math.max(end, atWork), now, "worker");
}

function leaving(from: Milliseconds, now: Milliseconds, before: "queue" | "worker"): Stop | undefined {
  if (now < from) return { at: before };
  const part = (now - from) / way.away;
  return part > 1 ? undefined : { at: "away", part };
}

/** More dots a second than these cannot be told apart: then each stands for several requests. */
const mostDots = 48;
/** A request that takes longer than this has a dot in any case. */
const longEnough: Milliseconds = 600;

/** How many requests a dot stands for when so many come in a second: a power of two, so that it seldom changes. */
export function requestsPerDot(rate: number): number {
  return rate <= mostDots ? 1 : 2 ** Math.ceil(Math.log2(rate / mostDots));
}

/** The picture's size in CSS pixels, and what stands in it. */
export interface Flow {
  readonly width: number;
  readonly height: number;
  readonly now: Milliseconds;
  readonly blocks: readonly Readonly<Block>[];
  /** Those that answer, from above to below. */
  readonly pids: readonly Pid[];
  /** What is said when a dot stands for several. */
  readonly perDot: (requests: number) => string;
}

const radius = 3;
const pitch = 8;

/** Draws the boxes of the queue and of the workers, and every dot. */
export function paintFlow(context: CanvasRenderingContext2D, flow: Flow, ink: LaneTheme): void {
  const { width, height, now, blocks, pids, perDot } = flow;
  const places = new Places(flow);
  const { queue, work } = places;
  const rows = Math.max(1, pids.length);
  context.fillStyle = ink.ground;
  box(context, queue.left, 0, queue.right - queue.left, height);
  for (let row = 0; row < rows; row++)
    box(context, work.left, (row * height) / rows + 1, work.right - work.left, height / rows - 2);
  const per = requestsPerDot(cameLately(blocks, now));
  for (const block of blocks) {
    if (!hasDot(block, now, per)) continue;
    const stop = stopOf(block, now);
    const spot = stop && places.spotOf(stop, block);
    if (spot === undefined) continue;
    const crossed = block.failed && stop?.at === "away";
    if (crossed) cross(context, spot, ink.failed);
    else dot(context, spot, ink.block);
  }
  if (per > 1) {
    const said = perDot(per);
    context.font = ink.font;
    context.textAlign = "right";
    context.textBaseline = "bottom";
    const room = context.measureText(said);
    context.fillStyle = ink.ground;
    context.globalAlpha = 0.85;
    context.fillRect(width - room.width - 2, height - room.fontBoundingBoxAscent, width, height);
    context.globalAlpha = 1;
    context.fillStyle = ink.mark;
    context.fillText(said, width, height);
    context.textAlign = "left";
  }
}

/** How many requests came within the last second. */
function cameLately(blocks: readonly Readonly<Block>[], now: Milliseconds): number {
  let count = 0;
  for (const { queued } of blocks) if (queued > now - 1000 && queued <= now) count++;
  return count;
}

/** Whether a request has a dot of its own, where each stands for `per`. */
function hasDot({ id, queued, end }: Readonly<Block>, now: Milliseconds, per: number): boolean {
  if (end !== undefined && end < now - dotsLinger) return false;
  return id % per === 0 || (end ?? now) - queued >= longEnough;
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Where everything stands in the picture: users on the left, then the queue, then the workers. */
class Places {
  readonly #flow: Flow;
  /** How many stand in the queue, and at each worker, so far. */
  readonly #standing = new Map<Pid | "queue", number>();
  readonly #rowsInQueue: number;
  readonly queue: { readonly left: number; readonly right: number };
  readonly work: { readonly left: number; readonly right: number };

  constructor(flow: Flow) {
    const { width, height } = flow;
    this.#flow = flow;
    this.queue = { left: width * 0.24, right: width * 0.44 };
    this.work = { left: width * 0.56, right: width * 0.78 };
    this.#rowsInQueue = Math.max(1, Math.floor((height - 4) / pitch));
  }

  /** The middle of a dot. `undefined`: there is no more room. */
  spotOf(stop: Stop, block: Readonly<Block>): Spot | undefined {
    const { width, height } = this.#flow;
    const { queue, work } = this;
    const middle = height / 2;
    const level = this.#levelOf(block.pid);
    switch (stop.at) {
      case "to queue":
        return { x: between(radius, queue.left, stop.part), y: middle };
      case "queue":
        return this.#inQueue(this.#next("queue"));
      case "to worker":
        return { x: between(queue.right, work.left, stop.part), y: between(middle, level, stop.part) };
      case "worker": {
        const x = work.left + pitch + this.#next(block.pid ?? -1) * pitch;
        return x < work.right ? { x, y: level } : undefined;
      }
      case "away": {
        const from = block.accepted === undefined ? queue.right : work.right;
        const below = between(level, height - radius, stop.part);
        return { x: between(from, width - radius, stop.part), y: block.failed ? below : level };
      }
    }
  }

  /** Those who came first stand at the front, in columns. */
  #inQueue(index: number): Spot | undefined {
    const rows = this.#rowsInQueue;
    const x = this.queue.right - pitch / 2 - Math.floor(index / rows) * pitch;
    const top = (this.#flow.height - (rows - 1) * pitch) / 2;
    return x > this.queue.left ? { x, y: top + (index % rows) * pitch } : undefined;
  }

  #next(where: Pid | "queue"): number {
    const index = this.#standing.get(where) ?? 0;
    this.#standing.set(where, index + 1);
    return index;
  }

  #levelOf(pid: Pid | undefined): number {
    const { pids, height } = this.#flow;
    return ((Math.max(0, pids.indexOf(pid ?? -1)) + 0.5) / Math.max(1, pids.length)) * height;
  }
}

function between(from: number, to: number, part: number): number {
  return from + (to - from) * part;
}

function box(context: CanvasRenderingContext2D, left: number, top: number, width: number, height: number): void {
  context.beginPath();
  context.roundRect(left, top, width, Math.max(1, height), 3);
  context.fill();
}

function dot(context: CanvasRenderingContext2D, { x, y }: Spot, colour: string): void {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

/** A request that failed: colour is not alone. */
function cross(context: CanvasRenderingContext2D, { x, y }: Spot, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = 1.75;
  context.beginPath();
  context.moveTo(x - radius, y - radius);
  context.lineTo(x + radius, y + radius);
  context.moveTo(x + radius, y - radius);
  context.lineTo(x - radius, y + radius);
  context.stroke();
}
