/** What a reader changed in a lab, as a text that is kept with a solution and printed in a receipt. */

import { besideOf } from "../../lab-definition/programs.ts";
import type { LabContent, LabState } from "../session/lab-state.ts";
import { differencesOf, type SetupDifferences } from "./differences.ts";

/** Longer texts are cut, in characters: browsers keep five million for all of a site. */
export const longestChanges = 20_000;

const signs = { same: " ", removed: "-", added: "+", gap: "@" } as const;

/**
 * The changes, file by file, as a unified diff without line numbers: `--- app.py`, then lines that begin with `-`, `+`
 * or a blank. Commands come first, under the name of their side, or `productionBeside`. Cut after `longestChanges`
 * characters, which its last line says.
 */
export function changesText(original: LabContent, state: LabState): string {
  const text = textOf(differencesOf(original, state, []));
  return text.length <= longestChanges ? text : `${text.slice(0, longestChanges)}\n[cut]\n`;
}

function textOf({ commands, files }: SetupDifferences): string {
  const lines = [
    ...commands.flatMap(({ side, beside, before, after }) => [
      `--- ${beside ? besideOf[side] : side}`,
      `-${before}`,
      `+${after}`,
    ]),
    ...files.flatMap(({ path, lines, text }) => [
      `--- ${path}`,
      ...(lines === undefined
        ? text.split("\n").map((line) => `+${line}`)
        : lines.map(({ kind, text: line }) => `${signs[kind]}${line}`)),
    ]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}
