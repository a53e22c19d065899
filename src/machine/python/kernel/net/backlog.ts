import type { NetworkConnection } from "./connection.ts";

/** Where connections wait to be accepted. */
export interface Backlog {
  /** Takes the connection in, unless it is full. */
  offer(connection: NetworkConnection): boolean;
}
