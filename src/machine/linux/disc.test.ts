import { describe, expect, it } from "vitest";
import { Disc } from "./disc.ts";

/** A disc of ten bytes in parts of four. */
function tenBytes(): { disc: Disc; fetched: number[] } {
  const fetched: number[] = [];
  const disc = new Disc(10, 4, async (index) => {
    fetched.push(index);
    return Uint8Array.from([0, 1, 2, 3], (at) => index * 4 + at);
  });
  return { disc, fetched };
}

function read(disc: Disc, start: number, length: number): Promise<number[]> {
  return new Promise((resolve) => disc.get(start, length, (bytes) => resolve([...bytes])));
}

describe("the disc", () => {
  it("fetches the parts that a read touches, each once", async () => {
    const { disc, fetched } = tenBytes();
    expect(await read(disc, 3, 6)).toEqual([3, 4, 5, 6, 7, 8]);
    expect(await read(disc, 5, 2)).toEqual([5, 6]);
    expect(fetched).toEqual([0, 1, 2]);
    expect(disc.touched).toEqual([0, 1, 2]);
  });

  it("answers at once from parts that are there", async () => {
    const { disc } = tenBytes();
    await read(disc, 0, 4);
    let bytes: number[] = [];
    disc.get(1, 2, (found) => {
      bytes = [...found];
    });
    expect(bytes).toEqual([1, 2]);
  });
});
