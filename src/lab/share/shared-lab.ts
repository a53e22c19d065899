/**
 * A lab as somebody shares it, checked like everything that comes from strangers. Loaded when a lab is shared or a link
 * is opened.
 */

import * as z from "zod/mini";
import { type ProgramName, programNames } from "../../lab-definition/programs.ts";
import { firstHidden } from "../basics/hidden-characters.ts";
import type { LabState } from "../session/lab-state.ts";

// The page's policy forbids what Zod would otherwise try in order to become faster.
z.config({ jitless: true });

/** More characters than this in all files together are no lab of ours. */
export const mostCharacters = 256_000;
const mostFiles = 40;

const name = z.string().check(z.maxLength(80), z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/));
const path = z.string().check(z.maxLength(200), z.regex(/^(?!\/)(?!.*\.\.)[\w./-]+$/));
/** Names that mean something else to JavaScript's objects than to a lab. */
const reserved = new Set(["__proto__", "constructor", "prototype"]);
/** One line. Other characters that hide or reorder it are told apart from damage: `hasHiddenCommand`. */
const command = z.string().check(z.maxLength(2000), z.regex(/^[^\t\n]*$/));

const sharedLab = z.strictObject({
  lab: name,
  machine: z.enum(["python", "node", "linux"]),
  plan: name,
  files: z.optional(
    z.record(path, z.string()).check(
      z.refine((files) => Object.keys(files).length <= mostFiles),
      z.refine((files) => !Object.keys(files).some((path) => path.split("/").some((each) => reserved.has(each)))),
      z.refine((files) => Object.values(files).join("").length <= mostCharacters),
    ),
  ),
  commands: z.optional(
    z.strictObject({
      development: z.optional(command),
      developmentBeside: z.optional(command),
      production: z.optional(command),
      productionBeside: z.optional(command),
    }),
  ),
});

/** What a link or a `.lab.json` holds: only what differs from the lab as its author wrote it, but for the plan. */
export interface SharedLab {
  /** Name of the lab's folder. */
  readonly lab: string;
  readonly machine: "python" | "node" | "linux";
  readonly plan: string;
  /** Texts of changed files, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Changed command lines, settings among them. */
  readonly commands?: Readonly<Partial<Record<ProgramName, string>>>;
}

/** Reads what came from outside. `undefined` unless all of it is as it must be. */
export function parseSharedLab(value: unknown): SharedLab | undefined {
  const { success, data } = sharedLab.safeParse(value);
  if (!success) return undefined;
  const { lab, machine, plan, files, commands } = data;
  return {
    lab,
    machine,
    plan,
    ...(files && { files }),
    ...(commands && {
      commands: Object.fromEntries(
        programNames.flatMap((program) => {
          const line = commands[program];
          return line === undefined ? [] : [[program, line]];
        }),
      ),
    }),
  };
}

/** Whether a command in it would not run as it is shown. */
export function hasHiddenCommand({ commands = {} }: SharedLab): boolean {
  return programNames.some((program) => firstHidden(commands[program] ?? "") !== undefined);
}

/** The changes in it, as a lab takes them. */
export function labStateOf({ plan, files, commands }: SharedLab): LabState {
  return { version: 1, plan, ...(files && { files }), ...(commands && { commands }) };
}
