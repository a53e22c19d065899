import { ControlFlow } from "../control-flow.ts";
import type { Shell } from "../shell.ts";
import type { ShellFunction } from "../state/forked-state.ts";
import type { Io } from "../state/io.ts";
import type { ShellCall } from "../state/shell-state.ts";

/**
 * Calls a function: its arguments are the shell's until it returns. Throws `RecursionError`, and what ends a script.
 */
export async function callFunction(
  shell: Shell,
  called: ShellFunction,
  argv: readonly string[],
  io: Io,
): Promise<void> {
  const { positional, loops, line, sourceFile } = shell;
  shell.variables.enter();
  const call: ShellCall = { name: argv[0] ?? "", isFunction: true, line, from: sourceFile };
  shell.callers.unshift(call);
  shell.sourceFile = called.file;
  shell.loops = 0;
  shell.positional = { name: positional.name, arguments: argv.slice(1) };
  try {
    try {
      await shell.session.within("function", () => shell.runCommand(called.body, io));
    } catch (error) {
      if (!(error instanceof ControlFlow) || error.what !== "return") throw error;
    }
    const trap = call.returns ? shell.traps.get("RETURN") : undefined;
    if (trap) await shell.runTrap(trap);
  } finally {
    shell.positional = positional;
    shell.loops = loops;
    shell.line = line;
    shell.sourceFile = sourceFile;
    shell.callers.shift();
    shell.variables.leave();
  }
}
