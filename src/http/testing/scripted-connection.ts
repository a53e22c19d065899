import type { Connection } from "../../machine/machine.ts";

/** A connection for tests: what the other end sends is written down beforehand, what it receives is kept. */
export class ScriptedConnection implements Connection {
  closed = false;
  readonly #script: (Uint8Array | null | Error)[];
  readonly #received: Uint8Array[] = [];
  readonly #writeFails: Error | undefined;

  /** Chunks, then the end (`null`) or an error. After its last entry the connection is silent for ever. */
  constructor(script: readonly (string | Uint8Array | null | Error)[], writeFails?: Error) {
    this.#script = script.map((entry) => (typeof entry === "string" ? bytesOf(entry) : entry));
    this.#writeFails = writeFails;
  }

  /** All that was written, one character a byte. */
  get received(): string {
    return this.#received.map((bytes) => characters(bytes)).join("");
  }

  async read(): Promise<Uint8Array | null> {
    const entry = this.#script.shift();
    if (entry === undefined) return new Promise(() => {});
    if (entry instanceof Error) throw entry;
    return entry;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#writeFails) throw this.#writeFails;
    this.#received.push(bytes);
  }

  end(): void {}

  close(): void {
    this.closed = true;
  }
}

/** One byte a character. */
export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** One character a byte. */
export function characters(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}
