/** Draws requests over time: blocks in a worker's lane, and how many wait. Knows nothing but a canvas's context. */
import type { Milliseconds, Pid } from "../../../machine/machine.ts";
import type { Mark } from "../../faults/side-faults.ts";
import { type Block, streamFrom, workEnd } from "../../side/request-log.ts";

/** The stretch of time that a lane shows, and its size in CSS pixels. */
export interface LaneScale {
  readonly from: Milliseconds;
  readonly length: Milliseconds;
  readonly width: number;
  readonly height: number;
  /** Requests under way are drawn up to here. */
  readonly now: Milliseconds;
}

/** Colours, and the shape of the blocks: each side has its own. */
export interface LaneTheme {
  readonly block: string;
  readonly failed: string;
  /** What marks on a block are drawn in. */
  readonly ground: string;
  /** What lies between lanes. */
  readonly gap: string;
  /** Lines and words of marks. */
  readonly mark: string;
  /** Of the words, as CSS writes it. */
  readonly font: string;
  readonly rounded: boolean;
}

/** A worker that ended in a lane. */
export interface WorkerExit {
  readonly pid: Pid;
  readonly ended: Milliseconds;
}

/** Blocks narrower than this stand side by side without a gap and without corners. */
const narrow = 3;
const hatchDistance = 5;
const dotDistance = 7;
const dotSize = 3;

/** Draws a worker's lane: a row for each request that it worked on at once. */
export function paintLane(
  context: CanvasRenderingContext2D,
  scale: LaneScale,
  ink: LaneTheme,
  blocks: readonly Readonly<Block>[],
  rows: number,
  endings: readonly WorkerExit[],
): void {
  const gap = rows > 1 ? 1 : 0;
  const rowHeight = Math.max(1, (scale.height - gap * (rows - 1)) / rows);
  // What lies between the rows makes each thread's a lane of its own.
  context.fillStyle = ink.gap;
  for (let row = 1; row < rows; row++) context.fillRect(0, row * (rowHeight + gap) - gap, scale.width, gap);
  /** Where the last block of each row ended, so that crowds of tiny blocks become one rectangle. */
  const drawnTo = new Map<number, number>();
  for (const block of blocks) {
    if (block.accepted === undefined) continue;
    if (block.end !== undefined) paintLeftBehind(context, scale, ink, block, { rowHeight, gap });
    const left = Math.max(0, place(scale, block.accepted));
    const right = Math.min(scale.width, place(scale, block.end ?? scale.now));
    if (right <= 0 || left >= scale.width) continue;
    const before = drawnTo.get(block.row) ?? -1;
    const from = left < before + 0.25 && left >= before - 1 ? before : left;
    const to = Math.max(right, from + 0.75);
    if (to <= before && !block.failed) continue;
    drawnTo.set(block.row, to);
    const top = block.row * (rowHeight + gap);
    const box = { left: from, top, width: to - from, height: rowHeight };
    if (block.failed) paintFailed(context, box, ink);
    else paintBlock(context, box, ink, block.end === undefined);
    paintStream(context, scale, ink, block, box);
  }
  for (const { ended } of endings) paintEnding(context, scale, ink, place(scale, ended));
}

/** What a worker still does for a client that has left: as at work as before, and for nobody. */
function paintLeftBehind(
  context: CanvasRenderingContext2D,
  scale: LaneScale,
  ink: LaneTheme,
  block: Readonly<Block>,
  { rowHeight, gap }: { readonly rowHeight: number; readonly gap: number },
): void {
  const { end = 0, row } = block;
  const until = workEnd(block, scale.now);
  const left = Math.max(0, place(scale, end));
  const width = Math.min(scale.width, place(scale, until)) - left;
  if (until > end && width > 0)
    paintBlock(context, { left, top: row * (rowHeight + gap), width, height: rowHeight }, ink, true);
}

/** A response on its way, part by part: dots from its first byte on. */
function paintStream(
  context: CanvasRenderingContext2D,
  scale: LaneScale,
  ink: LaneTheme,
  block: Readonly<Block>,
  box: Box,
): void {
  const began = streamFrom(block, scale.now);
  const size = Math.min(dotSize, box.height / 2);
  if (began === undefined || size < 1) return;
  const right = box.left + box.width - size;
  const first = Math.max(box.left, place(scale, began)) + dotDistance / 2;
  context.fillStyle = ink.ground;
  for (let left = first; left < right; left += dotDistance)
    context.fillRect(left, box.top + (box.height - size) / 2, size, size);
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function paintBlock(context: CanvasRenderingContext2D, box: Box, ink: LaneTheme, underWay: boolean): void {
  context.fillStyle = ink.block;
  context.globalAlpha = underWay ? 0.55 : 1;
  if (box.width < narrow) {
    context.fillRect(box.left, box.top, box.width, box.height);
  } else {
    // The gap after a block tells it from the next one.
    fill(context, { ...box, width: box.width - 1 }, ink.rounded);
  }
  context.globalAlpha = 1;
}

function paintFailed(context: CanvasRenderingContext2D, box: Box, ink: LaneTheme): void {
  const wide = { ...box, width: Math.max(box.width, 2) };
  context.fillStyle = ink.failed;
  if (box.width < narrow * 2) {
    context.fillRect(wide.left, wide.top, wide.width, wide.height);
    return;
  }
  fill(context, { ...box, width: box.width - 1 }, ink.rounded);
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.width - 1, box.height);
  context.clip();
  context.strokeStyle = ink.ground;
  context.lineWidth = 1.25;
  // One cross for each square of the block, so that a long one is crossed all along.
  for (let left = box.left; left < box.left + box.width; left += box.height) {
    context.beginPath();
    context.moveTo(left + 2, box.top + 2);
    context.lineTo(left + box.height - 2, box.top + box.height - 2);
    context.moveTo(left + box.height - 2, box.top + 2);
    context.lineTo(left + 2, box.top + box.height - 2);
    context.stroke();
  }
  context.restore();
}

