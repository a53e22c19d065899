/** Addresses, as the browser of a side reads them. */

/** An absolute address, or undefined if it is none. */
export function resolved(url: string, base: string): string | undefined {
  try {
    return new URL(url.trim(), base).href;
  } catch {
    return undefined;
  }
}

/** Whether a host's name is this computer's own. */
export function isOwnHost(host: string): boolean {
  return host === "localhost" || host === "127.0.0.1" || host === "0.0.0.0" || host.endsWith(".localhost");
}
