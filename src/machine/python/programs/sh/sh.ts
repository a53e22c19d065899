/**
 * `sh`: a shell for the Python machine's terminals.
 *
 * Our own, because just-bash (3.4), the one on npm that fits a page, interprets everything within itself: its commands are functions over
 * a file system of its own, a pipeline is one function after the other, and there are no processes, jobs or signals to give to a
 * kernel. Here each program must be a process that `ps` shows and `kill` ends.
 *
 * The grammar is dash's without `exec`, with bash's `time`, `{1..5}` and `source`; errors are dash's. What stands in a
 * pipeline or in the background and is more than a program is run by a further `sh`, because a native process cannot fork.
 */
import { parseScript } from "../../../../shell/parser.ts";
import { ShellSyntaxError } from "../../../../shell/syntax.ts";
import { SyscallError } from "../../kernel/errno.ts";
import type { NativeProgram } from "../../native/system.ts";
import { builtins } from "./builtins.ts";
import { ControlFlow } from "./control-flow.ts";
import { runInteractively } from "./interactive.ts";
import { Shell } from "./shell.ts";

export const sh: NativeProgram = async (system) => {
  const [first, ...more] = system.args.filter((arg) => arg !== "-i");
  if (first === "-c") {
    const [text, name = "sh", ...rest] = more;
    if (text !== undefined) return runScript(new Shell(system, { name, arguments: rest }, false, builtins), text);
    await system.complain("0: -c requires an argument");
    return 2;
  }
  if (first !== undefined && !first.startsWith("-")) {
    try {
      const text = new TextDecoder().decode(system.files.read(system.path(first)));
      return await runScript(new Shell(system, { name: first, arguments: more }, false, builtins), text);
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error;
      await system.complain(`0: cannot open ${first}: No such file`);
      return 127;
    }
  }
  if (first !== undefined && first !== "-s") {
    await system.complain(`0: Illegal option ${first}`);
    return 2;
  }
  if (system.descriptors.isTerminal(0)) return runInteractively(system);
  const text = new TextDecoder().decode(await system.readAll(0));
  return runScript(new Shell(system, { name: "sh", arguments: more }, false, builtins), text);
};

async function runScript(shell: Shell, text: string): Promise<number> {
  try {
    await shell.runList(parseScript(text), shell.io);
  } catch (error) {
    if (error instanceof ShellSyntaxError) {
      await shell.complain(shell.io, error.message);
      return 2;
    }
    if (!(error instanceof ControlFlow)) throw error;
  }
  return shell.status;
}