function fill(context: CanvasRenderingContext2D, { left, top, width, height }: Box, rounded: boolean): void {
  if (!rounded) {
    context.fillRect(left, top, width, height);
    return;
  }
  context.beginPath();
  context.roundRect(left, top, width, height, Math.min(3, width / 2, height / 2));
  context.fill();
}

/** Where a worker ended: a line through its lane, with a cross. */
function paintEnding(context: CanvasRenderingContext2D, scale: LaneScale, ink: LaneTheme, at: number): void {
  if (at < 0 || at > scale.width) return;
  const x = Math.min(scale.width - 4, Math.max(4, at));
  const middle = scale.height / 2;
  context.strokeStyle = ink.failed;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(x, 0);
  context.lineTo(x, scale.height);
  context.moveTo(x - 3.5, middle - 3.5);
  context.lineTo(x + 3.5, middle + 3.5);
  context.moveTo(x + 3.5, middle - 3.5);
  context.lineTo(x - 3.5, middle + 3.5);
  context.stroke();
}

/**
 * Draws how many requests wait for a worker, as a hatched hill.
 *
 * @param most what the full height stands for; the same on both sides
 */
export function paintQueue(
  context: CanvasRenderingContext2D,
  scale: LaneScale,
  ink: LaneTheme,
  blocks: readonly Readonly<Block>[],
  most: number,
): void {
  const columns = waitingPerColumn(scale, blocks);
  context.save();
  context.beginPath();
  context.moveTo(0, scale.height);
  columns.forEach((waiting, column) => {
    const top = scale.height * (1 - Math.min(1, waiting / Math.max(1, most)));
    context.lineTo(column, top);
    context.lineTo(column + 1, top);
  });
  context.lineTo(scale.width, scale.height);
  context.closePath();
  context.fillStyle = ink.block;
  context.globalAlpha = 0.18;
  context.fill();
  context.globalAlpha = 1;
  context.clip();
  context.strokeStyle = ink.block;
  context.lineWidth = 1;
  context.beginPath();
  for (let left = -scale.height; left < scale.width; left += hatchDistance) {
    context.moveTo(left, scale.height);
    context.lineTo(left + scale.height, 0);
  }
  context.stroke();
  context.restore();
}

/** Draws the life of one request: hatched while it waited, then a block while a process had it. */
export function paintRequestLifetime(
  context: CanvasRenderingContext2D,
  scale: LaneScale,
  ink: LaneTheme,
  block: Readonly<Block>,
): void {
  paintQueue(context, scale, ink, [block], 1);
  paintLane(context, scale, ink, [{ ...block, row: 0 }], 1, []);
}

/** Draws a broken line through a lane at each moment that is marked. */
export function paintMarks(
  context: CanvasRenderingContext2D,
  scale: LaneScale,
  ink: LaneTheme,
  marks: readonly Mark[],
): void {
  if (marks.length === 0) return;
  context.save();
  context.strokeStyle = ink.mark;
  context.lineWidth = 1;
  context.setLineDash([3, 2]);
  for (const { at } of marks) {
    const x = Math.round(place(scale, at)) + 0.5;
    if (x < 0 || x > scale.width) continue;
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, scale.height);
    context.stroke();
  }
  context.restore();
}

/** Space beside the words at the two ends of the time scale, in CSS pixels. */
const besideEnds = 8;

/**
 * Writes what the marks mean, each below its line as far as there is room. What would cover another is left out.
 *
 * @param ends the words at the two ends of the scale
 */
export function paintMarkWords(
  context: CanvasRenderingContext2D,
  scale: LaneScale,
  ink: LaneTheme,
  marks: readonly Mark[],
  [first, last]: readonly [first: string, last: string],
): void {
  context.fillStyle = ink.mark;
  context.font = ink.font;
  context.textBaseline = "middle";
  const room = scale.width - context.measureText(last).width - besideEnds;
  let free = context.measureText(first).width + besideEnds;
  for (const { at, word } of marks) {
    const x = place(scale, at);
    if (x < 0 || x > scale.width) continue;
    const { width } = context.measureText(word);
    const left = Math.min(Math.max(x - width / 2, free), room - width);
    if (left < free) continue;
    context.fillText(word, left, scale.height / 2);
    free = left + width + 6;
  }
}

/** How many requests waited, on average, during each pixel. */
export function waitingPerColumn(scale: LaneScale, blocks: readonly Readonly<Block>[]): Float64Array {
  const columns = new Float64Array(Math.max(1, Math.ceil(scale.width)));
  for (const { queued, accepted, end } of blocks) {
    const left = Math.max(0, place(scale, queued));
    const right = Math.min(columns.length, place(scale, accepted ?? end ?? scale.now));
    for (let column = Math.floor(left); column < right; column++) {
      const covered = Math.min(right, column + 1) - Math.max(left, column);
      columns[column] = (columns[column] ?? 0) + covered;
    }
  }
  return columns;
}

function place(scale: LaneScale, moment: Milliseconds): number {
  return ((moment - scale.from) / scale.length) * scale.width;
}
