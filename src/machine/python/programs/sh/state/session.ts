import type { SignalNumber } from "../../../kernel/protocol.ts";
import { RecursionError } from "../shell-error.ts";
import type { Io } from "./io.ts";

/** Calls within calls, of functions, files and `eval`; more is one that calls itself for ever. */
const mostCalls = 200;

/** A message to the shell waits at most this long while the shell itself is at work, in milliseconds. */
export const mostDeaf = 10;

/** What a shell and its copies within the same process share: what comes from outside, and how deep calls are. */
export class Session {
  /** How many files there have been for `<(list)` and `>(list)`. */
  temporaryFiles = 0;
  /** Where the descriptors lead of copies that run on beside the shell: `exec` leaves those open. */
  readonly beside = new Set<Io>();
  #interrupted = false;
  /** When it last heard what was sent to it, on the clock of `performance`. */
  #heardAt = performance.now();
  /** Called when something has happened that somebody may wait for. */
  readonly #wakers = new Set<() => void>();
  /** Signals with a trap that has not run yet. */
  readonly #pending: SignalNumber[] = [];
  /** Calls under way. */
  #calls = 0;

  /** ^C was pressed: what is running ends. */
  interrupt(): void {
    this.#interrupted = true;
    this.wake();
  }

  /** A new line is run: what was pressed before is over. */
  forgetInterrupt(): void {
    this.#interrupted = false;
  }

  get isInterrupted(): boolean {
    return this.#interrupted;
  }

  /** A signal with a trap has come. */
  hearSignal(signal: SignalNumber): void {
    this.#pending.push(signal);
    this.wake();
  }

  /** The signal whose trap is about to run. */
  get pendingSignal(): SignalNumber | undefined {
    return this.#pending[0];
  }

  /** The next signal whose trap is to run, which is no longer pending then. */
  takeSignal(): SignalNumber | undefined {
    return this.#pending.shift();
  }

  wake(): void {
    for (const waker of [...this.#wakers]) waker();
  }

  /** Resolves when a condition holds, ^C is pressed, or, with `orSignal`, a signal with a trap has come. */
  async until(holds: () => boolean, orSignal = false): Promise<void> {
    while (!holds() && !this.#interrupted && !(orSignal && this.#pending.length > 0)) {
      const woken = Promise.withResolvers<void>();
      this.#wakers.add(woken.resolve);
      await woken.promise;
      this.#wakers.delete(woken.resolve);
    }
  }

  /** Hears what was sent, from time to time: builtins and functions alone would keep ^C out. */
  async listen(): Promise<void> {
    if (performance.now() - this.#heardAt < mostDeaf) return;
    await new Promise((resolve) => setTimeout(resolve));
    this.#heardAt = performance.now();
  }

  get isWithinCall(): boolean {
    return this.#calls > 0;
  }

  /**
   * Runs what a function, a file or `eval` holds. Throws `RecursionError` if that is a call too many, which ends all
   * calls under way.
   */
  async within(what: "function" | "file" | "eval", act: () => Promise<void>): Promise<void> {
    if (this.#calls >= mostCalls) throw new RecursionError(`Maximum ${what} recursion depth (${mostCalls}) reached`);
    this.#calls += 1;
    try {
      await act();
    } finally {
      this.#calls -= 1;
    }
  }
}
