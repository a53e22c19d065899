/** What a side's terminal has shown, kept so that a terminal that opens later shows it from the first byte on. */
import type { Unsubscribe } from "../../machine/machine.ts";
import { withoutColours } from "./without-colours.ts";

/** The oldest output is dropped beyond this. */
const mostBytes = 1_000_000;

/** Hears a log's output as it comes. */
export interface OutputListener {
  write(bytes: Uint8Array): void;
  clear(): void;
}

/** A side's terminal output. */
export class OutputLog {
  #chunks: Uint8Array[] = [];
  #length = 0;
  readonly #listeners = new Set<OutputListener>();

  write(bytes: Uint8Array): void {
    this.#chunks.push(bytes);
    this.#length += bytes.length;
    let dropped = 0;
    for (const chunk of this.#chunks) {
      if (this.#length <= mostBytes) break;
      this.#length -= chunk.length;
      dropped++;
    }
    if (dropped > 0) this.#chunks = this.#chunks.slice(dropped);
    for (const listener of this.#listeners) listener.write(bytes);
  }

  /** The line that one would have typed at a prompt. */
  writeCommand(line: string): void {
    this.write(new TextEncoder().encode(`\x1b[1m$ ${line}\x1b[0m\r\n`));
  }

  /** Says something between what programs print. */
  writeNote(text: string): void {
    this.write(new TextEncoder().encode(`\x1b[2m${text}\x1b[0m\r\n`));
  }

  clear(): void {
    this.#chunks = [];
    this.#length = 0;
    for (const listener of this.#listeners) listener.clear();
  }

  /** What is kept, as text without colours. */
  text(): string {
    const decoder = new TextDecoder();
    return withoutColours(this.#chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join(""));
  }

  /** Gives `listener` what is kept, then everything that comes. */
  subscribe(listener: OutputListener): Unsubscribe {
    for (const chunk of this.#chunks) listener.write(chunk);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
