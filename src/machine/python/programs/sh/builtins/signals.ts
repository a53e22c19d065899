import { signalNumbers } from "../../../../host-types.ts";
import { signalNamed, signalNumber } from "../../processes/kill.ts";
import { quotedForShell } from "../expansion/value-changes.ts";
import type { Builtin, Shell } from "../shell.ts";

/** The name under which a trap is kept: a signal's number, or `EXIT` or `ERR`. */
function keyOf(word: string, isBash: boolean): string | undefined {
  const name = word.toUpperCase();
  if (word === "0" || name === "EXIT" || name === "SIGEXIT") return "EXIT";
  if (isBash && (name === "ERR" || name === "DEBUG" || name === "RETURN")) return name;
  const number = signalNumber(word);
  return number === undefined ? undefined : String(number);
}

const trap: Builtin = async (shell, [, ...given], io) => {
  const args = given[0] === "--" ? given.slice(1) : given;
  if (args.length === 0 || args[0] === "-p") {
    const wanted = new Set(args.slice(1).map((word) => keyOf(word, shell.isBash)));
    const shownTraps = [...shell.traps].filter(([key]) => wanted.size === 0 || wanted.has(key));
    const sorted = shownTraps.sort(([a], [b]) => (Number(a) || 0) - (Number(b) || 0));
    const shown = sorted.map(
      ([key, text]) =>
        `trap -- ${quotedForShell(text)} ${/^\d/.test(key) ? (shell.isBash ? "SIG" : "") + signalNamed(key) : key}\n`,
    );
    await shell.write(io, 1, shown.join(""));
    return 0;
  }
  const [first = "", ...others] = args;
  const resets =
    first === "-" || (others.length === 0 && keyOf(first, shell.isBash) !== undefined) || /^\d+$/.test(first);
  const conditions = resets && first !== "-" ? args : others;
  let status = 0;
  for (const word of conditions) {
    const key = keyOf(word, shell.isBash);
    if (key === undefined) {
      if (shell.isBash) await shell.complain(io, `trap: ${word}: invalid signal specification`);
      else await shell.write(io, 2, `trap: ${word}: bad trap\n`);
      status = 1;
      continue;
    }
    const [call] = shell.callers;
    if (key === "RETURN" && call !== undefined) call.returns = !resets;
    if (resets) shell.traps.delete(key);
    else shell.traps.set(key, first);
    if (/^\d+$/.test(key)) dispose(shell, Number(key), resets ? undefined : first);
  }
  return status;
};

/** Makes the kernel tell of the signal, or keep it away. */
function dispose(shell: Shell, signal: number, text: string | undefined): void {
  if (shell.level > 0 || signal === signalNumbers.SIGKILL || signal === signalNumbers.SIGSTOP) return;
  // What a script was started to ignore it can neither hear nor have back. To bash a copy of it is no other shell.
  const { ignoredFromTheStart, args } = shell.system;
  const isCopy = shell.isBash && args[0] === "--forked";
  if (ignoredFromTheStart.has(signal) && !shell.interactive && !isCopy) return;
  const heard =
    shell.interactive &&
    [signalNumbers.SIGINT, signalNumbers.SIGQUIT, signalNumbers.SIGTERM, signalNumbers.SIGTSTP].some(
      (each) => each === signal,
    );
  if (text === undefined && (heard || signal === signalNumbers.SIGPIPE)) shell.system.onSignalNumber(signal, () => {});
  else if (text === undefined) shell.system.setDisposition(signal, "default");
  else if (text === "") shell.system.setDisposition(signal, "ignore");
  else {
    shell.system.onSignalNumber(signal, () => {
      if (signal === signalNumbers.SIGINT && shell.interactive) shell.session.interrupt();
      shell.session.hearSignal(signal);
    });
  }
}

/** `trap`, by name. */
export const signalBuiltins: readonly (readonly [string, Builtin])[] = [["trap", trap]];
