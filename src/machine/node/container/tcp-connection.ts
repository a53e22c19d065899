import { connect, type Socket } from "node:net";
import { type Connection, ConnectionError, type ConnectionFailure, type Port } from "../../machine.ts";
import type { ConnectionEvent } from "../messages.ts";
import { nodeClock } from "./node-clock.ts";

/** Hears of connections that open and end. */
export type ConnectionListener = (news: ConnectionEvent) => void;

const failures: Readonly<Record<string, ConnectionFailure>> = {
  ECONNREFUSED: "refused",
  ETIMEDOUT: "timed out",
};

/** Opens a TCP connection to a port of this computer. Rejects with `ConnectionError`. */
export function connectTcp(port: Port, listener: ConnectionListener = () => {}): Promise<Connection> {
  const at = nodeClock.now();
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    const refuse = (error: NodeJS.ErrnoException) => reject(connectionError(error, port));
    socket.once("error", refuse);
    socket.once("connect", () => {
      socket.removeListener("error", refuse);
      const from = socket.localPort;
      if (from !== undefined) {
        listener({ what: "opened", port, from, at });
        socket.once("close", () => listener({ what: "ended", from, at: nodeClock.now() }));
      }
      resolve(new TcpConnection(socket, port));
    });
  });
}

function connectionError(error: unknown, port: Port): ConnectionError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return new ConnectionError(failures[code] ?? "reset", port);
}

/** A socket of Node as machine.ts describes a connection. */
class TcpConnection implements Connection {
  readonly #socket: Socket;
  readonly #port: Port;
  readonly #received: Uint8Array[] = [];
  #ended = false;
  #error: ConnectionError | undefined;
  #wake: () => void = () => {};

  constructor(socket: Socket, port: Port) {
    this.#socket = socket;
    this.#port = port;
    socket.on("data", (bytes: Uint8Array) => {
      this.#received.push(bytes);
      this.#wake();
    });
    socket.on("end", () => {
      this.#ended = true;
      this.#wake();
    });
    socket.on("error", (error) => {
      this.#error ??= connectionError(error, port);
      this.#wake();
    });
    socket.on("close", () => {
      if (!this.#ended) this.#error ??= new ConnectionError("reset", port);
      this.#wake();
    });
  }

  async read(): Promise<Uint8Array | null> {
    for (;;) {
      const bytes = this.#received.shift();
      if (bytes) return bytes;
      if (this.#error) throw this.#error;
      if (this.#ended) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.write(bytes, (error) => (error ? reject(connectionError(error, this.#port)) : resolve()));
    });
  }

  end(): void {
    this.#socket.end();
  }

  close(): void {
    this.#socket.destroy();
  }
}
