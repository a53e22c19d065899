import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { errorWords } from "./error-words.ts";
import { call, type Gate, GateClosed, type GateLimits, Handover, type Offered, openGate } from "./gate.ts";
import { bytes, finite, list, maybe, nothing, record, text, tuple } from "./shape.ts";

class Missing extends Error {
  override readonly name = "Missing";
  constructor(readonly place: string) {
    super(`${place} is missing`);
  }
}

const missing = errorWords(Missing, {
  name: "Missing",
  shape: record({ place: text(10) }),
  write: ({ place }) => ({ place }),
  read: ({ place }) => new Missing(place),
});

const contract = {
  add: call(tuple(finite, finite), finite),
  note: call(tuple(record({ title: text(5) }, { tags: list(text(3), 2) })), nothing),
  read: call(tuple(maybe(text(10))), bytes(8)),
};

type Does = Offered<typeof contract>;

const open: { close(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

function gates(does: Partial<Does> = {}, limits?: GateLimits) {
  const { port1, port2 } = new MessageChannel();
  const refused = vi.fn<(reason: string) => void>();
  const closed = Promise.withResolvers<string>();
  const server = openGate(port1, {
    offers: contract,
    does: { add: (a, b) => a + b, note: () => {}, read: () => new Uint8Array(3), ...does },
    expects: {},
    errors: [missing],
    ...(limits ? { limits } : {}),
    refused: (reason) => {
      refused(reason);
      closed.resolve(reason);
    },
  });
  open.push(server, { close: () => port2.close() });
  return { port: port2, refused, closed: closed.promise };
}

function client(port: MessagePort, refused?: (reason: string) => void): Gate<typeof contract> {
  const gate = openGate(port, {
    offers: {},
    does: {},
    expects: contract,
    errors: [missing],
    ...(refused ? { refused } : {}),
  });
  open.push(gate);
  return gate;
}

/** Resolves when all messages sent so far have been looked at. */
async function answerTo(port: MessagePort, message: unknown): Promise<unknown> {
  const answer = new Promise((resolve) => {
    port.onmessage = ({ data }) => resolve(data);
  });
  port.postMessage(message);
  return answer;
}

describe("a gate", () => {
  it("calls and answers", async () => {
    const { there } = client(gates().port);
    expect(await there.add(1, 2)).toBe(3);
    expect(await there.note({ title: "a", tags: ["b"] })).toBeUndefined();
  });

  it("hands parts of an answer over", async () => {
    const memory = new Uint8Array([1, 2, 3]);
    const { there } = client(gates({ read: () => new Handover(memory, [memory.buffer]) }).port);
    expect(await there.read("x")).toEqual(new Uint8Array([1, 2, 3]));
    expect(memory.length).toBe(0);
  });

  it("brings errors of known classes as what they are, and others as plain ones", async () => {
    const { there } = client(
      gates({
        note: () => {
          throw new Missing("here");
        },
        add: () => {
          throw new TypeError("odd");
        },
      }).port,
    );
    const error = await there.note({ title: "a" }).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(Missing);
    expect(error).toMatchObject({ place: "here", message: "here is missing" });
    await expect(there.add(1, 1)).rejects.toThrow("odd");
  });

  it("rejects what is under way when it is closed", async () => {
    const gate = client(gates({ add: () => new Promise(() => {}) }).port);
    const sum = gate.there.add(1, 2);
    gate.close();
    await expect(sum).rejects.toThrow(GateClosed);
    await expect(gate.there.add(1, 2)).rejects.toThrow(GateClosed);
  });

  it.each([
    ["no object", 5],
    ["null", null],
    ["a path, as Comlink would take it", { id: "x", type: "GET", path: ["__proto__", "constructor"] }],
    ["a setter", { id: "x", type: "SET", path: ["__proto__", "ref"], value: { type: "RAW", value: 1 } }],
    ["a name that objects have", { call: 1, name: "constructor", arguments: [] }],
    ["a name of the prototype", { call: 1, name: "__proto__", arguments: [] }],
    ["a name with a path", { call: 1, name: "add.constructor", arguments: [] }],
    ["too few arguments", { call: 1, name: "add", arguments: [1] }],
    ["too many arguments", { call: 1, name: "add", arguments: [1, 2, 3] }],
    ["arguments of another kind", { call: 1, name: "add", arguments: [1, "2"] }],
    ["arguments that are no list", { call: 1, name: "add", arguments: { 0: 1, 1: 2, length: 2 } }],
    ["a list with gaps", { call: 1, name: "note", arguments: [{ title: "a", tags: new Array(1) }] }],
    ["a text that is too long", { call: 1, name: "note", arguments: [{ title: "too long" }] }],
    ["a property that nobody named", { call: 1, name: "note", arguments: [{ title: "a", other: 1 }] }],
    ["an own __proto__", { call: 1, name: "note", arguments: [JSON.parse('{"title":"a","__proto__":{"x":1}}')] }],
    ["one more property of the message", { call: 1, name: "add", arguments: [1, 2], path: [] }],
    ["an answer that nobody waits for", { answer: 1, value: 1 }],
    ["a failure that nobody waits for", { failure: 1, error: { name: "Error", message: "", detail: undefined } }],
    ["a call without a number", { call: -1, name: "add", arguments: [1, 2] }],
  ])("is closed by %s", async (_what, message) => {
    const add = vi.fn<(a: number, b: number) => number>(() => 0);
    const { port, closed } = gates({ add });
    port.postMessage(message);
    port.postMessage({ call: 7, name: "add", arguments: [1, 2] });
    expect(await closed).not.toBe("");
    expect(add).not.toHaveBeenCalled();
  });

  it("is closed by a flood", async () => {
    const { port, closed } = gates({}, { pending: 1000, rate: 100 });
    for (let count = 0; count < 1000; count += 1) port.postMessage({ call: count, name: "add", arguments: [1, 2] });
    expect(await closed).toMatch(/more messages/);
  });

  it("is closed by too many calls at once", async () => {
    const { port, closed } = gates({ add: () => new Promise(() => {}) }, { pending: 3, rate: 1000 });
    for (let count = 0; count < 4; count += 1) port.postMessage({ call: count, name: "add", arguments: [1, 2] });
    expect(await closed).toMatch(/at once/);
  });

  it("does not believe an answer of another shape", async () => {
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = ({ data }) => port2.postMessage({ answer: data.call, value: "three" });
    open.push({ close: () => port2.close() });
    const refused = vi.fn<(reason: string) => void>();
    const { there } = client(port1, refused);
    await expect(there.add(1, 2)).rejects.toThrow(GateClosed);
    expect(refused).toHaveBeenCalledOnce();
  });

  it("never does what no contract names, and leaves Object.prototype as it is, whatever comes", async () => {
    const wild = fc.oneof(
      fc.anything({ withTypedArray: true, withMap: true, withSet: true, withDate: true, withSparseArray: true }),
      fc.record(
        {
          call: fc.anything(),
          name: fc.oneof(fc.string(), fc.constantFrom("add", "note", "read")),
          arguments: fc.anything(),
        },
        { requiredKeys: [] },
      ),
      fc.record({
        type: fc.constantFrom("GET", "SET", "APPLY", "CONSTRUCT"),
        path: fc.array(fc.string()),
        id: fc.string(),
      }),
    );
    const properties = Object.getOwnPropertyNames(Object.prototype).join();
    await fc.assert(
      fc.asyncProperty(wild, async (message) => {
        const does = { add: vi.fn<Does["add"]>(() => 0), note: vi.fn<Does["note"]>(), read: vi.fn<Does["read"]>() };
        const { port, closed } = gates(does);
        try {
          port.postMessage(message);
        } catch {
          return; // Not every value can be sent.
        }
        // A gate that is still open answers this one; a closed one has said why.
        await Promise.race([closed, answerTo(port, { call: 1e6, name: "add", arguments: [1, 2] })]);
        for (const act of Object.values(does)) {
          for (const args of act.mock.calls) expect(args.length).toBeLessThanOrEqual(2);
        }
        expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(properties);
        port.close();
      }),
      { numRuns: 300 },
    );
  });
});
