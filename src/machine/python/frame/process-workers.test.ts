import { beforeEach, expect, it } from "vitest";
import type { ProcessStart } from "../kernel/protocol.ts";
import type { InterpreterImage } from "../process/interpreter.ts";
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
  const spares: unknown = { take, fill: () => {} };
  workers = new ProcessWorkers(spares as SpareWorkers, {} as InterpreterImage, new ArrayBuffer(8), false, () => {}, 2);
  for (const id of [1, 2, 3, 4]) {
    workers.start(id, {} as ProcessStart, new MessageChannel().port1, 0, (reason) => crashes.push(`${id} ${reason}`));
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
  workers.start(5, {} as ProcessStart, new MessageChannel().port1, 0, () => {});
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
