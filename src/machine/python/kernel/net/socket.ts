import type { Port, Tid } from "../../../host-types.ts";
import { type Errno, SyscallError } from "../errno.ts";
import type { EventBatch } from "../event-batch.ts";
import {
  type DescriptorOwner,
  OpenFileDescription,
  type UnclaimedConnection,
} from "../process/open-file-description.ts";
import type { AcceptedConnection, DescriptorKind, Fd, Interest, Ready, SocketAddress } from "../protocol.ts";
import type { Destination } from "./addresses.ts";
import type { Backlog } from "./backlog.ts";
import type { NetworkConnection } from "./connection.ts";
import type { Binding, Dial, Dialer, Network } from "./network.ts";
import { StreamEnd, type StreamWatcher } from "./stream.ts";

const nowhere: SocketAddress = { address: "", port: 0 };

/** A stream end that a process holds: its side of a TCP connection, or of a socket pair. */
interface Established {
  readonly kind: "connection";
  readonly end: StreamEnd;
  readonly local: SocketAddress;
  readonly peer: SocketAddress;
  /** The TCP connection; undefined for a socket pair. */
  readonly connection: NetworkConnection | undefined;
}

interface Listening {
  readonly kind: "listener";
  readonly binding: Binding;
  backlog: number;
  /** Those who wait to be accepted, the oldest first. */
  readonly queue: NetworkConnection[];
}

type Role =
  | { readonly kind: "fresh"; readonly binding: Binding | undefined }
  | { readonly kind: "connecting"; readonly binding: Binding | undefined; readonly dial: Dial }
  | { readonly kind: "failed" }
  | Listening
  | Established;

/** A socket: fresh, then bound, then a listener or one end of a connection. */
export class Socket extends OpenFileDescription implements StreamWatcher, Backlog {
  #role: Role = { kind: "fresh", binding: undefined };

  constructor(
    batch: EventBatch,
    private readonly network: Network,
    private readonly largestBacklog: number,
  ) {
    super(batch);
  }

  /** Two sockets, each of which reads what the other sends. */
  static pair(batch: EventBatch, network: Network, capacity: number): [Socket, Socket] {
    const [one, other] = StreamEnd.pair(capacity);
    return [Socket.#of(batch, network, one), Socket.#of(batch, network, other)];
  }

  /** The server's side of a connection. */
  static accepted(batch: EventBatch, network: Network, connection: NetworkConnection): Socket {
    const socket = new Socket(batch, network, 0);
    const { server, serverAddress, clientAddress } = connection;
    socket.#establish({ kind: "connection", end: server, local: serverAddress, peer: clientAddress, connection });
    return socket;
  }

  static #of(batch: EventBatch, network: Network, end: StreamEnd): Socket {
    const socket = new Socket(batch, network, 0);
    socket.#establish({ kind: "connection", end, local: nowhere, peer: nowhere, connection: undefined });
    return socket;
  }

  describe(): DescriptorKind {
    const role = this.#role;
    if (role.kind === "listener") {
      return { kind: "listener", port: role.binding.port, address: role.binding.address };
    }
    if (role.kind === "connection") return { kind: "connection", local: role.local, peer: role.peer };
    const binding = role.kind === "fresh" ? role.binding : undefined;
    return binding ? { kind: "socket", local: { address: binding.address, port: binding.port } } : { kind: "socket" };
  }

