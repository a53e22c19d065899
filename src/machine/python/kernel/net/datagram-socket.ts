import { type Errno, SyscallError } from "../errno.ts";
import type { EventBatch } from "../event-batch.ts";
import { OpenFileDescription } from "../process/open-file-description.ts";
import {
  type Datagram,
  type DescriptorKind,
  type Interest,
  initialCredit,
  type Ready,
  type SocketAddress,
} from "../protocol.ts";
import type { DatagramBinding, Destination } from "./addresses.ts";
import type { Datagrams } from "./datagrams.ts";

/** What IPv4 leaves of 64 KiB for a datagram, and what Linux takes into a Unix socket's by default. */
const longest = { udp: 65_507, unix: 212_960 } as const;
/** So much may wait to be read: Linux's default, in bytes; each datagram takes some for itself. */
const queueBytes = 212_992;
const overhead = 256;
/** As net.unix.max_dgram_qlen of common distributions. */
const unixQueue = 512;

const anywhere: SocketAddress = { address: "0.0.0.0", port: 0 };
const nameless: SocketAddress = { address: "", port: 0 };

/** A socket of datagrams: UDP over loopback, or a Unix socket. */
export class DatagramSocket extends OpenFileDescription {
  #binding: DatagramBinding | undefined;
  /** Of a connected one; of a Unix socket, who it is, too. */
  #peer: { readonly address: SocketAddress; readonly socket?: DatagramSocket } | undefined;
  #queue: Datagram[] = [];
  #bytes = 0;
  /** A datagram of a connected UDP socket found nobody: told once. */
  #error: Errno | undefined;
  #readShut = false;
  #writeShut = false;
  #closed = false;
  /** Who waits for room in the queue. */
  readonly #crowd = new Set<DatagramSocket>();

  constructor(
    batch: EventBatch,
    readonly family: "udp" | "unix",
    private readonly datagrams: Datagrams<DatagramSocket>,
  ) {
    super(batch);
  }

  /** Two Unix sockets that are connected to each other. */
  static pair(batch: EventBatch, datagrams: Datagrams<DatagramSocket>): [DatagramSocket, DatagramSocket] {
    const one = new DatagramSocket(batch, "unix", datagrams);
    const other = new DatagramSocket(batch, "unix", datagrams);
    one.#peer = { address: nameless, socket: other };
    other.#peer = { address: nameless, socket: one };
    return [one, other];
  }

  describe(): DescriptorKind {
    const { family, peerAddress } = this;
    const local = this.localAddress;
    return { kind: "datagram", family, ...(local && { local }), ...(peerAddress && { peer: peerAddress }) };
  }

  /** Undefined: it has none yet. */
  get localAddress(): SocketAddress | undefined {
    const binding = this.#binding;
    if (binding === undefined) return this.family === "unix" ? nameless : undefined;
    return { address: binding.address, port: binding.port };
  }

  get peerAddress(): SocketAddress | undefined {
    return this.#peer?.address;
  }

