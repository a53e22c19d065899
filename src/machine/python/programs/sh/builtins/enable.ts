/** `enable` of bash: which of the shell's own commands are commands. */
import type { Builtin, Shell } from "../shell.ts";
import { ShellError } from "../shell-error.ts";

function listed(shell: Shell, options: string): string {
  const isWanted = (name: string) => options.includes("a") || shell.disabled.has(name) === options.includes("n");
  return [...shell.builtins.keys()]
    .sort()
    .filter(isWanted)
    .map((name) => `enable ${shell.disabled.has(name) ? "-n " : ""}${name}\n`)
    .join("");
}

/** `enable [-a] [-n] [-p] [NAME…]` */
export const enable: Builtin = async (shell, [, ...args], io) => {
  const options = args.filter((arg) => /^-./.test(arg)).join("");
  const wrong = Array.from(options).find((letter) => !"-anp".includes(letter));
  if (wrong !== undefined) throw new ShellError(`enable: -${wrong}: an option of bash that this shell does not have`);
  const names = args.filter((arg) => !/^-./.test(arg));
  if (names.length === 0) {
    await shell.write(io, 1, listed(shell, options));
    return 0;
  }
  let status = 0;
  for (const name of names) {
    if (!shell.builtins.has(name)) {
      await shell.complain(io, `enable: ${name}: not a shell builtin`);
      status = 1;
    } else if (options.includes("n")) shell.disabled.add(name);
    else shell.disabled.delete(name);
  }
  return status;
};
