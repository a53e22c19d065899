/** What a program has printed. */
export class Output {
  #text = "";
  #taken = 0;
  #last = performance.now();

  /** More was printed. */
  add(text: string): void {
    this.#text += text;
    this.#last = performance.now();
  }

  /** Waits until all that was printed matches. */
  async until(pattern: RegExp): Promise<void> {
    await waitFor(
      () => pattern.test(this.#text),
      () => `Nothing matched ${pattern}. Printed was:\n${this.#text}`,
    );
  }

  /** Waits until a text was printed so many times. */
  async untilTimes(text: string, times: number): Promise<void> {
    await waitFor(
      () => this.#text.split(text).length > times,
      () => `"${text}" did not come. Printed was:\n${this.#text}`,
    );
  }

  /** Waits until nothing more comes. */
  async settle(quiet: number): Promise<void> {
    const began = performance.now();
    while (performance.now() - Math.max(this.#last, began) < quiet) await pause(quiet / 4);
  }

  /** What was printed since the last time. */
  take(): string {
    const text = this.#text.slice(this.#taken);
    this.#taken = this.#text.length;
    return text;
  }
}

async function waitFor(condition: () => boolean, complaint: () => string): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(complaint());
    await pause(20);
  }
}

/** Waits, in milliseconds. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
