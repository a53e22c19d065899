import type { Tid } from "../kernel/syscalls";
import type { PyodideModule } from "./pyodide-internals";

interface Slot {
  readonly thread: Tid;
  /** Settled when the wait is over. */
  over: Promise<unknown>;
  result: unknown;
}

/**
 * Waits that Python suspends its stack for, and how it does.
 *
 * A function that waits leaves its promise in a slot and returns the slot's number. Python then calls C's `poll()` without
 * descriptors (`posix/waiting.py`): Pyodide sends that to `SOCKFS.pollAsync` with the slot as time-out, and the promise that this returns suspends the
 * WebAssembly stack (JSPI) until it is settled. Nothing else in a process polls through Emscripten.
 */
export class Suspension {
  private readonly slots = new Map<number, Slot>();
  private nextSlot = 1;

  constructor(
    module: PyodideModule,
    /** The thread that runs now: each wait remembers whose it is. */
    public thread: Tid,
  ) {
    // `poll` answers that no descriptor is ready, whatever the wait ended with. Its time-out carries the slot.
    module.SOCKFS.pollAsync = (_descriptors, _count, number) => this.slots.get(number)?.over.then(() => 0) ?? null;
  }

  /** Gives a wait a slot. */
  begin(promise: Promise<unknown>): number {
    const number = this.nextSlot++;
    const slot: Slot = { thread: this.thread, over: promise, result: undefined };
    const settle = (result: unknown) => {
      slot.result = result;
    };
    slot.over = promise.then(settle, settle);
    this.slots.set(number, slot);
    return number;
  }

  /** What the wait ended with; its thread goes on. */
  take(number: number): unknown {
    const slot = this.slots.get(number);
    if (!slot) throw new Error(`No wait in slot ${number}`);
    this.slots.delete(number);
    this.thread = slot.thread;
    if (slot.result instanceof Error) throw slot.result;
    return slot.result;
  }
}
