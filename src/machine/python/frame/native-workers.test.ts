import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { FileEntry, ProcessStart } from "../kernel/protocol.ts";
import { NativeWorkers } from "./native-workers.ts";

/** A worker that does nothing. */
class IdleWorker {
  static readonly made: IdleWorker[] = [];
  onmessage: ((event: MessageEvent<unknown>) => void) | null = null;
  onerror: ((event: Pick<ErrorEvent, "message">) => void) | null = null;
  ended = false;

  constructor() {
    IdleWorker.made.push(this);
  }

  postMessage(): void {}

  terminate(): void {
    this.ended = true;
  }
}

beforeEach(() => {
  IdleWorker.made.length = 0;
  vi.stubGlobal("Worker", IdleWorker);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

it.each([5, null, { begun: true }, { unusable: "x" }])(
  "a program ends alone that sends the machine %j",
  async (forged) => {
    const workers = new NativeWorkers(async () => "script.js");
    const crashes: string[] = [];
    const { port1, port2 } = new MessageChannel();
    for (const id of [1, 2]) {
      workers.start(id, { files: [] as FileEntry[] } as ProcessStart, id === 1 ? port1 : port2, 0, (reason) =>
        crashes.push(`${id} ${reason}`),
      );
    }
    await Promise.resolve();
    const [one, other] = IdleWorker.made;
    one?.onmessage?.(new MessageEvent("message", { data: forged }));
    expect(one?.ended).toBe(true);
    expect(one?.onmessage).toBeNull();
    expect(other?.ended).toBe(false);
    expect(crashes).toEqual(["1 it sent the machine what no process has to say"]);
    port1.close();
    port2.close();
  },
);
