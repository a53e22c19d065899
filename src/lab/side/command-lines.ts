/** The command lines of both sides together. */

import type { ProgramName } from "../../lab-definition/schema.ts";
import type { BySide } from "../basics/sides.ts";
import { type CommandLines, sideOf } from "../basics/sides.ts";
import type { EditableCommand } from "./editable-command.ts";
import type { SideSession } from "./side-session.ts";

/** The command line of a program. `undefined` if the lab has no such program. */
export function commandLineOf(sides: BySide<SideSession>, program: ProgramName): EditableCommand | undefined {
  const side = sides[sideOf(program)];
  return program === side.name ? side.line : side.beside?.line;
}

/** What is read from each of them. */
export function readLines(
  { development, production }: BySide<SideSession>,
  read: (line: EditableCommand) => string,
): CommandLines {
  return {
    development: read(development.line),
    production: read(production.line),
    ...(development.beside && { developmentBeside: read(development.beside.line) }),
    ...(production.beside && { productionBeside: read(production.beside.line) }),
  };
}
