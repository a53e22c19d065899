/** What an address to listen on lets in. */

/** Every network interface: `0.0.0.0:8000`, `:8000`, `[::]:80`, `*:80`, `0.0.0.0`. */
export function isForEverybody(address: string): boolean {
  const host = address.replace(/^tcp:\/\//, "");
  return /^(?:0\.0\.0\.0|\[::\]|::|\*)?(?::\S+)?$/.test(host) && address !== "" && host !== "::1";
}

/** A socket in the file system, which only programs of this computer reach. */
export function isUnixSocket(address: string): boolean {
  return address.startsWith("unix:") || address.startsWith("/") || address.startsWith("fd://");
}

/**
 * Whether gunicorn has an address to listen on: `unix:PATH`, `fd://FD`, `HOST`, `HOST:PORT`, `[IPv6]:PORT`
 * (`gunicorn.util.parse_address`).
 *
 * @param expands parts of it are put in when the server starts: what they are is not known
 */
export function isAddress(address: string, expands: boolean): boolean {
  const known = expands ? address.replaceAll(/\$(?:\{[^}]*\}|\w*)/g, "1") : address;
  if (/^unix:./.test(known) || /^fd:\/\/\d+$/.test(known)) return true;
  const [, host = "", port] = /^(?:tcp:\/\/)?(\[[\da-fA-F:.%\w]*\]|[^\s:/[\]]*)(?::(\d+))?$/.exec(known) ?? [];
  if (host === "" && port === undefined) return false;
  // A bare number is taken for a host.
  if (/^\d+$/.test(host) && !expands) return false;
  return port === undefined || Number(port) <= 65_535;
}
