import type { Tid } from "../../../host-types.ts";
import type { PyodideModule } from "../pyodide-internals.ts";

interface Slot {
  readonly thread: Tid;
  /** Settled when the wait is over. */
  over: Promise<unknown>;
  result: unknown;
}

/**
 * Waits that Python suspends its stack for, and how it does.
 *
 * A function that waits leaves its promise in a slot and returns the slot's number. Python then calls C's `poll()`
 * without descriptors (`posix/waiting.py`): Pyodide sends that to `SOCKFS.pollAsync` with the slot as time-out, and the
 * promise that this returns suspends the WebAssembly stack (JSPI) until it is settled. Nothing else in a process polls
 * through Emscripten.
 */
export class Suspension {
  readonly #slots = new Map<number, Slot>();
  #nextSlot = 1;
  #stopped: PromiseWithResolvers<number> | undefined;

  constructor(
    module: PyodideModule,
    /** The thread that runs now: each wait remembers whose it is. */
    public thread: Tid,
  ) {
    // `poll` answers that no descriptor is ready, whatever the wait ended with. Its time-out carries the slot.
    module.SOCKFS.pollAsync = (_descriptors, _count, number) =>
      this.#slots.get(number)?.over.then(() => this.#goOn()) ?? null;
  }

  /** SIGSTOP: no thread comes back from its wait any more. One that computes waits at its next tick. */
  stop(): void {
    this.#stopped ??= Promise.withResolvers<number>();
  }

  /** SIGCONT. */
  continue(): void {
    this.#stopped?.resolve(0);
    this.#stopped = undefined;
  }

  /** Gives a wait a slot. */
  begin(promise: Promise<unknown>): number {
    const number = this.#nextSlot++;
    const slot: Slot = { thread: this.thread, over: promise, result: undefined };
    const settle = (result: unknown) => {
      slot.result = result;
    };
    slot.over = promise.then(settle, settle);
    this.#slots.set(number, slot);
    return number;
  }

  #goOn(): number | Promise<number> {
    return this.#stopped ? this.#stopped.promise.then(() => this.#goOn()) : 0;
  }

  /** What the wait ended with; its thread goes on. */
  take(number: number): unknown {
    const slot = this.#slots.get(number);
    if (!slot) throw new Error(`No wait in slot ${number}`);
    this.#slots.delete(number);
    this.thread = slot.thread;
    if (slot.result instanceof Error) throw slot.result;
    return slot.result;
  }
}
