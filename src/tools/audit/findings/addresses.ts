/** What an address to listen on lets in. */

/** Every network interface: `0.0.0.0:8000`, `:8000`, `[::]:80`, `*:80`, `0.0.0.0`. */
export function isForEverybody(address: string): boolean {
  return /^(?:0\.0\.0\.0|\[::\]|::|\*)?(?::\S+)?$/.test(address) && address !== "" && address !== "::1";
}

/** A socket in the file system, which only programs of this computer reach. */
export function isUnixSocket(address: string): boolean {
  return address.startsWith("unix:") || address.startsWith("/") || address.startsWith("fd://");
}
