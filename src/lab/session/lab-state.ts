/**
 * What a reader changed in a lab, as plain data that fits in a link. Only differences from the lab as its author
 * wrote it are kept, so that a link stays short and follows later corrections of the lab.
 */

import { type ProgramName, programNames } from "../../lab-definition/programs.ts";
import type { LabDefinition, LabFile } from "../../lab-definition/schema.ts";
import { type CommandLines, commandsOf } from "../basics/sides.ts";

/** What a reader changed. A later shape gets a new `version` and a way from this one to it. */
export interface LabState {
  readonly version: 1;
  /** Texts of the changed files, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** The changed command lines. */
  readonly commands?: Readonly<Partial<Record<ProgramName, string>>>;
  /** Name of the chosen plan, if it is not the first. */
  readonly plan?: string;
}

/** A lab's changeable parts, all of them, as they stand. */
export interface LabContent {
  readonly files: readonly LabFile[];
  readonly commands: CommandLines;
  readonly plan: string;
}

/** The lab as its author wrote it. */
export function originalContent(definition: LabDefinition, files: readonly LabFile[]): LabContent {
  const [firstPlan] = definition.plans;
  return {
    files,
    commands: commandsOf(definition.sides),
    plan: firstPlan?.name ?? "",
  };
}

/** What is different in `current`. Both have the same files. */
export function captureState(original: LabContent, current: LabContent): LabState {
  const texts = new Map(original.files.map(({ path, text }) => [path, text]));
  const files = current.files.filter(({ path, text }) => texts.get(path) !== text);
  const commands = programNames.filter((program) => current.commands[program] !== original.commands[program]);
  return {
    version: 1,
    ...(files.length > 0 && { files: Object.fromEntries(files.map(({ path, text }) => [path, text])) }),
    ...(commands.length > 0 && {
      commands: Object.fromEntries(commands.map((program) => [program, current.commands[program]])),
    }),
    ...(current.plan !== original.plan && { plan: current.plan }),
  };
}

/** Whether the reader changed nothing. */
export function isUnchanged({ files, commands, plan }: LabState): boolean {
  return files === undefined && commands === undefined && plan === undefined;
}

/** The lab with a reader's changes. What the lab no longer has (a file, a program, a plan) is left out. */
export function applyState(original: LabContent, state: LabState, planNames: readonly string[]): LabContent {
  const commands = programNames.flatMap((program) => {
    const text = original.commands[program] === undefined ? undefined : own(state.commands, program);
    return text === undefined ? [] : [[program, text] as const];
  });
  return {
    files: original.files.map(({ path, text }) => ({ path, text: own(state.files, path) ?? text })),
    commands: { ...original.commands, ...Object.fromEntries(commands) },
    plan: state.plan !== undefined && planNames.includes(state.plan) ? state.plan : original.plan,
  };
}

/** The text of this name, and never what objects have besides: a name comes from outside. */
function own(texts: Readonly<Partial<Record<string, string>>> | undefined, name: string): string | undefined {
  return texts !== undefined && Object.hasOwn(texts, name) ? texts[name] : undefined;
}

/** Reads a state that came from outside. `undefined` if it is none, or of a version that is not known here. */
export function parseState(value: unknown): LabState | undefined {
  if (!isRecord(value) || value.version !== 1) return undefined;
  const { files, commands, plan } = value;
  if (files !== undefined && !isTexts(files)) return undefined;
  if (commands !== undefined && !isTexts(commands)) return undefined;
  if (plan !== undefined && typeof plan !== "string") return undefined;
  const known = programNames.flatMap((program) => {
    const command = own(commands, program);
    return command === undefined ? [] : [[program, command] as const];
  });
  return {
    version: 1,
    ...(files !== undefined && { files }),
    ...(known.length > 0 && { commands: Object.fromEntries(known) }),
    ...(plan !== undefined && { plan }),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every((text) => typeof text === "string");
}
