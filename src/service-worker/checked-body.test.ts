import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { checkedBody } from "./checked-body.ts";

const chunks = [new Uint8Array([1, 2, 3]), new Uint8Array([4, 5]), new Uint8Array([6])];
const right = `sha256-${createHash("sha256")
  .update(new Uint8Array([1, 2, 3, 4, 5, 6]))
  .digest("base64")}`;

function source(parts: readonly Uint8Array<ArrayBuffer>[], end?: Error) {
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      if (end === undefined) controller.close();
    },
    pull(controller) {
      if (end !== undefined) controller.error(end);
    },
  });
}

async function read(body: ReadableStream<Uint8Array<ArrayBuffer>>) {
  const got: number[] = [];
  try {
    for await (const chunk of body) got.push(...chunk);
  } catch (error) {
    return { got, error };
  }
  return { got, error: undefined };
}

describe("checkedBody", () => {
  it("passes on what is right, and has all of it in the end", async () => {
    const { body, whole } = checkedBody(source(chunks), right);
    expect(await read(body)).toEqual({ got: [1, 2, 3, 4, 5, 6], error: undefined });
    expect([...new Uint8Array((await whole) ?? new ArrayBuffer())]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each([
    ["another byte", [new Uint8Array([1, 2, 3]), new Uint8Array([4, 5]), new Uint8Array([7])]],
    ["a byte more", [...chunks, new Uint8Array([0])]],
    ["a chunk less", chunks.slice(0, 2)],
    ["nothing", []],
  ])("never gives the end of what is not: %s", async (_, parts) => {
    const { body, whole } = checkedBody(source(parts), right);
    const { got, error } = await read(body);
    expect(error).toBeInstanceOf(TypeError);
    expect(got.length).toBeLessThan(parts.reduce((sum, { length }) => sum + length, 0) || 1);
    expect(await whole).toBeUndefined();
  });

  it("says when it broke off, or when nobody wanted the rest", async () => {
    const broken = checkedBody(source(chunks.slice(0, 1), new Error("gone")), right);
    expect((await read(broken.body)).error).toEqual(new Error("gone"));
    expect(await broken.whole).toBeUndefined();
    const left = checkedBody(source(chunks), right);
    await left.body.cancel();
    expect(await left.whole).toBeUndefined();
  });
});
