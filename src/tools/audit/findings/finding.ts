/** What an audit finds in a text, and the kinds of text it reads. */
import type { RuleName } from "./rules.ts";

/** A kind of text, each with its own grammar. */
export type TextKind = "command" | "app" | "gunicorn-conf" | "nginx" | "unit";

/** All of them, in the order in which the page shows them. */
export const textKinds = ["command", "app", "gunicorn-conf", "nginx", "unit"] as const satisfies readonly TextKind[];

/** A stretch of a text, in UTF-16 code units from its beginning. */
export interface Place {
  readonly from: number;
  /** After the last character; never before `from`. */
  readonly to: number;
}

/** What one rule found in one place. */
export interface Finding extends Place {
  readonly rule: RuleName;
  /** What the rule's sentence is about: an option, a name, a line of the text. May be empty. */
  readonly about: string;
}

/** The line of a place, from 1. */
export function lineOf(text: string, { from }: Place): number {
  return text.slice(0, from).split("\n").length;
}
