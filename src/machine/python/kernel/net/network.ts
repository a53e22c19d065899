import type { Milliseconds, Port } from "../../../host-types.ts";
import type { CancelTimer, KernelClock } from "../clock.ts";
import { type Errno, SyscallError } from "../errno.ts";
import type { Limits } from "../limits.ts";
import type { SocketAddress } from "../protocol.ts";
import type { Backlog } from "./backlog.ts";
import type { NetworkConnection } from "./connection.ts";
import type { DatagramSocket } from "./datagram-socket.ts";
import { Datagrams } from "./datagrams.ts";
import { answers, isLocal, overlap, resolve, wildcards } from "./loopback.ts";
import { ConnectionRequests, type RequestEventLog } from "./request-events.ts";
import { StreamEnd } from "./stream.ts";
import { type SocketFiles, type UnixName, UnixNames } from "./unix-names.ts";

/** An address and port that a socket has taken. */
export interface Binding {
  readonly address: string;
  readonly port: Port;
  /** Set while the socket listens. */
  listener: Backlog | undefined;
  /** Of a Unix socket: then the address is what the program called it, and the port is 0. */
  readonly unixName?: UnixName;
}

/** Hears how an attempt to connect ends. */
export interface Dialer {
  established(connection: NetworkConnection): void;
  failed(errno: Errno): void;
}

/** Linux's range of ports for those who don't choose. */
const ephemeral = { first: 32_768, last: 60_999 } as const;

/** Linux sends the first packet of a connection again after 1 s, 3 s, 7 s … and gives up after 127 s. */
const firstRetry: Milliseconds = 1000;
const attempts = 7;

/** The loopback network of one host and its Unix sockets: who has which address, and connections under way. */
export class Network {
  readonly #bindings = new Map<Port, Binding[]>();
  readonly #dials = new Set<Dial>();
  readonly #unixNames: UnixNames;
  readonly datagrams: Datagrams<DatagramSocket>;
  #lastConnection = 0;
  #lastEphemeral: Port = ephemeral.first - 1;
  #open = 0;

