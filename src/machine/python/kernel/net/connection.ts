import type { Milliseconds } from "../../../host-types.ts";
import type { ConnectionId, SocketAddress } from "../protocol.ts";
import type { ConnectionRequests } from "./request-events.ts";
import type { StreamEnd } from "./stream.ts";

/** A TCP connection of a host, from the first attempt on. */
export interface NetworkConnection {
  readonly id: ConnectionId;
  /** The end of the one who connects. */
  readonly client: StreamEnd;
  /** The end of the one who accepts. */
  readonly server: StreamEnd;
  readonly clientAddress: SocketAddress;
  readonly serverAddress: SocketAddress;
  readonly requests: ConnectionRequests;
  /** When it entered the backlog. */
  queuedAt: Milliseconds;
}
