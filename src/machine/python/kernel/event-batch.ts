/** Something whose waiting processes may be answered now. */
export interface Settling {
  settle(): void;
}

/** Something that has gathered words for others and says them at the end of the turn. */
export interface Flushing {
  flush(): void;
}

/**
 * How many microtasks a turn goes on: time enough for a client that awaits its connection, through a few layers of
 * promises, to write its request. Sixteen of them cost about a microsecond.
 */
const hops = 16;

/**
 * What happens within one turn of the event loop is seen as one moment: first everything changes, then those who
 * wait are answered, then the answers leave, each process's in one message.
 *
 * Without it a client that connects and writes at once would be accepted before its first bytes were there, and
 * every server would need one more round trip for each request.
 */
export class Turn {
  readonly #changed = new Set<Settling>();
  readonly #newcomers = new Set<Settling>();
  readonly #flushing = new Set<Flushing>();
  #scheduled = false;
  #hopsLeft = 0;

  /** Something happened at `job`: those who have been waiting for it get their chance before the turn ends. */
  settleLater(job: Settling): void {
    this.#changed.add(job);
    this.#schedule();
  }

  /** `job` has begun to wait: its chance comes when all that changed has been offered to those who waited before. */
  settleLast(job: Settling): void {
    this.#newcomers.add(job);
    this.#schedule();
  }

  /** `flush` of `job` is called once when all is settled. */
  flushLater(job: Flushing): void {
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
      this.#settleChanged();
      for (const job of this.#newcomers) {
        this.#newcomers.delete(job);
        job.settle();
        this.#settleChanged();
      }
      for (const job of this.#flushing) {
        this.#flushing.delete(job);
        job.flush();
      }
    } finally {
      // A job that threw must not silence the others.
      if (this.#changed.size + this.#newcomers.size + this.#flushing.size > 0) this.#schedule();
    }
  };

  #settleChanged(): void {
    for (const job of this.#changed) {
      this.#changed.delete(job);
      job.settle();
    }
  }
}
