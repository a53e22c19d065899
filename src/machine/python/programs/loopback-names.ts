/** The address that a host's name stands for, if it is this computer itself; undefined for any other. */
export function loopbackOf(host: string, ownName: string): string | undefined {
  if (/^127\.\d+\.\d+\.\d+$/.test(host)) return host;
  // The short forms that inet_aton(3) takes and people type.
  const short = /^127\.(\d{1,3})$/.exec(host)?.[1];
  if (short !== undefined && Number(short) < 256) return `127.0.0.${Number(short)}`;
  const isOwn = ["localhost", "0", "0.0.0.0", ownName].includes(host) || host.endsWith(".localhost");
  return isOwn ? "127.0.0.1" : undefined;
}
