import { toLine } from "../json-lines.ts";

/** Writes a message on a stream. What nobody can hear any more is dropped. */
export function tell(stream: NodeJS.WritableStream, message: object): void {
  if (stream.writable) stream.write(toLine(message));
}

/** Collects items for a moment, so that a busy server does not write a line for each. */
export class Batch<T> {
  #items: T[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param wait milliseconds from the first item to its being told */
  constructor(
    private readonly onBatch: (items: readonly T[]) => void,
    private readonly wait: number,
  ) {}

  add(item: T): void {
    this.#items.push(item);
    this.#timer ??= setTimeout(() => this.flush(), this.wait).unref();
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#items.length === 0) return;
    const items = this.#items;
    this.#items = [];
    this.onBatch(items);
  }
}
