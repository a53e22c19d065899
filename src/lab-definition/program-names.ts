/** The command lines of a lab: each side's server has one, and the program beside it, where there is one. */
import type { LabDefinition, ProgramName, SideName } from "./schema.ts";

/** In the order in which they stand. */
export const programNames = [
  "development",
  "developmentBeside",
  "production",
  "productionBeside",
] as const satisfies readonly ProgramName[];

/** The name of the program beside a side's server. */
export const besideOf = {
  development: "developmentBeside",
  production: "productionBeside",
} as const satisfies Readonly<Record<SideName, ProgramName>>;

/** The side that a program runs on. */
export function sideOf(program: ProgramName): SideName {
  return program.startsWith("development") ? "development" : "production";
}

/** One line for each server, and for each program beside one. */
export type CommandLines = Readonly<Record<SideName, string> & Partial<Record<ProgramName, string>>>;

/** A side, as far as its command lines go. */
interface Programs {
  readonly command: string;
  readonly beside?: { readonly command: string } | undefined;
}

/** The command lines of a lab as its author wrote them. */
export function commandsOf({ development, production }: Readonly<Record<SideName, Programs>>): CommandLines {
  return {
    development: development.command,
    production: production.command,
    ...(development.beside && { developmentBeside: development.beside.command }),
    ...(production.beside && { productionBeside: production.beside.command }),
  };
}

/** What a program is called where no side is on screen with it: `Production server: Worker`. */
export function programTitle(sides: LabDefinition["sides"], program: ProgramName): string {
  const { title, beside } = sides[sideOf(program)];
  return program === sideOf(program) || beside === undefined ? title : `${title}: ${beside.title}`;
}
