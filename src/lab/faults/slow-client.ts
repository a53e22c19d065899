/** A client that asks so slowly that its server waits for it: a byte of its request a second. */
import type { Connection, Milliseconds } from "../../machine/machine.ts";

/** A header without end, after a request's first lines. */
const beginning = "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";
const filling = "a";
const pause: Milliseconds = 1000;

/** One slow client, from its connection on. */
export class SlowClient {
  readonly #connection: Connection;
  #sent = 0;
  #hungUp = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Resolves when the connection is over, with who ended it. */
  readonly over: Promise<"server" | "client">;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.over = this.#readToEnd();
    this.#sendOn();
  }

  /** Gives the connection up. */
  hangUp(): void {
    if (this.#hungUp) return;
    this.#hungUp = true;
    clearTimeout(this.#timer);
    this.#connection.close();
  }

  #sendOn(): void {
    const byte = beginning[this.#sent] ?? filling;
    this.#sent += 1;
    // A connection that is over fails here, too; reading hears of it and says so.
    this.#connection.write(new TextEncoder().encode(byte)).catch(() => clearTimeout(this.#timer));
    this.#timer = setTimeout(() => this.#sendOn(), pause);
  }

  async #readToEnd(): Promise<"server" | "client"> {
    try {
      while ((await this.#connection.read()) !== null);
    } catch {
      // Broken by the server, or by the end of it: over all the same.
    }
    const who = this.#hungUp ? "client" : "server";
    this.hangUp();
    return who;
  }
}
