import type { System } from "../../native/system.ts";
import { loopbackOf } from "../loopback-names.ts";

/** Where a load tool asks. */
export interface LoadTarget {
  readonly host: string;
  readonly port: number;
  /** With the query. */
  readonly path: string;
  /** For the `Host` header. */
  readonly authority: string;
  readonly href: string;
}

/** Why an address cannot be asked: it is none, it is not HTTP, or it lies outside of this computer. */
export type NoTarget = "malformed" | "not http" | "unknown host";

/** Where `http://localhost:5000/path` leads. Tools also take it without `http://`. */
export function loadTarget(system: System, given: string): LoadTarget | NoTarget {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`);
  if (url === null || given === "") return "malformed";
  if (url.protocol !== "http:") return "not http";
  const { hostname: host } = url;
  if (host !== "[::1]" && loopbackOf(host, system.hostName) === undefined) return "unknown host";
  return {
    host,
    port: Number(url.port || 80),
    path: `${url.pathname}${url.search}`,
    authority: url.host,
    href: url.href,
  };
}
