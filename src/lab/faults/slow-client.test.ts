import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Connection } from "../../machine/machine.ts";
import { SlowClient } from "./slow-client.ts";

/** A connection whose other end reads and says what the test says. */
class HeldConnection implements Connection {
  received = "";
  closed = false;
  readonly #reading = Promise.withResolvers<Uint8Array | null>();

  read(): Promise<Uint8Array | null> {
    return this.#reading.promise;
  }
  async write(bytes: Uint8Array): Promise<void> {
    if (this.closed) throw new Error("closed");
    this.received += new TextDecoder().decode(bytes);
  }
  end(): void {}
  close(): void {
    this.closed = true;
    this.#reading.resolve(null);
  }
  /** The other end is gone. */
  break(): void {
    this.#reading.reject(new Error("reset"));
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("sends a byte a second, and no more once it has hung up", async () => {
  const connection = new HeldConnection();
  const client = new SlowClient(connection);
  await vi.advanceTimersByTimeAsync(3500);
  expect(connection.received).toBe("GET ");
  client.hangUp();
  await vi.advanceTimersByTimeAsync(5000);
  expect(connection.received).toBe("GET ");
  expect(connection.closed).toBe(true);
  expect(await client.over).toBe("client");
  expect(vi.getTimerCount()).toBe(0);
});

it("ends when its server does, and leaves nothing behind", async () => {
  const connection = new HeldConnection();
  const client = new SlowClient(connection);
  connection.break();
  expect(await client.over).toBe("server");
  expect(connection.closed).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});
