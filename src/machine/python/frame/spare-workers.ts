import type { WorkerTask } from "../process/process-worker.ts";

/** How many wait at first: a lab's two servers, and the first workers of one that forks. */
const atFirst = 4;
/** How many wait later, for each takes memory. */
const later = 2;
/** New ones are made when nothing has started for so long: a server that forks needs the cores itself. Milliseconds. */
const refillDelay = 1000;

/**
 * Workers that have loaded their scripts and wait for a process: without them starting one takes a tenth of a second
 * longer.
 */
export class SpareWorkers {
  readonly #waiting: Worker[] = [];
  #refill: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly script: string,
    private readonly emscriptenScript: string,
  ) {}

  /** A worker that has loaded its scripts, or is about to. */
  take(): Worker {
    clearTimeout(this.#refill);
    this.#refill = setTimeout(() => this.fill(later), refillDelay);
    return this.#waiting.shift() ?? this.#create();
  }

  /** Makes as many as are missing. */
  fill(count = atFirst): void {
    while (this.#waiting.length < count) this.#waiting.push(this.#create());
  }

  #create(): Worker {
    const worker = new Worker(this.script);
    const task: WorkerTask = { task: "prepare", emscriptenScript: this.emscriptenScript };
    worker.postMessage(task);
    return worker;
  }
}
