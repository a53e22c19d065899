import { ControlFlow } from "../control-flow.ts";
import type { Shell } from "../shell.ts";
import type { ShellFunction } from "../state/forked-state.ts";
import type { Io } from "../state/io.ts";

/**
 * Calls a function: its arguments are the shell's until it returns. Throws `RecursionError`, and what ends a script.
 */
export async function callFunction(
  shell: Shell,
  called: ShellFunction,
  argv: readonly string[],
  io: Io,
): Promise<void> {
  const { positional, loops, line } = shell;
  shell.variables.enter();
  shell.callers.unshift(argv[0] ?? "");
  shell.loops = 0;
  shell.positional = { name: positional.name, arguments: argv.slice(1) };
  try {
    await shell.session.within("function", () => shell.runCommand(called.body, io));
  } catch (error) {
    if (!(error instanceof ControlFlow) || error.what !== "return") throw error;
  } finally {
    shell.positional = positional;
    shell.loops = loops;
    shell.line = line;
    shell.callers.shift();
    shell.variables.leave();
  }
}
