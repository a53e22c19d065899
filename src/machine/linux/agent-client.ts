/**
 * The page's line to the agent in the guest: frames of two lengths, a JSON text and bytes (see `linux/guest/agent.py`).
 */
import type { Connection } from "../machine.ts";
import type { AgentAnswer, GuestEvent, GuestTask } from "./messages.ts";

/** A task that failed, with the errno's name and what it means. */
export class AgentError extends Error {
  override readonly name = "AgentError";
  constructor(
    readonly errno: string,
    message: string,
  ) {
    super(message);
  }
}

/** What an answer carries: a value, or bytes. */
export interface GuestAnswer {
  readonly value: unknown;
  readonly bytes: Uint8Array;
}

const lengths = 8;

/** Calls, answers and news on one connection. */
export class AgentClient {
  readonly #connection: Connection;
  readonly #waiting = new Map<number, PromiseWithResolvers<GuestAnswer>>();
  readonly #onEvent: (news: GuestEvent, bytes: Uint8Array) => void;
  readonly #lost = Promise.withResolvers<void>();
  #calls = 0;
  #sending: Promise<void> = Promise.resolve();

  constructor(connection: Connection, onEvent: (news: GuestEvent, bytes: Uint8Array) => void) {
    this.#connection = connection;
    this.#onEvent = onEvent;
    void this.#read().finally(() => this.#lose());
  }

  /** Resolves when the agent is gone. */
  get lost(): Promise<void> {
    return this.#lost.promise;
  }

  /** Rejects with `AgentError`. */
  call(task: GuestTask, bytes: Uint8Array = new Uint8Array()): Promise<GuestAnswer> {
    const call = ++this.#calls;
    const waiting = Promise.withResolvers<GuestAnswer>();
    this.#waiting.set(call, waiting);
    const frame = encoded({ call, ...task }, bytes);
    this.#sending = this.#sending.then(() => this.#connection.write(frame)).catch(() => this.#lose());
    return waiting.promise;
  }

  close(): void {
    this.#connection.close();
  }

  async #read(): Promise<void> {
    let unread: Uint8Array = new Uint8Array();
    for (;;) {
      const bytes = await this.#connection.read().catch(() => null);
      if (bytes === null) return;
      unread = joined(unread, bytes);
      for (let frame = firstFrame(unread); frame; frame = firstFrame(unread)) {
        unread = frame.rest;
        this.#onMessage(JSON.parse(frame.text), frame.bytes);
      }
    }
  }

  #onMessage(message: AgentAnswer | GuestEvent, bytes: Uint8Array): void {
    if ("news" in message) {
      this.#onEvent(message, bytes);
      return;
    }
    const number = "answer" in message ? message.answer : message.failure;
    const waiting = this.#waiting.get(number);
    this.#waiting.delete(number);
    if ("answer" in message) waiting?.resolve({ value: message.value, bytes });
    else waiting?.reject(new AgentError(message.errno, message.message));
  }

  #lose(): void {
    for (const waiting of this.#waiting.values()) waiting.reject(new AgentError("EPIPE", "The agent is gone"));
    this.#waiting.clear();
    this.#lost.resolve();
  }
}

function encoded(message: object, bytes: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(message));
  const frame = new Uint8Array(lengths + text.length + bytes.length);
  const view = new DataView(frame.buffer);
  view.setUint32(0, text.length);
  view.setUint32(4, bytes.length);
  frame.set(text, lengths);
  frame.set(bytes, lengths + text.length);
  return frame;
}

function firstFrame(bytes: Uint8Array): { text: string; bytes: Uint8Array; rest: Uint8Array } | undefined {
  if (bytes.length < lengths) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const text = lengths + view.getUint32(0);
  const end = text + view.getUint32(4);
  if (bytes.length < end) return undefined;
  return {
    text: new TextDecoder().decode(bytes.subarray(lengths, text)),
    bytes: bytes.slice(text, end),
    rest: bytes.subarray(end),
  };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
