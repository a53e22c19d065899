/**
 * Lets work wait for its turn among messages instead of timers.
 *
 * Browsers stretch a timer that was set while a timer fired, and so on five deep, to 4 ms. A message is delivered at
 * once, and what is set from within one counts as not nested.
 */
export class MessageTurns {
  readonly #channel = new MessageChannel();
  readonly #waiting = new Map<number, () => void>();
  #last = 0;

  constructor() {
    this.#channel.port1.onmessage = ({ data }: { data: unknown }) => this.#arrived(Number(data));
    this.#keepAlive(false);
  }

  /** Calls `fn` soon, but not at once. Answers how to take it back. */
  next(fn: () => void): () => void {
    this.#last += 1;
    const number = this.#last;
    this.#waiting.set(number, fn);
    if (this.#waiting.size === 1) this.#keepAlive(true);
    this.#channel.port2.postMessage(number);
    return () => this.#forget(number);
  }

  #arrived(number: number): void {
    const fn = this.#waiting.get(number);
    this.#forget(number);
    fn?.();
  }

  #forget(number: number): void {
    if (this.#waiting.delete(number) && this.#waiting.size === 0) this.#keepAlive(false);
  }

  /** In Node a port that listens keeps the process alive: only while somebody waits. */
  #keepAlive(alive: boolean): void {
    const port = this.#channel.port1;
    const method: unknown = Reflect.get(port, alive ? "ref" : "unref");
    if (typeof method === "function") method.call(port);
  }
}
