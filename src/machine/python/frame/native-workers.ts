import type { ProcessStart } from "../kernel/protocol.ts";
import type { NativeTask } from "../native/program-worker.ts";
import type { WorkerId } from "./factory-contract.ts";

/** The workers of programs that run without CPython. */
export class NativeWorkers {
  private readonly running = new Map<WorkerId, Worker>();
  /** One that has loaded its script and waits for a program; none before the first, for servers that start need the cores. */
  private spare: Worker | undefined;

  constructor(private readonly script: string) {}

  /** Starts a program. `crashed` is called if its worker ends by itself. */
  start(
    id: WorkerId,
    start: ProcessStart,
    port: MessagePort,
    clockOrigin: number,
    crashed: (reason: string) => void,
  ): void {
    const worker = this.spare ?? new Worker(this.script);
    this.spare = new Worker(this.script);
    const fail = (reason: string) => {
      worker.onmessage = null;
      worker.onerror = null;
      worker.terminate();
      crashed(reason);
    };
    worker.onerror = (event) => fail(event.message);
    // It talks to the kernel alone.
    worker.onmessageerror = () => fail("a message could not be read");
    worker.onmessage = () => fail("it sent the machine what no process has to say");
    this.running.set(id, worker);
    const task: NativeTask = { start, port, clockOrigin };
    worker.postMessage(task, [port]);
  }

  /** Ends a program at once; false if it was none of these. */
  terminate(id: WorkerId): boolean {
    this.running.get(id)?.terminate();
    return this.running.delete(id);
  }
}
