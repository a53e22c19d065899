import { oneOf, port, record, type Shape, text } from "../../../gate/shape.ts";
import { contentsOf } from "../kernel/files/files.ts";
import type { ProcessStart } from "../kernel/protocol.ts";
import type { InterpreterImage } from "../process/interpreter.ts";
import type { TemplateMade, WorkerEvent, WorkerTask } from "../process/process-worker.ts";
import { type Archive, isArchiveRequest } from "./archive.ts";
import type { WorkerId } from "./factory-contract.ts";
import type { SpareWorkers } from "./spare-workers.ts";
import { saidTooMuch, silence, whenItFails } from "./worker-failure.ts";

/** Starts CPython afresh in a worker and copies its memory once everything is imported. */
export async function makeTemplateIn(
  worker: Worker,
  image: InterpreterImage,
  preparedCode?: Blob,
): Promise<ArrayBuffer> {
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

type Begun = Extract<WorkerEvent, { begun: true }>;
type Unusable = Extract<WorkerEvent, { unusable: string }>;

const isBegun: Shape<Begun> = record({ begun: oneOf(true) });
const isUnusable: Shape<Unusable> = record({ unusable: text(), port });

/** A process that is to begin. */
interface Beginning {
  readonly id: WorkerId;
  readonly start: ProcessStart;
  readonly port: MessagePort;
  readonly clockOrigin: number;
  readonly crashed: (reason: string) => void;
}

/**
 * The workers of a machine's processes.
 *
 * As many begin at once as there are cores, and in their order: if all of a server's workers did, the first would be as
 * late as the last.
 */
export class ProcessWorkers {
  readonly #running = new Map<WorkerId, Worker>();
  /** Those that have not got their memory yet. */
  readonly #beginning = new Set<WorkerId>();
  #waiting: Beginning[] = [];
  /** Whether a process has begun with this template. */
  #templateLoads = false;

  constructor(
    private readonly spares: SpareWorkers,
    private readonly image: InterpreterImage,
    /** The memory of an interpreter that has imported the servers. */
    private template: ArrayBuffer,
    /** Whether it was kept from an earlier visit: then it may not load, and a new one is made once. */
    private kept: boolean,
    /** Packages that processes ask for. */
    private readonly archive: Archive,
    private readonly onNewTemplate: (template: ArrayBuffer) => void,
    private readonly cores = navigator.hardwareConcurrency,
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
    this.#waiting.push({ id, start, port, clockOrigin, crashed });
    this.#beginNext();
  }

  /** Ends a process at once. */
  terminate(id: WorkerId): void {
    this.#waiting = this.#waiting.filter((process) => process.id !== id);
    this.#running.get(id)?.terminate();
    this.#running.delete(id);
    this.#hasBegun(id);
  }

  #beginNext(): void {
    while (this.#beginning.size < this.cores) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#beginning.add(next.id);
      this.#begin(next);
    }
  }

  #hasBegun(id: WorkerId): void {
    if (this.#beginning.delete(id)) this.#beginNext();
  }

  #begin({ id, start, port, clockOrigin, crashed }: Beginning): void {
    const worker = this.spares.take();
    let begun = false;
    const fail = whenItFails(worker, (reason) => {
      crashed(reason);
      this.#hasBegun(id);
    });
    // Until it has begun no program runs there. Then it asks for packages, and programs can make it say anything.
    worker.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!begun && isBegun(data)) {
        begun = true;
        this.#templateLoads ||= start.image === undefined;
        this.#hasBegun(id);
      } else if (!begun && isUnusable(data)) {
        silence(worker);
        this.#renewTemplate(data.unusable).then(
          () => this.#begin({ id, start, port: data.port, clockOrigin, crashed }),
          (error: unknown) => fail(String(error)),
        );
      } else if (begun && isArchiveRequest(data)) {
        void this.archive.answer(data).then((answer) => {
          const task: WorkerTask = { task: "archive", answer };
          worker.postMessage(task);
        });
      } else fail(saidTooMuch);
    };
    this.#running.set(id, worker);
    const memory = start.image ? {} : { template: this.template };
    // The memory stands last: whatever is written behind it has the browser write all of it again, in twice the room.
    const task: WorkerTask = { task: "process", image: this.image, start, port, clockOrigin, ...memory };
    // A process whose template does not load begins again, with the same files.
    const files = start.image || this.#templateLoads ? contentsOf(start.files) : [];
    worker.postMessage(task, [port, ...files, ...(start.image ? [start.image.memory] : [])]);
  }

  async #renewTemplate(reason: string): Promise<void> {
    if (!this.kept) throw new Error(reason);
    this.kept = false;
    this.template = await makeTemplateIn(this.spares.take(), this.image);
    this.onNewTemplate(this.template);
  }
}
