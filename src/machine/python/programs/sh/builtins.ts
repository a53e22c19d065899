/** The shell's own commands. */
import { aliasBuiltins } from "./builtins/alias.ts";
import { bashBuiltins } from "./builtins/bash.ts";
import { controlBuiltins } from "./builtins/control.ts";
import { folderBuiltins } from "./builtins/folders.ts";
import { jobBuiltins } from "./builtins/jobs.ts";
import { optionBuiltins } from "./builtins/options.ts";
import { printingBuiltins } from "./builtins/printing.ts";
import { readingBuiltins } from "./builtins/reading.ts";
import { signalBuiltins } from "./builtins/signals.ts";
import { typeBuiltins } from "./builtins/types.ts";
import { variableBuiltins } from "./builtins/variables.ts";
import type { Builtin } from "./shell.ts";

/** Those of POSIX, as dash has them. */
export const posixBuiltins: ReadonlyMap<string, Builtin> = new Map([
  ...aliasBuiltins,
  ...controlBuiltins,
  ...folderBuiltins,
  ...jobBuiltins,
  ...optionBuiltins,
  ...printingBuiltins,
  ...readingBuiltins,
  ...signalBuiltins,
  ...typeBuiltins,
  ...variableBuiltins,
]);

/** And those that bash has besides. */
export const allBuiltins: ReadonlyMap<string, Builtin> = new Map([...posixBuiltins, ...bashBuiltins]);

/** POSIX's special ones: a mistake in one ends a script, and what is assigned before one stays. */
export const specialBuiltins: ReadonlySet<string> = new Set([
  ".",
  ":",
  "break",
  "continue",
  "eval",
  "exec",
  "exit",
  "export",
  "readonly",
  "return",
  "set",
  "shift",
  "times",
  "trap",
  "unset",
]);
