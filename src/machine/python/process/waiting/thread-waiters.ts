/** How a wait ends. The numbers are those of `posix/waiting.py`. */
export const outcome = { timedOut: 0, ready: 1, interrupted: 2 } as const;

/** One of the three. */
export type WaitOutcome = (typeof outcome)[keyof typeof outcome];

/** A thread's wait under way. */
export interface ThreadWait {
  readonly promise: Promise<WaitOutcome>;
  /** Ends it; only the first call counts. */
  end(outcome: WaitOutcome): void;
}

/**
 * The waits of a process's threads: what wakes them, and how a signal interrupts the main thread's.
 *
 * A *token* is one thread's turn in some line (a lock's, a queue's). It exists from `newToken` until its thread goes
 * on, so that waking it before it has begun to wait is not lost.
 */
export class ThreadWaiters {
  readonly #tokens = new Map<number, { wait?: ThreadWait; woken: boolean }>();
  #nextToken = 1;
  #mainWait: ThreadWait | undefined;
  readonly #signals: number[] = [];

  /** Begins a wait that ends by itself after `milliseconds` (negative: never). */
  begin(main: boolean, milliseconds: number): ThreadWait {
    let end: (outcome: WaitOutcome) => void = () => {};
    const promise = new Promise<WaitOutcome>((resolve) => {
      end = resolve;
    });
    const timer = milliseconds < 0 ? undefined : setTimeout(() => wait.end(outcome.timedOut), milliseconds);
    const wait: ThreadWait = {
      promise,
      end: (how) => {
        if (timer !== undefined) clearTimeout(timer);
        if (this.#mainWait === wait) this.#mainWait = undefined;
        end(how);
      },
    };
    if (main) {
      this.#mainWait = wait;
      if (this.#signals.length > 0) wait.end(outcome.interrupted);
    }
    return wait;
  }

  /** A turn in a line. */
  newToken(): number {
    const token = this.#nextToken++;
    this.#tokens.set(token, { woken: false });
    return token;
  }

  /** Waits until the token is woken. */
  park(token: number, milliseconds: number, main: boolean): Promise<WaitOutcome> {
    const entry = this.#tokens.get(token);
    if (entry === undefined || entry.woken) {
      this.#tokens.delete(token);
      return Promise.resolve(outcome.ready);
    }
    const wait = this.begin(main, milliseconds);
    entry.wait = wait;
    return wait.promise.then((how) => {
      // An interrupted thread handles the signal and parks again with the same token.
      if (entry.woken || how === outcome.timedOut) this.#tokens.delete(token);
      return entry.woken ? outcome.ready : how;
    });
  }

  /** Wakes the thread with this token. False if there is none, as in the child of a fork. */
  unpark(token: number): boolean {
    const entry = this.#tokens.get(token);
    if (entry === undefined) return false;
    entry.woken = true;
    entry.wait?.end(outcome.ready);
    return true;
  }

  /** A signal has come: the main thread stops waiting and handles it. */
  signal(number: number): void {
    if (!this.#signals.includes(number)) this.#signals.push(number);
    this.#mainWait?.end(outcome.interrupted);
  }

  /** The oldest signal that no handler has run for, or 0. */
  takeSignal(): number {
    return this.#signals.shift() ?? 0;
  }

  get signalsPending(): boolean {
    return this.#signals.length > 0;
  }

  /** In the child of a fork: tokens of before must not be taken for new ones. */
  startTokensAt(first: number): void {
    this.#nextToken = Math.max(this.#nextToken, first);
  }

  /** For the child of a fork. */
  get upcomingToken(): number {
    return this.#nextToken;
  }
}
