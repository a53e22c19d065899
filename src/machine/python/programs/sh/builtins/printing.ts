import { manualText } from "../../man.ts";
import { bashEcho, dashEcho, formatted, printedBytes } from "../../text/printing.ts";
import { helpText } from "../help-text.ts";
import type { Builtin, Shell } from "../shell.ts";
import { ShellError } from "../shell-error.ts";

const echo: Builtin = async (shell, [, ...args], io) => {
  await shell.write(io, 1, printedBytes(shell.isBash ? bashEcho(args) : dashEcho(args)));
  return 0;
};

/** `printf -v NAME`, or `NAME[KEY]`. */
function assignTo(shell: Shell, target: string, text: string): void {
  const [, array, key] = /^(\w+)\[(.*)\]$/.exec(target) ?? [];
  if (array !== undefined && key !== undefined) shell.variables.setElement(array, key, text);
  else shell.set(target, text);
}

const printf: Builtin = async (shell, [, ...args], io) => {
  const words = [...args];
  let target: string | undefined;
  if (shell.isBash && words[0] === "-v") target = words.splice(0, 2)[1];
  else if (words[0] === "--") words.shift();
  const [format, ...values] = words;
  if (format === undefined && shell.isBash) {
    await shell.write(io, 2, "printf: usage: printf [-v var] format [arguments]\n");
    return 2;
  }
  if (format === undefined) throw new ShellError("printf: usage: printf format [arg ...]");
  if (/^-./.test(format) && !shell.isBash) throw new ShellError(`printf: Illegal option ${format.slice(0, 2)}`);
  const { text: printed, wrong, stopped } = formatted(format, values, shell.isBash, shell.variables.get("TZ"));
  const bytes = printedBytes(printed);
  // bash says what is wrong as it comes upon it, and prints at the end.
  if (shell.isBash) for (const message of wrong) await shell.complain(io, `printf: ${message}`);
  if (target === undefined) await shell.write(io, 1, bytes);
  else assignTo(shell, target, new TextDecoder().decode(bytes));
  if (!shell.isBash) for (const message of wrong) await shell.complain(io, `printf: ${message}`);
  return stopped ? (shell.isBash ? 1 : 2) : wrong.length > 0 ? 1 : 0;
};

const help: Builtin = async (shell, [, name], io) => {
  const page = name === undefined ? helpText : manualText(name);
  if (page === undefined) throw new ShellError(`help: no page about ${name}: help shows what is here`, 1);
  await shell.write(io, 1, page);
  return 0;
};

const history: Builtin = async (shell, [, option], io) => {
  if (option === "-c") shell.history.splice(0);
  const first = option !== undefined && /^\d+$/.test(option) ? Math.max(0, shell.history.length - Number(option)) : 0;
  const lines = shell.history.slice(first).map((line, index) => `${String(first + index + 1).padStart(5)}  ${line}\n`);
  await shell.write(io, 1, lines.join(""));
  return 0;
};

/** How long a processor was busy is not known here. */
const times: Builtin = async (shell, _argv, io) => {
  await shell.write(io, 1, "0m0.000000s 0m0.000000s\n0m0.000000s 0m0.000000s\n");
  return 0;
};

/** `echo` and `printf`, by name. */
export const printingBuiltins: readonly (readonly [string, Builtin])[] = [
  ["echo", echo],
  ["printf", printf],
  ["help", help],
  ["history", history],
  ["times", times],
];
