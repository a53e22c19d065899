/** The address that a host's name stands for, if it is this computer itself; undefined for any other. */
export function loopbackOf(host: string, ownName: string): string | undefined {
  if (/^127\.\d+\.\d+\.\d+$/.test(host)) return host;
  const isOwn = ["localhost", "0.0.0.0", ownName].includes(host) || host.endsWith(".localhost");
  return isOwn ? "127.0.0.1" : undefined;
}
