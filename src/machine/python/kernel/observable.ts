import type { Flushing, Turn } from "./turn.ts";

/** Ends a subscription. Calling it twice is harmless. */
export type Unsubscribe = () => void;

/** Calls listeners; one that throws does not keep the others from hearing. */
export class Listeners<T> {
  readonly #listeners = new Set<{ hear: (value: T) => void }>();

  get size(): number {
    return this.#listeners.size;
  }

  add(listener: (value: T) => void): Unsubscribe {
    // Wrapped, so that the same function subscribed twice is two subscriptions.
    const entry = { hear: listener };
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  tell(value: T): void {
    for (const { hear } of this.#listeners) {
      try {
        hear(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}

/** A value derived from the kernel's state, told to its listeners once a turn at most. */
export class DerivedValue<T> implements Flushing {
  readonly #listeners = new Listeners<T>();
  #value: T | undefined;

  /** `compute` gives a fresh value each time; it is called only when somebody asks and something has changed. */
  constructor(
    private readonly turn: Turn,
    private readonly compute: () => T,
  ) {}

  /** Somebody listens. */
  get observed(): boolean {
    return this.#listeners.size > 0;
  }

  get(): T {
    this.#value ??= this.compute();
    return this.#value;
  }

  /** Calls `listener` at once with the value now, then at each change. */
  subscribe(listener: (value: T) => void): Unsubscribe {
    listener(this.get());
    return this.#listeners.add(listener);
  }

  /** The state has changed: listeners hear of it at the end of the turn. */
  changed(): void {
    this.#value = undefined;
    if (this.#listeners.size > 0) this.turn.flushLater(this);
  }

  /** The state has changed in a way that nobody needs to be told at once. */
  outdated(): void {
    this.#value = undefined;
  }

  flush(): void {
    this.#listeners.tell(this.get());
  }
}