  /** Throws EINVAL if it has an address, and what `Datagrams.bind` throws. */
  bind(address: string, port: number): SocketAddress {
    if (this.#binding !== undefined || this.family !== "udp") throw new SyscallError("EINVAL");
    this.#binding = this.datagrams.bind(address, port, this);
    return this.#binding;
  }

  /** `path` and `mode` as for `Network.bindPath`. Throws EINVAL if it has an address. */
  bindPath(path: string, address: string, mode: number): SocketAddress {
    if (this.#binding !== undefined || this.family !== "unix") throw new SyscallError("EINVAL");
    this.#binding = this.datagrams.bindPath(path, address, mode, this);
    return this.#binding;
  }

  /** From now on this is whom it sends to, and the only one it hears. Throws ECONNREFUSED, ENOENT, ENETUNREACH. */
  connect(destination: Destination): { local: SocketAddress; peer: SocketAddress; credit: number } {
    const { address, port, path } = destination;
    if (this.family === "unix") {
      const socket = this.datagrams.at(path ?? "");
      if (socket.#peer?.socket !== undefined && socket.#peer.socket !== this) throw new SyscallError("EPERM");
      this.#peer = { address: { address, port: 0 }, socket };
    } else {
      const reached = this.datagrams.reached(address, port);
      const bound = this.#binding ?? this.datagrams.bind("0.0.0.0", 0, this);
      if (bound.address === "0.0.0.0") bound.address = reached;
      this.#binding = bound;
      this.#peer = { address: { address: reached, port } };
    }
    return { local: this.localAddress ?? anywhere, peer: this.#peer.address, credit: initialCredit };
  }

  /**
   * Sends one datagram, whose bytes pass, and answers the socket's own address. Throws EMSGSIZE, EDESTADDRREQ, EPIPE,
   * ECONNREFUSED, EAGAIN where a Unix socket has no room, and what finding the other throws.
   */
  sendDatagram(bytes: Uint8Array, to: Destination | undefined): SocketAddress {
    const pending = this.#takeError();
    if (pending !== undefined) throw new SyscallError(pending);
    if (this.#writeShut) throw new SyscallError("EPIPE");
    if (bytes.byteLength > longest[this.family]) throw new SyscallError("EMSGSIZE");
    if (this.family === "udp") return this.#sendUdp(bytes, to);
    const from = this.localAddress ?? nameless;
    const receiver = this.#unixReceiver(to);
    if (!receiver.#hasRoom) throw new SyscallError("EAGAIN");
    receiver.#take({ bytes, from });
    return from;
  }

  poll(interest: Interest): Ready | undefined {
    const { fd } = interest;
    const readable = interest.read && (this.#queue.length > 0 || this.#readShut || this.#error !== undefined);
    const receiver = this.#peer?.socket;
    const writable = interest.write && (receiver === undefined || receiver.#hasRoom);
    if (receiver !== undefined && interest.write && !writable) receiver.#crowd.add(this);
    if (!readable && !writable) return undefined;
    const ready: Ready = { fd };
    if (writable) ready.credit = initialCredit;
    if (readable) {
      // Whoever shares it gets a part, too.
      const several = this.owners().size > 1;
      const datagrams = several ? this.#queue.splice(0, 1) : this.#queue.splice(0);
      if (datagrams.length > 0) ready.datagrams = datagrams;
      for (const { bytes } of datagrams) this.#bytes -= bytes.byteLength + overhead;
      if (this.#readShut && this.#queue.length === 0) ready.eof = true;
      this.#roomMade();
    }
    const error = this.#takeError();
    if (error !== undefined) ready.error = error;
    return ready;
  }

  override shutdown(how: "read" | "write" | "both"): void {
    if (this.#peer === undefined) throw new SyscallError("ENOTCONN");
    if (how !== "write") this.#readShut = true;
    if (how !== "read") this.#writeShut = true;
    this.changed();
  }

  /** A datagram has come to its address. False: it is not for this socket, which hears another only, or there is no room. */
  deliver(datagram: Datagram): boolean {
    const peer = this.#peer?.address;
    if (peer !== undefined && (peer.address !== datagram.from.address || peer.port !== datagram.from.port))
      return false;
    if (this.#hasRoom) this.#take(datagram);
    return true;
  }

  protected released(): void {
    this.#closed = true;
    this.#queue = [];
    if (this.#binding !== undefined) this.datagrams.unbind(this.#binding, this);
    this.#roomMade();
  }

  get #hasRoom(): boolean {
    if (this.#closed) return true;
    return this.#bytes < queueBytes && (this.family === "udp" || this.#queue.length < unixQueue);
  }

  #roomMade(): void {
    for (const sender of this.#crowd) sender.changed();
    this.#crowd.clear();
  }

  #sendUdp(bytes: Uint8Array, to: Destination | undefined): SocketAddress {
    const peer = this.#peer?.address;
    if (to === undefined && peer === undefined) throw new SyscallError("EDESTADDRREQ");
    const address = to === undefined ? (peer?.address ?? "") : this.datagrams.reached(to.address, to.port);
    const port = to?.port ?? peer?.port ?? 0;
    this.#binding ??= this.datagrams.bind("0.0.0.0", 0, this);
    const own = this.#binding;
    const from = { address: own.address === "0.0.0.0" ? address : own.address, port: own.port };
    const found = this.datagrams.deliver({ address, port }, { bytes, from });
    // As an ICMP message would tell it, which Linux shows to connected sockets only.
    if (!found && to === undefined) {
      this.#error = "ECONNREFUSED";
      this.changed();
    }
    return { address: own.address, port: own.port };
  }

  #unixReceiver(to: Destination | undefined): DatagramSocket {
    const receiver = to === undefined ? this.#peer?.socket : this.datagrams.at(to.path ?? "");
    if (receiver === undefined) throw new SyscallError("ENOTCONN");
    if (receiver.#closed) throw new SyscallError("ECONNREFUSED");
    if (receiver.#readShut) throw new SyscallError("EPIPE");
    const heard = receiver.#peer?.socket;
    if (heard !== undefined && heard !== this) throw new SyscallError("EPERM");
    return receiver;
  }

  #take(datagram: Datagram): void {
    if (this.#closed || this.#readShut) return;
    this.#queue.push(datagram);
    this.#bytes += datagram.bytes.byteLength + overhead;
    this.changed();
  }

  #takeError(): Errno | undefined {
    const error = this.#error;
    this.#error = undefined;
    return error;
  }
}
