/** `nc`: a connection by hand. What is typed, or piped in, goes to a server, and its answer is printed. */
import { SyscallError } from "../../kernel/errno.ts";
import type { Fd } from "../../kernel/protocol.ts";
import type { System } from "../../native/system.ts";
import { loopbackOf } from "../loopback-names.ts";
import { type Options, UsageError, withOptions } from "../options.ts";

/** `nc [-v] [-z] [-w SECONDS] [-N] HOST PORT`, `nc -U PATH`. */
export const nc = withOptions({ flags: "vznNUt4k", values: "wq" }, async (system, options) => {
  if (system.args.some((arg) => /^-\w*l/.test(arg))) throw new UsageError("listening is not known here: a server is");
  const fd = system.descriptors.socket();
  const place = await connected(system, fd, options);
  if (place === undefined) return 1;
  if (options.flags.has("v")) await system.write(2, `Connection to ${place} succeeded!\n`);
  if (options.flags.has("z")) return 0;
  await converse(system, fd, options);
  return 0;
});

/** Where it is connected to, as `-v` says it; undefined if nothing answers there, which it has said then. */
async function connected(system: System, fd: Fd, { flags, operands }: Options): Promise<string | undefined> {
  const [host, port, ...more] = operands;
  if (more[0] !== undefined || host === undefined || (port === undefined && !flags.has("U"))) {
    throw new UsageError("usage: nc [-NUvz] [-w timeout] [destination] [port]");
  }
  const address = flags.has("U") ? host : loopbackOf(host, system.hostName);
  if (address === undefined) {
    await system.complain(`getaddrinfo for host "${host}" port ${port}: Name or service not known`);
    return undefined;
  }
  const number = Number(port ?? 0);
  if (!Number.isInteger(number) || number > 65_535) {
    await system.complain(`port number ${number > 65_535 ? "too large" : "invalid"}: ${port}`);
    return undefined;
  }
  try {
    const path = flags.has("U") ? { path: system.path(host) } : {};
    await system.call("connect", { fd, address, port: number, ...path });
    return flags.has("U") ? host : `${host} (${address}) ${port} port [tcp/*]`;
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    if (flags.has("U")) await system.complain(`unix connect failed: ${error.message}`);
    else if (flags.has("v") || !flags.has("z")) {
      await system.complain(`connect to ${host} (${address}) port ${port} (tcp) failed: ${error.message}`);
    }
    return undefined;
  }
}

async function converse(system: System, fd: Fd, { flags, values }: Options): Promise<void> {
  const over = new AbortController();
  const seconds = Number(values.get("w") ?? 0);
  let timer = seconds > 0 ? setTimeout(() => over.abort(), seconds * 1000) : undefined;
  const sending = (async () => {
    for (let bytes = await system.read(0, over.signal); bytes !== null; bytes = await system.read(0, over.signal)) {
      await system.write(fd, bytes);
    }
    if (flags.has("N")) system.shutdownWriting(fd);
  })();
  sending.catch(() => over.abort());
  try {
    for (let bytes = await system.read(fd, over.signal); bytes !== null; bytes = await system.read(fd, over.signal)) {
      await system.write(1, bytes);
      clearTimeout(timer);
      if (seconds > 0) timer = setTimeout(() => over.abort(), seconds * 1000);
    }
  } catch (error) {
    // The time is over, or the server has reset the connection.
    if (!(error instanceof SyscallError)) throw error;
  }
  clearTimeout(timer);
}
