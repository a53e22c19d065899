import { quotedForShell } from "../expansion/value-changes.ts";
import type { Builtin } from "../shell.ts";
import { ShellError } from "../shell-error.ts";

const alias: Builtin = async (shell, [, ...args], io) => {
  const show = (name: string, text: string) =>
    shell.write(io, 1, `${shell.isBash ? "alias " : ""}${name}=${quotedForShell(text)}\n`);
  if (args.length === 0) {
    for (const [name, text] of [...shell.aliases].sort()) await show(name, text);
    return 0;
  }
  let status = 0;
  for (const arg of args) {
    const at = arg.indexOf("=", 1);
    const text = at === -1 ? shell.aliases.get(arg) : arg.slice(at + 1);
    if (text === undefined) {
      if (shell.isBash) await shell.complain(io, `alias: ${arg}: not found`);
      else await shell.write(io, 2, `alias: ${arg} not found\n`);
      status = 1;
    } else if (at === -1) await show(arg, text);
    else shell.aliases.set(arg.slice(0, at), text);
  }
  return status;
};

const unalias: Builtin = async (shell, [, ...names], io) => {
  if (names[0] === "-a") {
    shell.aliases.clear();
    return 0;
  }
  if (names.length === 0 && shell.isBash) throw new ShellError("unalias: usage: unalias [-a] name [name ...]");
  let status = 0;
  for (const name of names) {
    if (shell.aliases.delete(name)) continue;
    await shell.write(io, 2, `unalias: ${name} not found\n`);
    status = 1;
  }
  return status;
};

/** `alias` and `unalias`, by name. */
export const aliasBuiltins = [
  ["alias", alias],
  ["unalias", unalias],
] as const;
