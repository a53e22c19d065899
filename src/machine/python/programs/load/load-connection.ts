import { HttpError } from "../../../../http/http-error.ts";
import { ResponseParser } from "../../../../http/response-parser.ts";
import { SyscallError } from "../../kernel/errno.ts";
import type { Fd } from "../../kernel/protocol.ts";
import type { System } from "../../native/system.ts";

/** Why a request has no answer. */
export type LoadFailure = "refused" | "reset" | "timed out" | "malformed";

/** What one request came to. Times are in milliseconds, lengths in bytes. */
export interface LoadSample {
  readonly failure: LoadFailure | undefined;
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  /** When it was over, since the run began. */
  readonly at: number;
  /** Until the connection stood; 0 on one that was kept. */
  readonly connect: number;
  /** For the request to be on its way. */
  readonly write: number;
  /** From then to the first byte of the answer. */
  readonly wait: number;
  readonly total: number;
  /** What the server sent, head and framing included. */
  readonly received: number;
  readonly body: number;
  /** Its connection was kept for the next. */
  readonly persistent: boolean;
}

/** What is asked. */
export interface LoadRequest {
  readonly port: number;
  readonly method: string;
  /** Head and body, as they are sent. */
  readonly bytes: Uint8Array;
  readonly keepAlive: boolean;
}

const failed = { status: 0, headers: [], write: 0, wait: 0, received: 0, body: 0, persistent: false } as const;

/** One client of a load tool: it asks, reads the answer to its end, and keeps its connection if it is to. */
export class LoadConnection {
  #fd: Fd | undefined;

  constructor(
    private readonly system: System,
    private readonly request: LoadRequest,
    private readonly runBegan: number,
  ) {}

  /** Never rejects. `signal` gives up: the request has timed out. */
  async ask(signal: AbortSignal): Promise<LoadSample> {
    const kept = this.#fd !== undefined;
    const sample = await this.#once(signal, kept);
    // The server has closed a connection that was kept: that is no failure of this request.
    return kept && sample.failure === "reset" && !signal.aborted ? this.#once(signal, false) : sample;
  }

  close(): void {
    if (this.#fd === undefined) return;
    this.system.descriptors.close(this.#fd);
    this.system.flush();
    this.#fd = undefined;
  }

  async #once(signal: AbortSignal, kept: boolean): Promise<LoadSample> {
    const began = performance.now();
    let connect = 0;
    try {
      this.#fd ??= await this.#open();
      const fd = this.#fd;
      if (!kept) connect = performance.now() - began;
      await this.system.write(fd, this.request.bytes);
      const sent = performance.now();
      const parser = new ResponseParser(this.request.method);
      let first: number | undefined;
      let body = 0;
      while (!parser.complete) {
        const bytes = await this.system.read(fd, signal);
        first ??= performance.now();
        if (bytes === null) parser.end();
        else parser.push(bytes);
        body += parser.takeBody().length;
      }
      const persistent = this.request.keepAlive && parser.persistent;
      if (!persistent) this.close();
      const now = performance.now();
      return {
        failure: undefined,
        status: parser.head?.status ?? 0,
        headers: parser.head?.headers ?? [],
        at: now - this.runBegan,
        connect,
        write: sent - began - connect,
        wait: (first ?? now) - sent,
        total: now - began,
        received: parser.received,
        body,
        persistent,
      };
    } catch (error) {
      this.close();
      const now = performance.now();
      return { ...failed, failure: failureOf(error), connect, at: now - this.runBegan, total: now - began };
    }
  }

  async #open(): Promise<Fd> {
    const fd = this.system.descriptors.socket();
    try {
      await this.system.call("connect", { fd, address: "127.0.0.1", port: this.request.port });
      return fd;
    } catch (error) {
      this.system.descriptors.close(fd);
      throw error;
    }
  }
}

/** What went wrong. Throws what is no failure of a request. */
function failureOf(error: unknown): LoadFailure {
  if (error instanceof SyscallError) {
    if (error.errno === "ECONNREFUSED") return "refused";
    return error.errno === "EINTR" || error.errno === "ETIMEDOUT" ? "timed out" : "reset";
  }
  if (!(error instanceof HttpError)) throw error;
  return error.fault === "empty" || error.fault === "truncated" ? "reset" : "malformed";
}
