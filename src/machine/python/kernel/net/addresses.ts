/** Addresses of sockets, as programs write them and as sockets take them. */
import type { Port } from "../../../host-types.ts";
import type { UnixName } from "./unix-names.ts";

/** Whom to connect to. */
export interface Destination {
  readonly address: string;
  readonly port: Port;
  /** Of a Unix socket: an absolute path, or an abstract name, which begins with a zero. */
  readonly path?: string | undefined;
}

/** An address that a socket of datagrams has taken. */
export interface DatagramBinding {
  /** Becomes narrower when the socket is connected. */
  address: string;
  readonly port: Port;
  readonly unixName?: UnixName;
}
