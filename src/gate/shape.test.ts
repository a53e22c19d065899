import { describe, expect, it } from "vitest";
import {
  atLeast,
  choice,
  dictionary,
  exact,
  finite,
  list,
  maybe,
  oneOf,
  ownBytes,
  plainData,
  record,
  text,
  truth,
  whole,
} from "./shape.ts";

type Animal = { kind: "dog"; name: string; old?: boolean } | { kind: "fish"; fins: number };

const animal = choice<"kind", Animal>("kind", { dog: { name: text(5), old: maybe(truth) }, fish: { fins: whole(0) } });

describe("an exact shape", () => {
  const dog = exact<{ name: string; old?: boolean }>({ name: text(5), old: maybe(truth) });

  it("takes what has all properties, and the optional ones or not", () => {
    expect([{ name: "a" }, { name: "a", old: true }, { old: false, name: "a" }].every(dog)).toBe(true);
  });

  it.each([
    ["a property that nobody named", { name: "a", other: 1 }],
    ["an own __proto__", JSON.parse('{"name":"a","__proto__":{"old":true}}')],
    ["a property of its prototype", Object.create({ name: "a" })],
    [
      "a class of its own",
      new (class Dog {
        name = "a";
      })(),
    ],
    ["none of the required ones", { old: true }],
    ["a property of another kind", { name: 1 }],
    ["an optional property of another kind", { name: "a", old: 1 }],
    ["a list", ["a"]],
    ["null", null],
    ["text", "name"],
  ])("refuses %s", (_what, value) => {
    expect(dog(value)).toBe(false);
  });
});

describe("a choice", () => {
  it("takes each type as it is, and no mixture", () => {
    expect(animal({ kind: "dog", name: "a" })).toBe(true);
    expect(animal({ kind: "fish", fins: 2 })).toBe(true);
    expect(animal({ kind: "fish", name: "a" })).toBe(false);
    expect(animal({ kind: "dog", name: "a", fins: 2 })).toBe(false);
  });

  it.each(["constructor", "__proto__", "toString", 7, undefined, ["dog"], { toString: () => "dog" }])(
    "refuses %s",
    (kind) => {
      expect(animal({ kind, name: "a" })).toBe(false);
    },
  );
});

describe("plain data", () => {
  const plain = plainData(100);

  it("is what objects, lists and texts make", () => {
    expect([null, undefined, 1, "a", [1, [2]], { a: { b: [true] } }].every(plain)).toBe(true);
  });

  it("is neither large nor deep, and nothing in it lives", () => {
    let deep: unknown = 1;
    for (let level = 0; level < 50_000; level += 1) deep = { deep };
    const round: { self?: unknown } = {};
    round.self = round;
    const { port1, port2 } = new MessageChannel();
    const refused = [
      deep,
      round,
      new Array(101).fill(1),
      "a".repeat(1000),
      { a: port1 },
      [new Map()],
      new Uint8Array(1),
    ];
    expect(refused.filter(plain)).toEqual([]);
    port1.close();
    port2.close();
  });
});

describe("other shapes", () => {
  it("see numbers as they are", () => {
    expect([0, 0.5, Number.POSITIVE_INFINITY].every(atLeast(0))).toBe(true);
    expect([-1, Number.NaN, "1", 1n].some(atLeast(0))).toBe(false);
    expect([Number.NaN, Number.POSITIVE_INFINITY, "1"].some(finite)).toBe(false);
  });

  it("take no slice of a larger buffer, nor shared memory", () => {
    const bytes = ownBytes(10, 4);
    expect(bytes(new Uint8Array(10))).toBe(true);
    expect(bytes(new Uint8Array(14).subarray(4))).toBe(true);
    expect(bytes(new Uint8Array(15).subarray(5))).toBe(false);
    expect(bytes(new Uint8Array(11))).toBe(false);
    expect(bytes(new Uint8Array(new SharedArrayBuffer(4)))).toBe(false);
    expect(bytes({ length: 5 })).toBe(false);
  });

  it("see every entry of lists and dictionaries", () => {
    expect(list(whole(0), 3)(new Array(2))).toBe(false);
    expect(list(whole(0), 3)([1, 2, 3, 4])).toBe(false);
    expect(dictionary(text())(JSON.parse('{"__proto__":"a"}'))).toBe(false);
    expect(record({ kind: oneOf("a") }, { b: whole() })({ kind: "a", b: undefined })).toBe(true);
  });
});
