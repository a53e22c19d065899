import { describe, expect, it } from "vitest";
import { LineReader, toLine } from "./json-lines.ts";

function read(...pieces: string[]): { messages: unknown[]; others: string[] } {
  const messages: unknown[] = [];
  const others: string[] = [];
  const reader = new LineReader(
    (message) => messages.push(message),
    (line) => others.push(line),
  );
  for (const piece of pieces) reader.push(piece);
  return { messages, others };
}

describe("toLine", () => {
  it("is ASCII, whatever it says", () => {
    const line = toLine({ text: "é 😀 \n" });
    expect([...line].every((character) => character.charCodeAt(0) < 0x7f)).toBe(true);
    expect(read(line).messages).toEqual([{ text: "é 😀 \n" }]);
  });
});

describe("LineReader", () => {
  it("puts pieces together", () => {
    const line = toLine({ a: 1 });
    expect(read(line.slice(0, 4), line.slice(4), toLine({ b: 2 })).messages).toEqual([{ a: 1 }, { b: 2 }]);
  });

  it("tells messages from what is printed besides, with a terminal's line ends", () => {
    expect(read('Warning\r\n{"a":1}\r\n', toLine({ b: 2 }).replace("\n", "\r\n"))).toEqual({
      messages: [{ b: 2 }],
      others: ["Warning", '{"a":1}'],
    });
  });

  it("takes a broken message for text", () => {
    expect(read("\x1e{oops\n")).toEqual({ messages: [], others: ["\x1e{oops"] });
  });
});
