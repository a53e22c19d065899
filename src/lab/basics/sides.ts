/** The two sides of a lab and the programs on them, for what is done to all. */
import type { ProgramName, SideName } from "../../lab-definition/schema.ts";

/** In the order in which they stand and run. */
export const sideNames = ["development", "production"] as const satisfies readonly SideName[];

/** One thing for each side. */
export type BySide<T> = Readonly<Record<SideName, T>>;

/** Makes one thing for each side. */
export function bySide<T>(make: (side: SideName) => T): BySide<T> {
  return { development: make("development"), production: make("production") };
}

/** The command lines of a lab, in the order in which they stand: of each server, and of the program beside it. */
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
