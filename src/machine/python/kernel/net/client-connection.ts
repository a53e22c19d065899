import type { Port, RequestOutcome } from "../../../host-types.ts";
import { type Errno, SyscallError } from "../errno.ts";
import type { SocketAddress } from "../protocol.ts";
import type { Dial, Network } from "./network.ts";
import type { StreamEnd, StreamWatcher } from "./stream.ts";

interface Waiting<T> {
  resolve(value: T): void;
  reject(error: Error): void;
}

/**
 * The page's end of a TCP connection, for clients that live in the kernel's thread.
 *
 * It can be written to at once, before it is established. What was read is the reader's; what is written passes into
 * the kernel's ownership. All failures are `SyscallError`s: ECONNREFUSED, ETIMEDOUT, ECONNRESET, EPIPE, ENOBUFS.
 */
export class ClientConnection implements StreamWatcher {
  readonly #dial: Dial;
  readonly #end: StreamEnd;
  #state: "connecting" | "open" | "failed" | "closed" = "connecting";
  #failure: Errno | undefined;
  #opening: Waiting<void> | undefined;
  #reading: Waiting<Uint8Array | null> | undefined;
  readonly #writing: Waiting<void>[] = [];

  constructor(
    private readonly network: Network,
    port: Port,
  ) {
    this.#dial = network.dial("localhost", port, {
      established: () => this.#established(),
      failed: (errno) => this.#fail(errno),
    });
    this.#end = this.#dial.connection.client;
    this.#end.watcher = this;
  }

  get local(): SocketAddress {
    return this.#dial.connection.clientAddress;
  }

  get peer(): SocketAddress {
    return this.#dial.connection.serverAddress;
  }

  /** Resolves when the connection stands in the server's backlog. One caller at a time. */
  opened(): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(new SyscallError(this.#failure));
    if (this.#state !== "connecting") return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#opening = { resolve, reject };
    });
  }

  /** The next bytes, or `null` when the server has sent its last. One reader at a time. */
  read(): Promise<Uint8Array | null> {
    if (this.#reading !== undefined) return Promise.reject(new Error("This connection is being read already"));
    const end = this.#end;
    if (end.readable) return this.#readNow();
    if (this.#failure !== undefined) return Promise.reject(new SyscallError(this.#failure));
    if (this.#state === "closed") return Promise.resolve(null);
    return new Promise((resolve, reject) => {
      this.#reading = { resolve, reject };
    });
  }

  /** Resolves when there is room for more. */
  write(bytes: Uint8Array): Promise<void> {
    if (this.#state === "closed") return Promise.reject(new SyscallError("EPIPE"));
    if (this.#failure !== undefined) return Promise.reject(new SyscallError(this.#failure));
    this.#dial.connection.requests.clientSent(bytes, this.#state === "open");
    const errno = this.#end.send(bytes);
    if (errno !== undefined) return Promise.reject(new SyscallError(errno));
    if (this.#end.credit > 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#writing.push({ resolve, reject });
    });
  }

  /** Sends no more; what the server sends can still be read. */
  end(): void {
    this.#end.shutdown("write");
  }

  /** Gives the connection up in both directions. A pending read sees the end, a pending write fails. */
  close(): void {
    if (this.#state === "closed") return;
    const was = this.#state;
    this.#state = "closed";
    if (was === "connecting") this.#dial.cancel();
    const { connection } = this.#dial;
    connection.requests.closed(this.#failure !== undefined);
    this.#end.close();
    if (this.#dial.stood) this.network.endClosed(connection);
    this.#reading?.resolve(null);
    this.#reading = undefined;
    this.#refuseWaiting("EPIPE");
  }

  /** The client asks for `path` with what it writes next (or has written first). It will say when that is over. */
  requestBegan(path?: string, label?: string): void {
    this.#dial.connection.requests.began(path, label);
  }

  /** The client has its answer, or gives up waiting for it. */
  requestEnded(outcome: RequestOutcome): void {
    this.#dial.connection.requests.ended(outcome);
  }

  // As its stream end's watcher.

  readable(): void {
    const reading = this.#reading;
    if (reading === undefined) return;
    const bytes = this.#end.read();
    if (bytes === undefined && !this.#end.ended) return;
    this.#reading = undefined;
    reading.resolve(bytes ?? null);
  }

  writable(): void {
    for (const { resolve } of this.#writing.splice(0)) resolve();
  }

  broken(errno: Errno): void {
    this.#fail(errno);
  }

  #established(): void {
    this.#state = "open";
    this.#opening?.resolve();
    this.#opening = undefined;
  }

  #fail(errno: Errno): void {
    if (this.#failure !== undefined || this.#state === "closed") return;
    this.#failure = errno;
    this.#state = "failed";
    // Bytes and the end that came before the failure are read first.
    if (this.#reading !== undefined) {
      this.#reading.reject(new SyscallError(errno));
      this.#reading = undefined;
    }
    this.#refuseWaiting(errno);
  }

  #refuseWaiting(errno: Errno): void {
    this.#opening?.reject(new SyscallError(errno));
    this.#opening = undefined;
    for (const { reject } of this.#writing.splice(0)) reject(new SyscallError(errno));
  }

  #readNow(): Promise<Uint8Array | null> {
    const bytes = this.#end.read();
    if (bytes !== undefined) return Promise.resolve(bytes);
    if (this.#end.ended) return Promise.resolve(null);
    return Promise.reject(new SyscallError(this.#end.failure ?? "ECONNRESET"));
  }
}
