/** The programs of a lab that have a command line: each side's server, and the program beside it. */

/** Their names, in the order in which they stand on screen. */
export const programNames = ["development", "developmentBeside", "production", "productionBeside"] as const;

/** The name of a command line of a lab: of a side's server, or of the program beside it. */
export type ProgramName = (typeof programNames)[number];

/** The name of the program beside a side's server. */
export const besideOf = {
  development: "developmentBeside",
  production: "productionBeside",
} as const satisfies Readonly<Record<string, ProgramName>>;

/** The side that a program runs on. */
export function sideOf(program: ProgramName): keyof typeof besideOf {
  return program.startsWith("development") ? "development" : "production";
}
