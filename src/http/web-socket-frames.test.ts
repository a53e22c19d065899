import { describe, expect, test } from "vitest";
import { encodeFrame, type Frame, FrameReader, opcode } from "./web-socket-frames.ts";

const mask = Uint8Array.of(1, 2, 3, 4);

/** A server's frame: its bytes by hand, as RFC 6455 draws them. */
function frame(first: number, payload: number[]): Uint8Array {
  return Uint8Array.of(first, payload.length, ...payload);
}

function text({ payload }: Frame): string {
  return new TextDecoder().decode(payload);
}

describe("a client's frame", () => {
  test("is as in the RFC's example", () => {
    const written = encodeFrame(opcode.text, new TextEncoder().encode("Hello"), Uint8Array.of(0x37, 0xfa, 0x21, 0x3d));
    expect([...written]).toEqual([0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58]);
  });

  test.each([
    [125, 0x80 | 125, 6],
    [126, 0x80 | 126, 8],
    [65_535, 0x80 | 126, 8],
    [65_536, 0x80 | 127, 14],
  ])("of %i bytes says its length in as few as may be", (length, second, head) => {
    const written = encodeFrame(opcode.binary, new Uint8Array(length), mask);
    expect([written[1], written.length]).toEqual([second, head + length]);
  });
});

describe("a reader", () => {
  test("takes frames however they are cut, and control frames between the parts of a message", () => {
    const bytes = [frame(0x01, [72, 101]), frame(0x89, [1]), frame(0x80, [108, 108, 111])].flatMap((part) => [...part]);
    const reader = new FrameReader(100);
    const frames = bytes.flatMap((byte) => reader.push(Uint8Array.of(byte)));
    expect(frames.map((each) => each.opcode)).toEqual([opcode.ping, opcode.text]);
    expect(frames[1] && text(frames[1])).toBe("Hello");
  });

  test.each([
    ["a masked frame", [0x81, 0x80, 0, 0, 0, 0], 1002],
    ["a reserved bit", [0xc1, 0], 1002],
    ["an unknown kind", [0x83, 0], 1002],
    ["a control frame in parts", [0x09, 0], 1002],
    ["a long control frame", [0x89, 126, 0, 200], 1002],
    ["a message within another", [0x01, 0, 0x01, 0], 1002],
    ["parts without a beginning", [0x80, 0], 1002],
    ["more than may be", [0x82, 127, 0, 0, 1, 0, 0, 0, 0, 0], 1009],
    ["more than may be, in parts", [0x02, 60, ...new Array(60).fill(0), 0x80, 60, ...new Array(60).fill(0)], 1009],
  ])("refuses %s", (_what, bytes, code) => {
    expect(() => new FrameReader(100).push(Uint8Array.from(bytes))).toThrow(expect.objectContaining({ code }));
  });
});
