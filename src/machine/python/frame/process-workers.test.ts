import { beforeEach, expect, it } from "vitest";
import type { FileEntry, ProcessStart } from "../kernel/protocol.ts";
import type { InterpreterImage } from "../process/interpreter.ts";
import { Archive } from "./archive.ts";
import { ProcessWorkers } from "./process-workers.ts";
import type { SpareWorkers } from "./spare-workers.ts";

/** A worker that does nothing but remember what it is told. */
class IdleWorker {
  onmessage: ((event: MessageEvent<unknown>) => void) | undefined;
  onerror: ((event: Pick<ErrorEvent, "message">) => void) | undefined;
  told: unknown[] = [];
  ended = false;

  postMessage(task: unknown): void {
    this.told.push(task);
  }

  terminate(): void {
    this.ended = true;
  }

  posts(data: unknown): void {
    this.onmessage?.(new MessageEvent("message", { data }));
  }

  begins(): void {
    this.onmessage?.(new MessageEvent("message", { data: { begun: true } }));
  }
}

let made: IdleWorker[];
let workers: ProcessWorkers;
let crashes: string[];

beforeEach(() => {
  made = [];
  crashes = [];
  const take = () => {
    const worker = new IdleWorker();
    made.push(worker);
    return worker;
  };
  const archive = new Archive({
    part: async () => new Blob(["part"]),
    wheel: async (name) => {
      if (name !== "known.whl") throw new Error(`There is no ${name}`);
      return new Blob(["wheel"]);
    },
  });
  const spares: unknown = { take, fill: () => {} };
  workers = new ProcessWorkers(
    spares as SpareWorkers,
    {} as InterpreterImage,
    new ArrayBuffer(8),
    false,
    archive,
    () => {},
    2,
  );
  for (const id of [1, 2, 3, 4]) {
    workers.start(id, { files: [] as FileEntry[] } as ProcessStart, new MessageChannel().port1, 0, (reason) =>
      crashes.push(`${id} ${reason}`),
    );
  }
});

it("lets as many processes begin at once as there are cores, in their order", () => {
  expect(made).toHaveLength(2);
  made[1]?.begins();
  expect(made).toHaveLength(3);
  made[1]?.begins();
  expect(made).toHaveLength(3);
  made[0]?.begins();
  expect(made).toHaveLength(4);
});

it("goes on when one that begins is ended or crashes, and forgets one that waited", () => {
  workers.terminate(3);
  workers.terminate(1);
  expect(made).toHaveLength(3);
  made[1]?.onerror?.({ message: "out of memory" });
  expect(crashes).toEqual(["2 out of memory"]);
  expect(made).toHaveLength(3);
  workers.start(5, { files: [] as FileEntry[] } as ProcessStart, new MessageChannel().port1, 0, () => {});
  expect(made).toHaveLength(4);
});

it.each([
  5,
  null,
  undefined,
  "begun",
  { begun: 1 },
  { begun: true, more: 1 },
  { unusable: "x" },
  { unusable: {}, port: 1 },
  [],
])("ends a process alone that says %j, and what it says then is not heard", (forged) => {
  made[0]?.posts(forged);
  expect(made[0]?.ended).toBe(true);
  made[0]?.posts({ begun: true });
  expect(crashes).toEqual(["1 it sent the machine what no process has to say"]);
  // The next has its place.
  expect(made).toHaveLength(3);
  made[1]?.begins();
  expect(made).toHaveLength(4);
  expect(made.slice(1).some(({ ended }) => ended)).toBe(false);
});

it("believes nobody who has begun that its template is unusable", () => {
  made[0]?.begins();
  made[0]?.posts({ unusable: "forged", port: new MessageChannel().port1 });
  expect(crashes).toEqual(["1 it sent the machine what no process has to say"]);
  expect(made[0]?.ended).toBe(true);
});

it("a process that has begun is brought what it asks for of the archive, or told why it is not", async () => {
  const [first] = made;
  if (!first) throw new Error("no worker");
  first.begins();
  first.posts({ request: 1, kind: "wheel", name: "known.whl" });
  first.posts({ request: 2, kind: "wheel", name: "unknown.whl" });
  first.posts({ request: 3, kind: "list", name: "" });
  await expect.poll(() => first.told.length).toBe(4);
  const file = (size: number) => ({ url: expect.stringMatching(/^blob:/), size });
  expect(first.told.slice(1)).toEqual(
    expect.arrayContaining([
      { task: "archive", answer: { request: 1, file: file(5) } },
      { task: "archive", answer: { request: 2, failed: "There is no unknown.whl" } },
      { task: "archive", answer: { request: 3, file: file(4) } },
    ]),
  );
  expect(crashes).toEqual([]);
});

it("a process that asks before it has begun, or for something else, is ended", () => {
  const [first, second] = made;
  first?.posts({ request: 1, kind: "list", name: "" });
  second?.begins();
  second?.posts({ request: 1, kind: "secrets", name: "" });
  expect([first?.ended, second?.ended]).toEqual([true, true]);
});

it("hands the memory over behind everything else, where the browser writes it once", () => {
  expect(Object.keys(made[0]?.told[0] ?? {}).at(-1)).toBe("template");
});