  /** `portsChanged` is called when a port begins or ceases to be listened on. */
  constructor(
    private readonly clock: KernelClock,
    private readonly limits: Limits,
    private readonly log: RequestEventLog,
    private readonly portsChanged: () => void,
    socketFiles: SocketFiles,
    /** Chance, from 0 to below 1. */
    readonly random: () => number,
  ) {
    this.#unixNames = new UnixNames(socketFiles);
    this.datagrams = new Datagrams<DatagramSocket>(this.#unixNames, limits.ports);
  }

  /** Connections of which at least one end is held, and attempts to make one. */
  get connections(): number {
    return this.#open + this.#dials.size;
  }

  /** The ports that something listens on, sorted. */
  listening(): readonly Port[] {
    const ports: Port[] = [];
    for (const [port, bindings] of this.#bindings) {
      if (bindings.some((binding) => binding.listener !== undefined)) ports.push(port);
    }
    return ports.sort((a, b) => a - b);
  }

  /** Takes an address. Port 0: any that is free. Throws EADDRINUSE, EADDRNOTAVAIL, EINVAL, ENOBUFS. */
  bind(name: string, port: Port): Binding {
    const address = resolve(name);
    if (!isLocal(address)) throw new SyscallError("EADDRNOTAVAIL");
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new SyscallError("EINVAL");
    if (this.#bindings.size >= this.limits.ports && !this.#bindings.has(port)) throw new SyscallError("ENOBUFS");
    const chosen = port === 0 ? this.#freePort() : port;
    const taken = this.#bindings.get(chosen) ?? [];
    if (taken.some((other) => overlap(other.address, address))) throw new SyscallError("EADDRINUSE");
    const binding: Binding = { address, port: chosen, listener: undefined };
    this.#bindings.set(chosen, [...taken, binding]);
    return binding;
  }

  /**
   * Takes a Unix socket's name, `mode` being that of its file. `path` as in `Destination`. Throws EADDRINUSE, ENOENT,
   * ENOTDIR and what else creating a file does.
   */
  bindPath(path: string, address: string, mode: number): Binding {
    const unixName = this.#unixNames.bind(path, mode);
    return { address, port: 0, listener: undefined, unixName };
  }

  /** The socket listens now. */
  listen(binding: Binding, backlog: Backlog): void {
    binding.listener = backlog;
    if (binding.unixName !== undefined) {
      this.#unixNames.listen(binding.unixName, backlog);
      return;
    }
    this.portsChanged();
  }

  /** The socket is closed: its address is free for others at once (no TIME_WAIT, as with SO_REUSEADDR). */
  unbind(binding: Binding): void {
    if (binding.unixName !== undefined) {
      this.#unixNames.unbind(binding.unixName);
      this.roomMade(binding);
      return;
    }
    const left = (this.#bindings.get(binding.port) ?? []).filter((other) => other !== binding);
    if (left.length > 0) this.#bindings.set(binding.port, left);
    else this.#bindings.delete(binding.port);
    if (binding.listener === undefined) return;
    binding.listener = undefined;
    this.portsChanged();
  }

  /**
   * Begins a connection and tries at once. The dialer may be told before this returns; its end can be written to in
   * any case. `from`: the client's address, if its socket was bound.
   */
  dial(name: string, port: Port, dialer: Dialer, from?: SocketAddress): Dial {
    const address = resolve(name);
    const reached = wildcards.has(address) ? "127.0.0.1" : address;
    const [client, server] = StreamEnd.pair(this.limits.streamBuffer);
    this.#lastConnection += 1;
    const connection: NetworkConnection = {
      id: this.#lastConnection,
      client,
      server,
      clientAddress: from ?? { address: reached, port: this.#nextClientPort() },
      serverAddress: { address: reached, port },
      requests: new ConnectionRequests(this.log, port),
      queuedAt: 0,
    };
    const dial = new Dial(connection, dialer, this.clock, () => this.#attempt(connection), this.#dials);
    if (!isLocal(address)) dial.fail("ENETUNREACH");
    else if (this.#open >= this.limits.connections) dial.fail("ENOBUFS");
    else dial.attempt();
    return dial;
  }

  /**
   * As `dial`, to a Unix socket. Whoever finds the backlog full waits for room in it. Throws what stands in the way at
   * once: ENOENT, ENOTDIR, ELOOP, EACCES, ECONNREFUSED, ENOBUFS.
   */
  dialPath(path: string, address: string, dialer: Dialer, from?: SocketAddress): Dial {
    const name = this.#unixNames.resolve(path);
    if (this.#unixNames.listener(name) === undefined) {
      throw new SyscallError(this.#unixNames.hearsDatagrams(name) ? "EPROTOTYPE" : "ECONNREFUSED");
    }
    if (this.#open >= this.limits.connections) throw new SyscallError("ENOBUFS");
    const [client, server] = StreamEnd.pair(this.limits.streamBuffer);
    this.#lastConnection += 1;
    const connection: NetworkConnection = {
      id: this.#lastConnection,
      client,
      server,
      clientAddress: from ?? { address: "", port: 0 },
      serverAddress: { address, port: 0 },
      requests: new ConnectionRequests(this.log, 0),
      queuedAt: 0,
    };
    const knock = () => this.#offer(connection, this.#unixNames.listener(name));
    const dial = new Dial(connection, dialer, this.clock, knock, this.#dials, name);
    dial.attempt();
    return dial;
  }

  /** A Unix socket can take one more connection, or takes none any more: those who wait for that try again. */
  roomMade({ unixName }: Binding): void {
    if (unixName === undefined) return;
    for (const dial of [...this.#dials]) if (dial.waitsAt === unixName) dial.attempt();
  }

  /** One end of a connection that stood in a backlog was closed. When it was the second, the connection is over. */
  endClosed({ client, server }: NetworkConnection): void {
    if (client.closed && server.closed) this.#open -= 1;
  }

  /** Ends all attempts to connect. */
  stop(): void {
    for (const dial of this.#dials) dial.fail("ECONNREFUSED");
  }

  /** True: it stands in a backlog; false: that is full. */
  #attempt(connection: NetworkConnection): boolean | Errno {
    const { address, port } = connection.serverAddress;
    const backlog = this.#bindings
      .get(port)
      ?.find((binding) => binding.listener !== undefined && answers(binding.address, address))?.listener;
    return this.#offer(connection, backlog);
  }

  #offer(connection: NetworkConnection, backlog: Backlog | undefined): boolean | Errno {
    if (backlog === undefined) return "ECONNREFUSED";
    connection.queuedAt = this.clock.now();
    if (!backlog.offer(connection)) return false;
    this.#open += 1;
    return true;
  }

  #freePort(): Port {
    for (let tried = ephemeral.first; tried <= ephemeral.last; tried += 1) {
      const port = this.#nextClientPort();
      if (!this.#bindings.has(port)) return port;
    }
    throw new SyscallError("EADDRINUSE");
  }

  #nextClientPort(): Port {
    this.#lastEphemeral = this.#lastEphemeral >= ephemeral.last ? ephemeral.first : this.#lastEphemeral + 1;
    return this.#lastEphemeral;
  }
}

/** An attempt to connect, repeated while the backlog is full. */
export class Dial {
  #attempts = 0;
  #over = false;
  #stood = false;
  #cancelTimer: CancelTimer | undefined;

  constructor(
    readonly connection: NetworkConnection,
    private readonly dialer: Dialer,
    private readonly clock: KernelClock,
    private readonly knock: () => boolean | Errno,
    private readonly underWay: Set<Dial>,
    /** Of a Unix socket: whose backlog must have room; there is no trying again after a while. */
    readonly waitsAt?: UnixName,
  ) {}

  /** The connection came to stand in a backlog. */
  get stood(): boolean {
    return this.#stood;
  }

  /** It has succeeded, failed or been given up. */
  get over(): boolean {
    return this.#over;
  }

  attempt(): void {
    const outcome = this.knock();
    if (outcome === true) this.#succeed();
    else if (outcome !== false) this.fail(outcome);
    else this.#retryLater();
  }

  fail(errno: Errno): void {
    if (!this.#end()) return;
    this.connection.requests.closed(true);
    this.dialer.failed(errno);
  }

  /** Gives up without telling the dialer. */
  cancel(): void {
    if (this.#end()) this.connection.requests.closed(true);
  }

  #succeed(): void {
    if (!this.#end()) return;
    this.#stood = true;
    this.connection.requests.queued();
    this.dialer.established(this.connection);
  }

  #retryLater(): void {
    if (this.waitsAt !== undefined) {
      this.underWay.add(this);
      return;
    }
    const delay = firstRetry * 2 ** this.#attempts;
    this.#attempts += 1;
    this.underWay.add(this);
    this.#cancelTimer = this.clock.after(delay, () => {
      if (this.#attempts >= attempts) this.fail("ETIMEDOUT");
      else this.attempt();
    });
  }

  /** False if it was over already. */
  #end(): boolean {
    if (this.#over) return false;
    this.#over = true;
    this.#cancelTimer?.();
    this.underWay.delete(this);
    return true;
  }
}
