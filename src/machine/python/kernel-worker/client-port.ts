import {
  type Connection,
  ConnectionError,
  type ConnectionFailure,
  type Port,
  type RequestOutcome,
} from "../../machine.ts";
import { SyscallError } from "../kernel/errno.ts";
import type { KernelHost } from "../kernel/kernel-host.ts";
import type { ClientConnection } from "../kernel/net/client-connection.ts";

const failures: Readonly<Record<string, ConnectionFailure>> = {
  ECONNREFUSED: "refused",
  ETIMEDOUT: "timed out",
};

/** A kernel's connection as machine.ts describes one: its errors are `ConnectionError`s. */
export class ClientPort implements Connection {
  private constructor(
    private readonly connection: ClientConnection,
    private readonly port: Port,
  ) {}

  /** Opens one. It can be written to at once: a connection that is refused says so at the first read. */
  static async open(host: KernelHost, port: Port): Promise<ClientPort> {
    return new ClientPort(host.connect(port), port);
  }

  read(): Promise<Uint8Array | null> {
    return this.connection.read().catch((error: unknown) => this.#fail(error));
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.connection.write(bytes).catch((error: unknown) => this.#fail(error));
  }

  end(): void {
    this.connection.end();
  }

  close(): void {
    this.connection.close();
  }

  requestBegan(path: string, label?: string): void {
    this.connection.requestBegan(path, label);
  }

  requestEnded(outcome: RequestOutcome): void {
    this.connection.requestEnded(outcome);
  }

  #fail(error: unknown): never {
    if (error instanceof SyscallError) throw new ConnectionError(failures[error.errno] ?? "reset", this.port);
    throw error;
  }
}
