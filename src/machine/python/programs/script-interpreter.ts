import type { ProcessStart } from "../kernel/protocol.ts";
import { resolvePath } from "../native/file-tree.ts";

/** An interpreter's name, and what its line gives it, in the first line of a script. */
const firstLine = /^#![ \t]*(\S+)(?:[ \t]+([^\n]*?))?[ \t\r]*\n/;

/**
 * A program that is a script is run by what its first line names, whoever starts it, as by Linux's execve(2). Scripts
 * of Python stay as they are: the interpreter that this process gets runs them.
 */
export function throughInterpreter(start: ProcessStart): ProcessStart {
  const [command = "", ...args] = start.argv;
  if (!command.includes("/")) return start;
  const path = resolvePath(start.cwd, command);
  const file = start.files.find((entry) => entry.path === path && entry.type === "file");
  const [, interpreter, argument] = firstLine.exec(new TextDecoder().decode(file?.content?.subarray(0, 256))) ?? [];
  if (interpreter === undefined || /python[0-9.]*$/.test(interpreter) || /python/.test(argument ?? "")) return start;
  return { ...start, argv: [interpreter, ...(argument ? [argument] : []), command, ...args] };
}
