/** Addresses of a host: its only network is its loopback. */

/** Addresses that stand for every one of the host's. */
export const wildcards: ReadonlySet<string> = new Set(["0.0.0.0", "::"]);

/** The address that a name or a shorthand stands for. */
export function resolve(address: string): string {
  if (address === "") return "0.0.0.0";
  if (address === "localhost") return "127.0.0.1";
  return address;
}

/** Whether the host has such an address. */
export function isLocal(address: string): boolean {
  return wildcards.has(address) || address === "::1" || address.startsWith("127.");
}

/** Two sockets cannot both have the port. */
export function overlap(one: string, other: string): boolean {
  return one === other || wildcards.has(one) || wildcards.has(other);
}

/** Who is bound to `bound` hears those who ask for `asked`. */
export function answers(bound: string, asked: string): boolean {
  if (bound === asked || bound === "::") return true;
  return bound === "0.0.0.0" && !asked.includes(":");
}
