import type { Fd } from "../kernel/protocol.ts";

const named: Readonly<Record<string, Fd>> = { stdin: 0, stdout: 1, stderr: 2 };

/** The descriptor that `/dev/stdin`, `/dev/fd/3` or `/proc/self/fd/3` names; undefined for any other path. */
export function descriptorOfPath(path: string): Fd | undefined {
  const [, name] = /^\/dev\/(stdin|stdout|stderr)$/.exec(path) ?? [];
  if (name !== undefined) return named[name];
  const [, number] = /^\/(?:dev|proc\/self)\/fd\/(\d{1,4})$/.exec(path) ?? [];
  return number === undefined ? undefined : Number(number);
}
