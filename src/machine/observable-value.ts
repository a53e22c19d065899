import type { Observable, Unsubscribe } from "./machine.ts";

/** Those who want to hear something. */
export class Listeners<T> {
  readonly #all = new Set<(value: T) => void>();

  add(listener: (value: T) => void): Unsubscribe {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  }

  emit(value: T): void {
    for (const listener of this.#all) listener(value);
  }
}

/** A value that tells when it changes. */
export class ObservableValue<T> implements Observable<T> {
  readonly #listeners = new Listeners<T>();

  constructor(private value: T) {}

  get(): T {
    return this.value;
  }

  set(value: T): void {
    this.value = value;
    this.#listeners.emit(value);
  }

  subscribe(listener: (value: T) => void): Unsubscribe {
    listener(this.value);
    return this.#listeners.add(listener);
  }
}
