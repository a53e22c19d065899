/**
 * `complete` of bash: what completes the words of a command. Here it is kept and shown, as scripts that are read at the
 * start expect; what Tab offers at a prompt is this shell's own.
 */
import { quotedForShell } from "../expansion/value-changes.ts";
import type { Builtin } from "../shell.ts";
import { ShellError } from "../shell-error.ts";

const withValue = "oAGWFCXPS";
const alone = "abcdefgjksuvprDEI";

interface Asked {
  readonly flags: Set<string>;
  /** The options as they are shown again. */
  readonly shown: string[];
  readonly names: string[];
}

function asked(args: readonly string[]): Asked {
  const found: Asked = { flags: new Set(), shown: [], names: [] };
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (!/^-./.test(arg)) found.names.push(arg);
    else takeOption(found, arg, rest);
  }
  return found;
}

function takeOption({ flags, shown }: Asked, arg: string, rest: string[]): void {
  for (let at = 1; at < arg.length; at += 1) {
    const letter = arg.charAt(at);
    if (withValue.includes(letter)) {
      const value = arg.slice(at + 1) || rest.shift();
      if (value === undefined) throw new ShellError(`complete: -${letter}: option requires an argument`);
      shown.push(`-${letter} ${/[WXPSG]/.test(letter) ? quotedForShell(value) : value}`);
      return;
    }
    if (!alone.includes(letter)) throw new ShellError(`complete: -${letter}: invalid option`);
    flags.add(letter);
    if (!"pr".includes(letter)) shown.push(`-${letter}`);
  }
}

/** `complete [-W WORDS] [-F FUNCTION] … NAME…`, `complete -p [NAME…]`, `complete -r [NAME…]` */
export const completeBuiltin: Builtin = async (shell, [, ...args], io) => {
  const { flags, shown, names } = asked(args);
  const { completions } = shell;
  if (!flags.has("p") && !flags.has("r") && names.length > 0) {
    for (const name of names) completions.set(name, shown.join(" "));
    return 0;
  }
  let status = 0;
  for (const name of names.length > 0 ? names : [...completions.keys()]) {
    const options = completions.get(name);
    if (options === undefined) {
      await shell.complain(io, `complete: ${name}: no completion specification`);
      status = 1;
    } else if (flags.has("r")) completions.delete(name);
    else await shell.write(io, 1, `complete ${options} ${name}\n`);
  }
  return status;
};
