/** Something whose waiting processes may be answered now. */
export interface Settling {
  settle(): void;
}

/** Something that has gathered words for others and says them at the end of the turn. */
export interface Flushing {
  flush(): void;
}

/**
 * What happens within one turn of the event loop is seen as one moment: first everything changes, then those who
 * wait are answered, then the answers leave, each process's in one message.
 *
 * Without it a client that connects and writes at once would be accepted before its first bytes were there, and
 * every server would need one more round trip for each request.
 */
export class Turn {
  readonly #settling = new Set<Settling>();
  readonly #flushing = new Set<Flushing>();
  #scheduled = false;

  /** `settle` of `job` is called once before this turn ends. */
  settleLater(job: Settling): void {
    this.#settling.add(job);
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
    queueMicrotask(this.#end);
  }

  readonly #end = (): void => {
    this.#scheduled = false;
    try {
      for (const job of this.#settling) {
        this.#settling.delete(job);
        job.settle();
      }
      for (const job of this.#flushing) {
        this.#flushing.delete(job);
        job.flush();
      }
    } finally {
      // A job that threw must not silence the others.
      if (this.#settling.size > 0 || this.#flushing.size > 0) this.#schedule();
    }
  };
}
