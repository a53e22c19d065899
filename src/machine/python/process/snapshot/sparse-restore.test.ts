import fc from "fast-check";
import { expect, it } from "vitest";
import { copyWithoutZeros, restoreSparsely } from "./sparse-restore.ts";

const page = 4096;

/** Pages of which some are zeros, and a rest that is no whole page. */
const contents = fc
  .tuple(fc.array(fc.constantFrom("zeros", "data", "late"), { maxLength: 12 }), fc.integer({ min: 0, max: 20 }))
  .map(([pages, rest]) => {
    const bytes = new Uint8Array(pages.length * page + rest);
    for (const [index, kind] of pages.entries()) {
      if (kind === "data") bytes.fill(index + 1, index * page, (index + 1) * page);
      if (kind === "late") bytes[(index + 1) * page - 1] = 7;
    }
    bytes.fill(9, pages.length * page);
    return bytes;
  });

it("a memory of zeros is the same afterwards as after a plain copy", () => {
  fc.assert(
    fc.property(contents, fc.constantFrom(0, 16, 17), (bytes, shift) => {
      const shifted = new Uint8Array(bytes.length + shift);
      shifted.set(bytes, shift);
      const memory = new Int8Array(bytes.length + 2 * page);
      copyWithoutZeros(shifted.subarray(shift), memory, page);
      expect(Buffer.from(memory.buffer, page, bytes.length).equals(bytes)).toBe(true);
    }),
  );
});

it("pages of zeros are not written", () => {
  const bytes = new Uint8Array(3 * page).fill(1);
  bytes.fill(0, page, 2 * page);
  const memory = new Int8Array(3 * page).fill(5);
  copyWithoutZeros(bytes, memory, 0);
  expect([memory[0], memory[page], memory[2 * page - 1], memory[2 * page]]).toEqual([1, 5, 5, 1]);
});

it("stands between a module and its memory while it is made, and not after", () => {
  const settings: { HEAP8?: Int8Array } = {};
  const made = restoreSparsely(settings);
  const memory = new Int8Array(2 * page).fill(5);
  settings.HEAP8 = memory;
  settings.HEAP8.set(new Uint8Array(page));
  expect(memory[0]).toBe(5);
  made();
  expect(settings.HEAP8).toBe(memory);
  settings.HEAP8.set(new Uint8Array(page));
  expect(memory[0]).toBe(0);
});
