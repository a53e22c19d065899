/** Names of a lab's programs, for those who list them. */
import { type ProgramName, sideOf } from "../../lab-definition/programs.ts";
import type { LabDefinition } from "../../lab-definition/schema.ts";

/** What a program is called where no side is on screen with it: `Production server: Worker`. */
export function programTitle(sides: LabDefinition["sides"], program: ProgramName): string {
  const { title, beside } = sides[sideOf(program)];
  return program === sideOf(program) || beside === undefined ? title : `${title}: ${beside.title}`;
}
