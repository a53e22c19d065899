/** What a shared lab changes, line by line. */

import { structuredPatch } from "diff";
import { programNames, sideOf } from "../../lab-definition/programs.ts";
import type { SideName } from "../../lab-definition/schema.ts";
import type { LabContent, LabState } from "../session/lab-state.ts";

/** A line of a comparison. `gap`: lines that are the same have been left out here. */
export interface ComparedLine {
  readonly kind: "same" | "removed" | "added" | "gap";
  readonly text: string;
}

/** A changed file. Without lines the texts are too different to be set beside each other quickly. */
export interface FileDifference {
  readonly path: string;
  readonly lines: readonly ComparedLine[] | undefined;
  /** The whole new text. */
  readonly text: string;
}

/** A changed command line. */
export interface CommandDifference {
  readonly side: SideName;
  /** It is that of the program beside the side's server. */
  readonly beside?: true;
  readonly before: string;
  readonly after: string;
}

/** All that differs from the lab as its author wrote it. */
export interface SetupDifferences {
  readonly files: readonly FileDifference[];
  readonly commands: readonly CommandDifference[];
  /** Name of another plan than the first. */
  readonly plan: string | undefined;
  /** Files, programs and plans that the lab does not have (any more). */
  readonly leftOut: readonly string[];
}

/** Lines around a change that are shown with it. */
const context = 2;
/** Comparisons that take longer together are given up, in milliseconds: a hostile text must not hold the page. */
const longest = 200;
const kinds: Readonly<Record<string, ComparedLine["kind"]>> = { " ": "same", "-": "removed", "+": "added" };

/** Compares a lab's original with changes to it. */
export function differencesOf(original: LabContent, state: LabState, plans: readonly string[]): SetupDifferences {
  const { files = {}, commands = {}, plan } = state;
  const known = new Set(original.files.map(({ path }) => path));
  const until = performance.now() + longest;
  return {
    files: original.files.flatMap(({ path, text }) => {
      const after = Object.hasOwn(files, path) ? files[path] : undefined;
      return after === undefined || after === text
        ? []
        : [{ path, text: after, lines: linesBetween(text, after, until) }];
    }),
    commands: programNames.flatMap((program) => {
      const after = Object.hasOwn(commands, program) ? commands[program] : undefined;
      const { [program]: before } = original.commands;
      if (before === undefined || after === undefined || after === before) return [];
      const side = sideOf(program);
      return [{ side, ...(program !== side && { beside: true as const }), before, after }];
    }),
    plan: plan !== undefined && plan !== original.plan && plans.includes(plan) ? plan : undefined,
    leftOut: [
      ...Object.keys(files).filter((path) => !known.has(path)),
      ...programNames.filter((program) => Object.hasOwn(commands, program) && original.commands[program] === undefined),
      ...(plan === undefined || plans.includes(plan) ? [] : [plan]),
    ],
  };
}

/** Whether nothing differs that the lab has. */
export function isSame({ files, commands, plan }: SetupDifferences): boolean {
  return files.length === 0 && commands.length === 0 && plan === undefined;
}

function linesBetween(before: string, after: string, until: number): readonly ComparedLine[] | undefined {
  const timeout = Math.max(1, until - performance.now());
  const patch = structuredPatch("", "", before, after, "", "", { context, timeout });
  return patch?.hunks.flatMap(({ lines }, index) => [
    ...(index === 0 ? [] : [{ kind: "gap", text: "" } as const]),
    ...lines.flatMap((line) => {
      const kind = kinds[line.charAt(0)];
      return kind === undefined ? [] : [{ kind, text: line.slice(1) }];
    }),
  ]);
}
