import { contentsOf } from "../kernel/files/files.ts";
import type { ProcessStart } from "../kernel/protocol.ts";
import type { NativeTask } from "../native/run-program.ts";
import type { WorkerId } from "./factory-contract.ts";
import { saidTooMuch, whenItFails } from "./worker-failure.ts";

/** The workers of programs that run without CPython. */
export class NativeWorkers {
  readonly #running = new Map<WorkerId, Worker>();
  /**
   * One that has loaded its script and waits for a program; none before the first, for servers that start need the
   * cores.
   */
  #spare: Worker | undefined;

  #script: Promise<string> | undefined;
  /** Programs whose script is on its way. */
  readonly #waiting = new Set<WorkerId>();

  /** `load` brings the script's address, when the first program is started. */
  constructor(private readonly load: () => Promise<string>) {}

  /** Starts a program. `crashed` is called if its worker ends by itself. */
  start(
    id: WorkerId,
    start: ProcessStart,
    port: MessagePort,
    clockOrigin: number,
    crashed: (reason: string) => void,
  ): void {
    this.#script ??= this.load();
    this.#waiting.add(id);
    this.#script.then(
      (script) => {
        if (this.#waiting.delete(id)) this.#begin(script, id, { start, port, clockOrigin }, crashed);
      },
      (error: unknown) => {
        // The next one may have more luck.
        this.#script = undefined;
        if (this.#waiting.delete(id)) crashed(error instanceof Error ? error.message : String(error));
      },
    );
  }

  #begin(script: string, id: WorkerId, task: NativeTask, crashed: (reason: string) => void): void {
    const worker = this.#spare ?? new Worker(script);
    this.#spare = new Worker(script);
    const fail = whenItFails(worker, crashed);
    // It talks to the kernel alone.
    worker.onmessage = () => fail(saidTooMuch);
    this.#running.set(id, worker);
    worker.postMessage(task, [task.port, ...contentsOf(task.start.files)]);
  }

  /** Ends a program at once; false if it was none of these. */
  terminate(id: WorkerId): boolean {
    if (this.#waiting.delete(id)) return true;
    this.#running.get(id)?.terminate();
    return this.#running.delete(id);
  }
}
