import { describe, expect, it } from "vitest";
import type { Block } from "../../side/request-log.ts";
import { type LaneScale, type LaneTheme, paintLane, paintMarkWords, waitingPerColumn } from "./lane-painter.ts";

const scale: LaneScale = { from: 1000, length: 100, width: 10, height: 10, now: 1100 };
const block = (queued: number, accepted?: number): Block => ({
  id: 1,
  queued,
  row: 0,
  failed: false,
  ...(accepted !== undefined && { accepted }),
});

describe("waitingPerColumn", () => {
  it("counts who waits in each pixel's time, in parts where it is a part", () => {
    const columns = waitingPerColumn(scale, [block(1000, 1020), block(1010, 1025), block(1085)]);
    expect([...columns]).toEqual([1, 2, 0.5, 0, 0, 0, 0, 0, 0.5, 1]);
  });

  it("leaves out what lies outside", () => {
    expect([...waitingPerColumn(scale, [block(900, 950), block(900, 1010), block(1200, 1300)])].slice(0, 2)).toEqual([
      1, 0,
    ]);
  });
});

const ink: LaneTheme = {
  block: "block",
  failed: "failed",
  ground: "ground",
  gap: "gap",
  mark: "mark",
  font: "",
  rounded: false,
};

describe("words of marks", () => {
  const wide = { ...scale, from: 0, length: 10_000, width: 400, now: 10_000 };

  /** Where words are written, each letter of them six pixels wide, between "10 s ago" and "now". */
  function written(...marks: readonly (readonly [at: number, word: string])[]) {
    const words: (readonly [word: string, left: number])[] = [];
    const canvas = {
      measureText: ({ length }: string) => ({ width: 6 * length }),
      fillText: (word: string, left: number) => void words.push([word, left]),
    };
    const all = marks.map(([at, word]) => ({ at, word, kind: "kill" as const }));
    paintMarkWords(Object(canvas), wide, ink, all, ["10 s ago", "now"]);
    return words;
  }

  it("stand below their marks, and beside the ends of the scale where these are in the way", () => {
    expect(written([5000, "kill"])).toEqual([["kill", 188]]);
    expect(written([100, "kill"])).toEqual([["kill", 8 * 6 + 8]]);
    expect(written([9990, "kill"])).toEqual([["kill", 400 - 3 * 6 - 8 - 4 * 6]]);
  });

  it("leave out what would be written over another, and what is outside", () => {
    expect(written([5000, "kill"], [5001, "hang"], [7000, "leak"], [-10, "kill"]).map(([word]) => word)).toEqual([
      "kill",
      "hang",
      "leak",
    ]);
    expect(written([9900, "kill"], [9990, "hang"]).map(([word]) => word)).toEqual(["kill"]);
  });
});

describe("a lane", () => {
  /** What is filled, in which colour and how strongly, from where to where. */
  function painted(block: Block, within: LaneScale = scale): readonly (readonly unknown[])[] {
    const filled: (readonly unknown[])[] = [];
    const canvas = {
      fillStyle: "",
      globalAlpha: 1,
      fillRect(left: number, _top: number, width: number) {
        filled.push([canvas.fillStyle, canvas.globalAlpha, left, left + width]);
      },
    };
    const ignore = () => {};
    const context = new Proxy(canvas, {
      get: (target, name) => Reflect.get(target, name) ?? ignore,
    });
    paintLane(Object(context), within, ink, [block], 1, []);
    return filled;
  }

  const failed = { ...block(1000, 1000), end: 1040, failed: true };

  it("shows a worker at work for a client that has given up, up to now", () => {
    expect(painted({ ...failed, held: true })).toEqual([
      ["block", 0.55, 4, 9],
      ["failed", 1, 0, 4],
    ]);
  });

  it("shows it up to when it let go of it", () => {
    expect(painted({ ...failed, workedUntil: 1080 })[0]).toEqual(["block", 0.55, 4, 7]);
    expect(painted(failed)).toEqual([["failed", 1, 0, 4]]);
  });

  it("dots what a response sends for long, from its first byte on", () => {
    const wide = { ...scale, from: 0, length: 1000, width: 100, now: 1000 };
    const stream = { ...block(0, 0), answering: 600, end: 1000 };
    const dots = painted(stream, wide).filter(([style]) => style === "ground");
    expect(dots.map(([, , left]) => left)).toEqual([63.5, 70.5, 77.5, 84.5, 91.5]);
    expect(painted({ ...stream, answering: 900 }, wide).some(([style]) => style === "ground")).toBe(false);
  });
});
