/** Something that processes wait for, or one such wait: it can be tried again. */
export interface Waitable {
  retry(): void;
}

/** Something that gathers messages for others and sends them at the end of the batch. */
export interface Flushable {
  flush(): void;
}

/**
 * How many microtasks a batch is kept open: time enough for a client that awaits its connection, through a few layers
 * of promises, to write its request. Sixteen of them cost about a microsecond.
 */
const hops = 16;

/**
 * All that happens within one task of the event loop is one batch: first everything changes, then those who
 * wait are answered, then the answers leave, each process's in one message.
 *
 * Without it a client that connects and writes at once would be accepted before its first bytes were there, and
 * every server would need one more round trip for each request.
 */
export class EventBatch {
  readonly #changed = new Set<Waitable>();
  readonly #newWaiters = new Set<Waitable>();
  readonly #flushing = new Set<Flushable>();
  #scheduled = false;
  #hopsLeft = 0;

  /** Something happened at `job`: those who have been waiting for it get their chance before the batch ends. */
  retryLater(job: Waitable): void {
    this.#changed.add(job);
    this.#schedule();
  }

  /** `job` has begun to wait: its chance comes when all that changed has been offered to those who waited before. */
  retryLast(job: Waitable): void {
    this.#newWaiters.add(job);
    this.#schedule();
  }

  /** `flush` of `job` is called once when all is settled. */
  flushLater(job: Flushable): void {
    this.#flushing.add(job);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#hopsLeft = hops;
    queueMicrotask(this.#end);
  }

  readonly #end = (): void => {
    this.#hopsLeft -= 1;
    if (this.#hopsLeft > 0) {
      queueMicrotask(this.#end);
      return;
    }
    this.#scheduled = false;
    try {
      this.#retryChanged();
      for (const job of this.#newWaiters) {
        this.#newWaiters.delete(job);
        job.retry();
        this.#retryChanged();
      }
      for (const job of this.#flushing) {
        this.#flushing.delete(job);
        job.flush();
      }
    } finally {
      // A job that threw must not silence the others.
      if (this.#changed.size + this.#newWaiters.size + this.#flushing.size > 0) this.#schedule();
    }
  };

  #retryChanged(): void {
    for (const job of this.#changed) {
      this.#changed.delete(job);
      job.retry();
    }
  }
}
