import { expect, test } from "vitest";
import { writtenBytes } from "./written-bytes.ts";

test("bytes of C's memory are copied as bytes, whatever it is seen as", () => {
  const memory = new Int8Array(new ArrayBuffer(16), 4, 8);
  memory.set([1, -1, -128, 4], 2);
  const copy = writtenBytes(memory, 2, 4);
  memory.fill(0);
  expect(copy).toEqual(new Uint8Array([1, 255, 128, 4]));
  expect(copy.buffer.byteLength).toBe(4);
});