  /** Throws EINVAL if it has an address, and what `Network.bind` throws. */
  bind(address: string, port: Port): SocketAddress {
    if (this.#role.kind !== "fresh" || this.#role.binding !== undefined) throw new SyscallError("EINVAL");
    const binding = this.network.bind(address, port);
    this.#role = { kind: "fresh", binding };
    return { address: binding.address, port: binding.port };
  }

  /**
   * Binds a Unix socket. `path`: absolute, or an abstract name; `address`: how the program calls it. Throws EINVAL if
   * it has an address, and what `Network.bindPath` throws.
   */
  bindPath(path: string, address: string, mode: number): SocketAddress {
    if (this.#role.kind !== "fresh" || this.#role.binding !== undefined) throw new SyscallError("EINVAL");
    const binding = this.network.bindPath(path, address, mode);
    this.#role = { kind: "fresh", binding };
    return { address, port: 0 };
  }

  /** A second call changes the length of the backlog. */
  listen(backlog: number): void {
    const role = this.#role;
    const length = Math.min(Math.max(0, backlog), this.largestBacklog);
    if (role.kind === "listener") {
      role.backlog = length;
      return;
    }
    if (role.kind !== "fresh") throw new SyscallError("EINVAL");
    const binding = role.binding ?? this.network.bind("0.0.0.0", 0);
    this.#role = { kind: "listener", binding, backlog: length, queue: [] };
    this.network.listen(binding, this);
  }

  /** Tells `done` when it is connected or why not. Answers how to give up. */
  connect(
    { address, port, path }: Destination,
    done: (outcome: { local: SocketAddress; peer: SocketAddress; credit: number } | Errno) => void,
  ): () => void {
    const role = this.#role;
    if (role.kind === "connection") throw new SyscallError("EISCONN");
    if (role.kind === "connecting") throw new SyscallError("EALREADY");
    if (role.kind === "listener") throw new SyscallError("EISCONN");
    const binding = role.kind === "fresh" ? role.binding : undefined;
    const from = binding === undefined ? undefined : { address: binding.address, port: binding.port };
    const dialer: Dialer = {
      established: (connection) => {
        const { client, clientAddress: local, serverAddress: peer } = connection;
        this.#establish({ kind: "connection", end: client, local, peer, connection });
        done({ local, peer, credit: client.credit });
        this.changed();
      },
      failed: (errno) => {
        // Linux lets a socket try again after a failure.
        if (this.#role.kind === "connecting") this.#role = { kind: "fresh", binding };
        done(errno);
        this.changed();
      },
    };
    const dial =
      path === undefined
        ? this.network.dial(address, port, dialer, from)
        : this.network.dialPath(path, address, dialer, from);
    if (!dial.over) this.#role = { kind: "connecting", binding, dial };
    return () => {
      dial.cancel();
      if (this.#role.kind === "connecting") this.#role = { kind: "fresh", binding };
    };
  }

  override queuedSince(): number | undefined {
    return this.#role.kind === "listener" ? this.#role.queue[0]?.queuedAt : undefined;
  }

  override get longestQueue(): number {
    return this.#role.kind === "listener" ? this.#role.backlog : 0;
  }

  override get queueLength(): number {
    return this.#role.kind === "listener" ? this.#role.queue.length : 0;
  }

  override get listens(): boolean {
    return this.#role.kind === "listener";
  }

  override get finished(): boolean {
    return this.#role.kind === "connection" && this.#role.end.finished;
  }

  poll(interest: Interest, owner: DescriptorOwner): Ready | undefined {
    const role = this.#role;
    switch (role.kind) {
      case "listener":
        return interest.read ? this.#accept(role, interest.fd, owner) : undefined;
      case "connection":
        return pollEnd(role, interest, owner, this.isShared);
      case "connecting":
        return undefined;
      default:
        // As on Linux a socket that is not connected makes nobody wait: reading fails, and writing would.
        return interest.read ? { fd: interest.fd, error: "ENOTCONN" } : { fd: interest.fd };
    }
  }

  override send(
    bytes: Uint8Array,
    owner: DescriptorOwner,
    fd: Fd,
    tid: Tid,
    rights: readonly OpenFileDescription[] = [],
  ): void {
    const role = this.#role;
    if (role.kind !== "connection") {
      owner.broken(fd, "ENOTCONN");
      return;
    }
    const { connection, end } = role;
    if (connection !== undefined) {
      if (end === connection.server) connection.requests.serverSent(owner.pid, tid);
      else connection.requests.clientSent(bytes, true);
    }
    if (rights.length > 0 && this.#passesRights(role)) end.sendRights(rights);
    const wasBroken = end.failure !== undefined;
    const errno = end.send(bytes);
    if (errno === undefined) return;
    if (!wasBroken) owner.broken(fd, errno);
    owner.pipeSignal();
  }

  /** Only a Unix socket does. */
  #passesRights({ peer }: Established): boolean {
    return peer.port === 0;
  }

  override unread(bytes: Uint8Array): void {
    if (this.#role.kind !== "connection") return;
    this.#role.end.unread(bytes);
    this.changed();
  }

  override shutdown(how: "read" | "write" | "both"): void {
    if (this.#role.kind !== "connection") throw new SyscallError("ENOTCONN");
    this.#role.end.shutdown(how);
  }

  /**
   * A connection that comes wakes all processes that wait for one, and the first to run accepts it (select(2) on Linux).
   * Which one that is, is chance: in the order of waiting, users and workers in equal numbers would keep in step.
   */
  override retry(): void {
    if (this.#role.kind !== "listener") {
      super.retry();
      return;
    }
    const waiting = [...this.waiters];
    while (waiting.length > 0) {
      const [next] = waiting.splice(Math.floor(this.network.random() * waiting.length), 1);
      next?.attempt();
    }
  }

  // As the network's backlog.

  offer(connection: NetworkConnection): boolean {
    const role = this.#role;
    // Linux lets one more wait than the program asked for.
    if (role.kind !== "listener" || role.queue.length > role.backlog) return false;
    role.queue.push(connection);
    this.changed();
    return true;
  }

  // As its stream end's watcher.

  readable(): void {
    this.changed();
  }

  writable(): void {
    this.changed();
  }

  abandoned(): void {
    const role = this.#role;
    // A network does not tell so before something was sent; within one computer Linux knows.
    if (role.kind === "connection" && role.peer.port === 0) this.tellAbandoned();
  }

  broken(errno: Errno): void {
    if (this.#role.kind === "connection" && this.#role.connection?.client === this.#role.end) {
      this.#role.connection.requests.closed(true);
    }
    this.tellBroken(errno);
  }

  /** What the process was handed and did not name goes back to the head of the backlog. */
  override releaseUnclaimed(owner: DescriptorOwner): void {
    for (const handed of [...owner.unclaimed.values()].reverse()) {
      if (handed.from === this) this.requeue(owner, handed);
    }
  }

  override requeue(owner: DescriptorOwner, { id, giveBack }: UnclaimedConnection): void {
    if (this.#role.kind !== "listener") return;
    owner.unclaimed.delete(id);
    giveBack();
  }

  #putBack(connection: NetworkConnection, bytes: Uint8Array | undefined): void {
    const role = this.#role;
    if (role.kind !== "listener") return;
    if (bytes !== undefined) connection.server.unread(bytes);
    connection.requests.returned();
    role.queue.unshift(connection);
    this.changed();
  }

  protected released(unread: boolean): void {
    const role = this.#role;
    this.#role = { kind: "failed" };
    switch (role.kind) {
      case "connection":
        this.#releaseEnd(role, unread);
        break;
      case "connecting":
        role.dial.cancel();
        if (role.binding !== undefined) this.network.unbind(role.binding);
        break;
      case "listener":
        this.network.unbind(role.binding);
        for (const connection of role.queue) {
          connection.server.reset();
          this.network.endClosed(connection);
        }
        break;
      case "fresh":
        if (role.binding !== undefined) this.network.unbind(role.binding);
        break;
      case "failed":
    }
  }

  #establish(role: Established): void {
    this.#role = role;
    role.end.watcher = this;
  }

  #releaseEnd({ connection, end }: Established, unread: boolean): void {
    const broken = end.failure !== undefined;
    end.close(unread);
    if (connection === undefined) return;
    if (end === connection.client) connection.requests.closed(broken);
    else connection.requests.released();
    this.network.endClosed(connection);
  }

  /** The oldest connection, with what has already come on it. */
  #accept(role: Listening, fd: Fd, owner: DescriptorOwner): Ready | undefined {
    const connection = role.queue.shift();
    if (connection === undefined) return undefined;
    this.network.roomMade(role.binding);
    const { server, id, serverAddress, clientAddress } = connection;
    // What brings descriptors along is read by who can take them.
    const bytes = server.bringsRights ? undefined : server.read();
    const accepted: AcceptedConnection = { connection: id, local: serverAddress, peer: clientAddress };
    if (bytes !== undefined) accepted.bytes = bytes;
    if (server.ended && !server.bringsRights) accepted.eof = true;
    accepted.credit = server.credit;
    // A copy, because what is handed over may be transferred to the process's worker and gone from here.
    const kept = bytes?.slice();
    owner.unclaimed.set(id, {
      id,
      from: this,
      claimed: () => Socket.accepted(this.batch, this.network, connection),
      giveBack: () => this.#putBack(connection, kept),
    });
    connection.requests.taken(owner.pid);
    return { fd, accepted: [accepted] };
  }
}

function pollEnd(
  { end, connection }: Established,
  interest: Interest,
  owner: DescriptorOwner,
  shared: boolean,
): Ready | undefined {
  const readable = interest.read && end.readable;
  const writable = interest.write && end.writable;
  if (!readable && !writable) return undefined;
  const ready: Ready = { fd: interest.fd };
  if (readable) {
    if (end.bringsRights)
      ready.rights = end.readRights().map(({ at, rights }) => ({ at, rights: owner.takeRights(rights) }));
    const bytes = end.read();
    if (bytes !== undefined) {
      ready.bytes = bytes;
      if (shared) ready.shared = true;
      if (connection?.server === end) connection.requests.taken(owner.pid);
    }
    if (end.ended) ready.eof = true;
  }
  if (writable) ready.credit = end.credit;
  // Once the peer has said its last word, reading is never an error, as on Linux.
  if (end.failure !== undefined && (writable || !end.ended)) ready.error = end.failure;
  return ready;
}
