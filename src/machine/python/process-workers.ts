import type { ProcessStart } from "./kernel/syscalls";
import type { InterpreterImage } from "./process/interpreter";
import type { TemplateMade, TemplateUnusable, WorkerTask } from "./process/process-worker";
import type { SpareWorkers } from "./spare-workers";
import type { WorkerId } from "./worker-factory";

/** Starts CPython afresh in a worker and copies its memory once everything is imported. */
export async function makeTemplate(worker: Worker, image: InterpreterImage, preparedCode?: Blob): Promise<ArrayBuffer> {
  try {
    return await new Promise<ArrayBuffer>((resolve, reject) => {
      worker.onmessage = (event: MessageEvent<TemplateMade>) => resolve(event.data.template);
      worker.onerror = (event) => reject(new Error(`CPython did not start: ${event.message}`));
      const task: WorkerTask = { task: "template", image, ...(preparedCode ? { preparedCode } : {}) };
      worker.postMessage(task);
    });
  } finally {
    worker.terminate();
  }
}

/** The workers of a machine's processes. */
export class ProcessWorkers {
  private readonly running = new Map<WorkerId, Worker>();

  constructor(
    private readonly spares: SpareWorkers,
    private readonly image: InterpreterImage,
    /** The memory of an interpreter that has imported the servers. */
    private template: ArrayBuffer,
    /** Whether it was kept from an earlier visit: then it may not load, and a new one is made once. */
    private kept: boolean,
    private readonly onNewTemplate: (template: ArrayBuffer) => void,
  ) {
    spares.fill();
  }

  /** Starts a process. `crashed` is called if its worker ends by itself. */
  start(
    id: WorkerId,
    start: ProcessStart,
    port: MessagePort,
    clockOrigin: number,
    crashed: (reason: string) => void,
  ): void {
    const worker = this.spares.take();
    worker.onerror = (event) => crashed(event.message);
    worker.onmessageerror = () => crashed("a message could not be read");
    worker.onmessage = (event: MessageEvent<TemplateUnusable>) => {
      this.renewTemplate(event.data.unusable).then(
        () => this.start(id, start, event.data.port, clockOrigin, crashed),
        (error: unknown) => crashed(String(error)),
      );
      worker.terminate();
    };
    this.running.set(id, worker);
    const memory = start.image ? {} : { template: this.template };
    const task: WorkerTask = { task: "process", image: this.image, ...memory, start, port, clockOrigin };
    worker.postMessage(task, [port, ...(start.image ? [start.image.memory] : [])]);
  }

  /** Ends a process at once. */
  terminate(id: WorkerId): void {
    this.running.get(id)?.terminate();
    this.running.delete(id);
  }

  private async renewTemplate(reason: string): Promise<void> {
    if (!this.kept) throw new Error(reason);
    this.kept = false;
    this.template = await makeTemplate(this.spares.take(), this.image);
    this.onNewTemplate(this.template);
  }
}
