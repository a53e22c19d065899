/** The two sides of a lab and the programs on them, for what is done to all. */
import type { ProgramName } from "../../lab-definition/programs.ts";
import type { SideName } from "../../lab-definition/schema.ts";

/** In the order in which they stand and run. */
export const sideNames = ["development", "production"] as const satisfies readonly SideName[];

/** One thing for each side. */
export type BySide<T> = Readonly<Record<SideName, T>>;

/** Makes one thing for each side. */
export function bySide<T>(make: (side: SideName) => T): BySide<T> {
  return { development: make("development"), production: make("production") };
}

/** One line for each server, and for each program beside one. */
export type CommandLines = Readonly<Record<SideName, string> & Partial<Record<ProgramName, string>>>;

/** A side, as far as its command lines go. */
interface SideCommands {
  readonly command: string;
  readonly beside?: { readonly command: string } | undefined;
}

/** The command lines of both sides together. */
export function commandsOf({ development, production }: Readonly<Record<SideName, SideCommands>>): CommandLines {
  return {
    development: development.command,
    production: production.command,
    ...(development.beside && { developmentBeside: development.beside.command }),
    ...(production.beside && { productionBeside: production.beside.command }),
  };
}
