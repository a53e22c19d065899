import type { Milliseconds, Unsubscribe } from "../../host-types.ts";
import type { KernelClock } from "./clock.ts";
import type { EventBatch, Flushable } from "./event-batch.ts";
import { Pace } from "./pace.ts";

/** Hears values. One that answers a promise (a call to another thread) has heard a value when that is settled. */
export type Listener<T> = (value: T) => unknown;

/** Calls listeners; one that throws does not keep the others from hearing. */
export class AwaitedListeners<T> {
  readonly #listeners = new Set<{ hear: Listener<T> }>();

  get size(): number {
    return this.#listeners.size;
  }

  add(listener: Listener<T>): Unsubscribe {
    // Wrapped, so that the same function subscribed twice is two subscriptions.
    const entry = { hear: listener };
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  /** Undefined where all have heard it; otherwise resolves once they have. One that fails has heard it, too. */
  emit(value: T): Promise<unknown> | undefined {
    const answers: Promise<unknown>[] = [];
    for (const { hear } of this.#listeners) {
      try {
        const answer = hear(value);
        if (answer instanceof Promise) answers.push(answer);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
    return answers.length > 0 ? Promise.allSettled(answers) : undefined;
  }
}

/** So often at once, and then once in so many milliseconds, the page hears that something has changed. */
const burst = 20;
const interval: Milliseconds = 50;

/**
 * Tells listeners of changes at the end of a batch, but not more often than they can bear: while one has not heard the
 * last news, and beyond a measure, changes gather. `tell` says what there is to say, and answers what `Listeners.tell`
 * answers.
 */
export class PacedEmitter implements Flushable {
  readonly #pace: Pace;
  #waiting = false;
  #due = false;

  constructor(
    private readonly batch: EventBatch,
    private readonly clock: KernelClock,
    private readonly emit: () => Promise<unknown> | undefined,
  ) {
    this.#pace = new Pace(clock, burst, interval);
  }

  /** There is something to say. */
  changed(): void {
    this.#due = true;
    if (!this.#waiting) this.batch.flushLater(this);
  }

  flush(): void {
    if (!this.#due || this.#waiting) return;
    const delay = this.#pace.take();
    if (delay !== undefined) {
      this.#waiting = true;
      this.clock.after(delay, () => this.#goOn());
      return;
    }
    this.#due = false;
    const hearing = this.emit();
    if (hearing === undefined) return;
    this.#waiting = true;
    hearing.then(
      () => this.#goOn(),
      () => this.#goOn(),
    );
  }

  #goOn(): void {
    this.#waiting = false;
    if (this.#due) this.batch.flushLater(this);
  }
}

/** A value derived from the kernel's state, told to its listeners once a batch at most. */
export class DerivedValue<T> {
  readonly #listeners = new AwaitedListeners<T>();
  readonly #emitter: PacedEmitter;
  #value: T | undefined;

  /** `compute` gives a fresh value each time; it is called only when somebody asks and something has changed. */
  constructor(
    batch: EventBatch,
    clock: KernelClock,
    private readonly compute: () => T,
  ) {
    this.#emitter = new PacedEmitter(batch, clock, () => this.#listeners.emit(this.get()));
  }

  /** Somebody listens. */
  get observed(): boolean {
    return this.#listeners.size > 0;
  }

  get(): T {
    this.#value ??= this.compute();
    return this.#value;
  }

  /** Calls `listener` at once with the value now, then at each change. */
  subscribe(listener: Listener<T>): Unsubscribe {
    listener(this.get());
    return this.#listeners.add(listener);
  }

  /** The state has changed: listeners hear of it at the end of the batch, or, where they hear much, a little later. */
  changed(): void {
    this.#value = undefined;
    if (this.#listeners.size > 0) this.#emitter.changed();
  }

  /** The state has changed in a way that nobody needs to be told at once. */
  outdated(): void {
    this.#value = undefined;
  }
}
