/** The command lines of both sides together. */
import { type ProgramName, sideOf } from "../../lab-definition/programs.ts";
import { type BySide, bySide, type CommandLines, commandsOf } from "../basics/sides.ts";
import type { EditableCommand } from "./editable-command.ts";
import type { SideSession } from "./side-session.ts";

/** The command line of a program. `undefined` if the lab has no such program. */
export function commandLineOf(sides: BySide<SideSession>, program: ProgramName): EditableCommand | undefined {
  const side = sides[sideOf(program)];
  return program === side.name ? side.line : side.beside?.line;
}

/** What is read from each of them. */
export function readLines(sides: BySide<SideSession>, read: (line: EditableCommand) => string): CommandLines {
  return commandsOf(
    bySide((name) => {
      const { line, beside } = sides[name];
      return { command: read(line), ...(beside && { beside: { command: read(beside.line) } }) };
    }),
  );
}
