/** Which published component a command line stands for. */
import type { Component } from "../../machine/machine.ts";
import { parseCommand } from "./parse-command-line.ts";

/** The component whose name is that of the program, however it is written: `flask` is Flask. */
export function componentOf(commandLine: string, components: readonly Component[]): Component | undefined {
  const parsed = parseCommand(commandLine);
  const program = parsed.ok ? parsed.command.argv[0] : undefined;
  // waitress comes with the program `waitress-serve`.
  const names = [program, program?.replace(/-serve$/, "")].map((name) => name?.toLowerCase());
  return components.find(({ name }) => names.includes(name.toLowerCase()));
}
