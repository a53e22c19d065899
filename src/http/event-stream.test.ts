import { expect, test } from "vitest";
import { EventStreamReader } from "./event-stream.ts";

const stream =
  "\uFEFF: hello\ndata: one\ndata: two\r\nid: 7\r\revent: named\ndata:{}\nretry: 50\n\nevent: empty\n\ndata\n\nid\n\ndata: x";

test.each([1, 3, 1000])("events are read as the standard says, %i bytes at a time", (step) => {
  const bytes = new TextEncoder().encode(stream);
  const reader = new EventStreamReader(100);
  const events = [];
  for (let at = 0; at < bytes.length; at += step) events.push(...reader.push(bytes.subarray(at, at + step)));
  expect(events).toEqual([
    { type: "message", data: "one\ntwo", id: "7" },
    { type: "named", data: "{}", id: "7" },
    { type: "message", data: "", id: "7" },
  ]);
  expect([reader.retry, reader.lastId]).toEqual([50, ""]);
});

test("an event without an end is not kept", () => {
  const reader = new EventStreamReader(100);
  expect(() => reader.push(new TextEncoder().encode(`data: ${"x".repeat(200)}`))).toThrow(RangeError);
});
