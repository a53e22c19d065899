import type { Port } from "../../../host-types.ts";
import { SyscallError } from "../errno.ts";
import type { Datagram, SocketAddress } from "../protocol.ts";
import type { DatagramBinding } from "./addresses.ts";
import { answers, isLocal, overlap, resolve } from "./loopback.ts";
import type { UnixName, UnixNames } from "./unix-names.ts";

/** Linux's range of ports for those who don't choose. */
const ephemeral = { first: 32_768, last: 60_999 } as const;

/** What is known here of a socket of datagrams. */
interface DatagramReceiver {
  /** It hears this sender only. Undefined: all. */
  readonly peerAddress: SocketAddress | undefined;
  /** False: it does not want this one. */
  deliver(datagram: Datagram): boolean;
}

/** Who receives datagrams on one host: by UDP's ports, and by the names of Unix sockets. */
export class Datagrams<Receiver extends DatagramReceiver> {
  readonly #ports = new Map<Port, { readonly binding: DatagramBinding; readonly socket: Receiver }[]>();
  readonly #named = new Map<UnixName, Receiver>();
  #lastPort: Port = ephemeral.first - 1;

  /** `largestCount`: how many ports may be taken. */
  constructor(
    private readonly unixNames: UnixNames,
    private readonly largestCount: number,
  ) {}

  /** Takes an address. Port 0: any that is free. Throws EADDRINUSE, EADDRNOTAVAIL, EINVAL, ENOBUFS. */
  bind(name: string, port: Port, socket: Receiver): DatagramBinding {
    const address = resolve(name);
    if (!isLocal(address)) throw new SyscallError("EADDRNOTAVAIL");
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new SyscallError("EINVAL");
    if (this.#ports.size >= this.largestCount && !this.#ports.has(port)) throw new SyscallError("ENOBUFS");
    const chosen = port === 0 ? this.#freePort() : port;
    const taken = this.#ports.get(chosen) ?? [];
    if (taken.some(({ binding }) => overlap(binding.address, address))) throw new SyscallError("EADDRINUSE");
    const binding: DatagramBinding = { address, port: chosen };
    this.#ports.set(chosen, [...taken, { binding, socket }]);
    return binding;
  }

  /** As `Network.bindPath`. */
  bindPath(path: string, address: string, mode: number, socket: Receiver): DatagramBinding {
    const unixName = this.unixNames.bind(path, mode);
    this.#named.set(unixName, socket);
    this.unixNames.takesDatagrams(unixName);
    return { address, port: 0, unixName };
  }

  unbind(binding: DatagramBinding, socket: Receiver): void {
    const { unixName, port } = binding;
    if (unixName !== undefined) {
      this.#named.delete(unixName);
      this.unixNames.unbind(unixName);
      return;
    }
    const left = (this.#ports.get(port) ?? []).filter((other) => other.socket !== socket);
    if (left.length > 0) this.#ports.set(port, left);
    else this.#ports.delete(port);
  }

  /** The Unix socket at a path. Throws ENOENT, ENOTDIR, ELOOP, EACCES, ECONNREFUSED, EPROTOTYPE. */
  at(path: string): Receiver {
    const name = this.unixNames.resolve(path);
    const socket = this.#named.get(name);
    if (socket !== undefined) return socket;
    throw new SyscallError(this.unixNames.has(name) ? "EPROTOTYPE" : "ECONNREFUSED");
  }

  /** The address on which somebody is reached. Throws ENETUNREACH where that is not on this host, EINVAL. */
  reached(name: string, port: Port): string {
    const address = resolve(name);
    if (!isLocal(address)) throw new SyscallError("ENETUNREACH");
    if (!Number.isInteger(port) || port <= 0 || port > 65_535) throw new SyscallError("EINVAL");
    return address === "0.0.0.0" ? "127.0.0.1" : address;
  }

  /** Brings a datagram to whom it is for: those first who hear its sender only. False: nobody is there. */
  deliver({ address, port }: SocketAddress, datagram: Datagram): boolean {
    const there = (this.#ports.get(port) ?? []).filter(({ binding }) => answers(binding.address, address));
    const connected = there.filter(({ socket }) => socket.peerAddress !== undefined);
    const others = there.filter(({ socket }) => socket.peerAddress === undefined);
    return [...connected, ...others].some(({ socket }) => socket.deliver(datagram));
  }

  #freePort(): Port {
    for (let tried = ephemeral.first; tried <= ephemeral.last; tried += 1) {
      this.#lastPort = this.#lastPort >= ephemeral.last ? ephemeral.first : this.#lastPort + 1;
      if (!this.#ports.has(this.#lastPort)) return this.#lastPort;
    }
    throw new SyscallError("EADDRINUSE");
  }
}
