/** A connection into the guest as machine.ts describes one, on v86's network. */

import type { GuestNetwork, GuestSocket } from "v86";
import { type Connection, ConnectionError, type ConnectionFailure, type Milliseconds, type Port } from "../machine.ts";

/**
 * What v86's TCP lacks: it sends each segment once. A guest drops a SYN, or the data after it, when a server's backlog
 * is full, and expects both again. Milliseconds from the first to the second and so on, as Linux waits (RFC 6298; six
 * times for a SYN).
 */
const repeatAfter: readonly Milliseconds[] = [1000, 2000, 4000, 8000, 16_000, 32_000];

/**
 * How long a port rests after a connection. The guest remembers a connection that it closed first for 60 s (TIME-WAIT,
 * RFC 9293, 3.6.1) and takes a new one from the same port for the old one, unless its first sequence number is higher:
 * v86 begins each with the same.
 */
const portRests: Milliseconds = 70_000;

/** Bytes that may wait unsent before `write` waits. */
const mostUnsent = 65_536;

/** Which host of the guest a connection goes to: its number, 0 for the machine's own Debian. */
export type HostNumber = number;

/** Opens one to 127.0.0.1 of a host; the guest sorts by the source address. Rejects with `ConnectionError`. */
export async function connectToHost(
  network: GuestNetwork,
  host: HostNumber,
  port: Port,
  /** Called before the guest can answer. */
  onOpening: (connection: GuestConnection) => void,
): Promise<GuestConnection> {
  const to = new Uint8Array([127, 0, 0, 1]);
  return GuestConnection.open(network, to, new Uint8Array([10, 0, host, 1]), port, onOpening);
}

/** Opens one to the machine's agent. */
export async function connectToAgent(network: GuestNetwork): Promise<GuestConnection> {
  return GuestConnection.open(network, new Uint8Array([192, 168, 86, 100]), new Uint8Array([192, 168, 86, 1]), 9);
}

/** A TCP connection to the guest, over the network card of the emulated PC. It waits as the guest tells it to. */
export class GuestConnection implements Connection {
  readonly #socket: GuestSocket;
  readonly #port: Port;
  readonly #received: Uint8Array[] = [];
  readonly #opened = Promise.withResolvers<void>();
  #reader: PromiseWithResolvers<Uint8Array | null> | undefined;
  #ended = false;
  #failure: ConnectionFailure | undefined;
  #over = false;
  #acknowledged = false;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unsent = 0;
  #roomFor: (() => void) | undefined;

  private constructor(network: GuestNetwork, socket: GuestSocket, port: Port) {
    this.#socket = socket;
    this.#port = port;
    takeLastBytes(socket);
    restPort(network, socket);
    socket.on("connect", () => {
      this.#acknowledged = true;
      this.#tries = 0;
      this.#watch();
      this.#opened.resolve();
    });
    socket.on("data", (bytes) => this.#take(bytes.slice()));
    socket.on("shutdown", () => this.#end());
    socket.on("close", () => this.#fail(this.#acknowledged ? "reset" : "refused"));
    this.#watch();
  }

  static async open(
    network: GuestNetwork,
    to: Uint8Array,
    from: Uint8Array,
    port: Port,
    onOpening: (connection: GuestConnection) => void = () => {},
  ): Promise<GuestConnection> {
    // v86 takes both addresses from here, at once.
    network.vm_ip = to;
    network.router_ip = from;
    const connection = new GuestConnection(network, network.connect(port), port);
    onOpening(connection);
    await connection.#opened.promise;
    return connection;
  }

  /** The page's end: by it the guest names the connection. */
  get localPort(): Port {
    return this.#socket.sport;
  }

  read(): Promise<Uint8Array | null> {
    const next = this.#received.shift();
    if (next) return Promise.resolve(next);
    if (this.#failure) return Promise.reject(new ConnectionError(this.#failure, this.#port));
    if (this.#ended) return Promise.resolve(null);
    this.#reader ??= Promise.withResolvers();
    return this.#reader.promise;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#failure || this.#over) throw new ConnectionError(this.#failure ?? "reset", this.#port);
    this.#unsent += bytes.length;
    this.#socket.write(bytes);
    this.#watch();
    // v86 tells of no acknowledgement: what is sent in one go waits until nothing is pending.
    if (this.#unsent > mostUnsent)
      await new Promise<void>((resolve) => {
        this.#roomFor = resolve;
      });
    if (this.#failure) throw new ConnectionError(this.#failure, this.#port);
  }

  end(): void {
    if (!this.#over) this.#socket.close();
  }

  close(): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#timer);
    this.#socket.close();
    this.#failure ??= "reset";
    this.#wake();
  }

  /** Looks whether a segment has to be sent again, for as long as one may. */
  #watch(): void {
    if (this.#timer !== undefined || this.#over) return;
    const wait = this.#acknowledged && this.#tries === 0 ? 200 : repeatAfter[this.#tries];
    if (wait === undefined) {
      this.#socket.release();
      this.#fail("timed out");
      return;
    }
    const sent = this.#socket.pending;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#over || this.#failure) return;
      if (!this.#acknowledged) {
        this.#tries++;
        this.#socket.connect();
        this.#watch();
      } else if (this.#socket.pending) {
        if (sent) {
          this.#tries++;
          this.#socket.pending = false;
          this.#socket.pump();
        }
        this.#watch();
      } else {
        this.#tries = 0;
        this.#sentAll();
      }
    }, wait);
  }

  #sentAll(): void {
    this.#unsent = 0;
    this.#roomFor?.();
    this.#roomFor = undefined;
  }

  #take(bytes: Uint8Array): void {
    if (this.#over) return;
    if (!this.#socket.pending) this.#sentAll();
    if (this.#reader) {
      this.#reader.resolve(bytes);
      this.#reader = undefined;
    } else this.#received.push(bytes);
  }

  #end(): void {
    this.#ended = true;
    this.#wake();
  }

  #fail(failure: ConnectionFailure): void {
    if (this.#over || this.#failure) return;
    clearTimeout(this.#timer);
    this.#failure = failure;
    this.#opened.reject(new ConnectionError(failure, this.#port));
    this.#wake();
  }

  #wake(): void {
    this.#roomFor?.();
    const reader = this.#reader;
    this.#reader = undefined;
    if (this.#failure) reader?.reject(new ConnectionError(this.#failure, this.#port));
    else reader?.resolve(null);
  }
}

/**
 * A segment that ends the stream may bring its last bytes (RFC 9293, 3.10.7.4); v86 would leave them out. Makes two
 * segments of it.
 */
function takeLastBytes(socket: GuestSocket): void {
  const process = socket.process.bind(socket);
  socket.process = (packet) => {
    const { tcp, tcp_data: bytes } = packet;
    if (!tcp.fin || bytes.length === 0) {
      process(packet);
      return;
    }
    process({ ...packet, tcp: { ...tcp, fin: false } });
    process({ ...packet, tcp: { ...tcp, seq: tcp.seq + bytes.length }, tcp_data: new Uint8Array() });
  };
}

/**
 * Lets the port of a connection that is over rest. To what still comes, v86 answers with a reset, as it does to what it
 * does not know.
 */
function restPort(network: GuestNetwork, socket: GuestSocket): void {
  const { tuple } = socket;
  const release = socket.release.bind(socket);
  socket.release = () => {
    if (network.tcp_conn[tuple] !== socket) return;
    release();
    socket.release = () => {};
    network.tcp_conn[tuple] = socket;
    setTimeout(() => delete network.tcp_conn[tuple], portRests);
  };
}
