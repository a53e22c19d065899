import { describe, expect, it } from "vitest";
import type { Stage } from "./manual-requests.ts";
import type { Block } from "./request-log.ts";
import { requestStages, stageSpans, stageStates } from "./request-stages.ts";

const block: Block = { id: 1, queued: 1000, accepted: 1500, pid: 3, row: 0, answering: 3500, end: 3501, failed: false };
const answered = {
  kind: "answered",
  response: { version: "1.1", status: 200, reason: "OK", headers: [], body: new Uint8Array() },
  took: 2510,
} as const;
const kinds = (stage: Stage | undefined) => {
  const states = stageStates(stage);
  return requestStages.map((part) => states[part].kind);
};
const { answering: _, end: __, ...taken } = block;

describe("the way of a request", () => {
  it("lies ahead before one is sent", () => {
    expect(new Set(kinds(undefined))).toEqual(new Set(["ahead"]));
  });

  it("is known as far as the machine has told", () => {
    expect(kinds({ kind: "sent" })).toEqual(["now", "ahead", "ahead", "ahead", "ahead", "ahead"]);
    expect(kinds({ kind: "in the backlog" })).toEqual(["passed", "now", "ahead", "ahead", "ahead", "ahead"]);
    expect(kinds({ kind: "taken", block: taken })).toEqual(["passed", "passed", "passed", "now", "ahead", "ahead"]);
    const { end: ___, ...answering } = block;
    expect(kinds({ kind: "answering", block: answering })).toEqual([...Array(5).fill("passed"), "now"]);
    expect(kinds({ kind: "over", exchange: answered, block })).toEqual(Array(6).fill("passed"));
  });

  it("says when it came to a part, counted from the connection, and what it spent there", () => {
    const states = stageStates({ kind: "over", exchange: answered, block });
    expect(states.backlog).toEqual({ kind: "passed", at: 500, took: 500 });
    expect(states.accept).toEqual({ kind: "passed", at: 500, took: 0 });
    expect(states.handler).toEqual({ kind: "passed", at: 2500, took: 2000 });
    expect(states.end).toEqual({ kind: "passed", at: 2501, took: 1 });
  });

  it("ends where it failed", () => {
    const exchange = { kind: "failed", message: "reset", took: 700 } as const;
    expect(kinds({ kind: "over", exchange, block: taken })).toEqual([
      "passed",
      "passed",
      "passed",
      "failed",
      "ahead",
      "ahead",
    ]);
  });

  it("is unknown where the machine reports no requests", () => {
    expect(kinds({ kind: "over", exchange: answered })).toEqual(Array(6).fill("unknown"));
  });

  it("is drawn as waiting and working, up to now", () => {
    expect(stageSpans(block, 9999)).toEqual([
      { kind: "waiting", from: 0, to: 500 },
      { kind: "working", from: 500, to: 2501 },
    ]);
    expect(stageSpans({ id: 1, queued: 1000, row: 0, failed: false }, 1400)).toEqual([
      { kind: "waiting", from: 0, to: 400 },
    ]);
  });
});
