/** `set -x`: what is run, as it is run. */
import { parseText } from "../../../../../shell/parser.ts";
import { type Command, type Condition, ShellSyntaxError, type Word } from "../../../../../shell/syntax.ts";
import { expandText } from "../expansion/expansion.ts";
import { ExpansionError } from "../expansion/expansion-budget.ts";
import { quotedForBash, quotedForShell } from "../expansion/value-changes.ts";
import type { Shell } from "../shell.ts";
import type { Io } from "../state/io.ts";

/** Prints a line of the trace, behind what `PS4` says, if there is a trace. */
export async function traceLine(shell: Shell, text: string, io: Io): Promise<void> {
  if (shell.options.has("x")) await shell.write(io, 2, `${await prompt(shell, io)}${text}\n`);
}

/** In bash its first character stands once for each shell, `eval` and file that this one is within. */
async function prompt(shell: Shell, io: Io): Promise<string> {
  const wanted = shell.variables.get("PS4") ?? "+ ";
  const text = await promptText(shell, wanted, io);
  return shell.isBash ? text.charAt(0).repeat(shell.traceDepth) + text : text;
}

/** What expands in it says nothing of itself, and what cannot be expanded is shown as it stands. */
async function promptText(shell: Shell, wanted: string, io: Io): Promise<string> {
  if (!/[$`\\]/.test(wanted)) return wanted;
  const { options, status } = shell;
  shell.options = options.without("x");
  try {
    return await expandText(parseText(wanted, { language: shell.start.language }), shell.expansionContext(io));
  } catch (error) {
    if (!(error instanceof ShellSyntaxError || error instanceof ExpansionError)) throw error;
    return wanted;
  } finally {
    shell.options = options;
    shell.status = status;
  }
}

/** A word as it stands in a trace: bash quotes what another shell would take for something else. */
export function traced(shell: Shell, word: string): string {
  if (!shell.isBash) return word;
  if (word === "" || /[\s'"\\|&;()<>!{}*[\]?^$`]|^[~#]/.test(word)) return quotedForShell(word);
  return /\p{Cc}/u.test(word) ? quotedForBash(word) : word;
}

/** `NAME=value`, as the variable is now. */
export async function traceAssignment(shell: Shell, name: string, io: Io): Promise<void> {
  await traceLine(shell, `${name}=${tracedValue(shell, shell.variables.get(name) ?? "")}`, io);
}

/** The same for what is assigned: nothing needs no quotes. */
export function tracedValue(shell: Shell, value: string): string {
  return value === "" ? "" : traced(shell, value);
}

/** What precedes the rounds of a loop and the arms of a choice: to dash that is no command. */
export async function traceHead(shell: Shell, command: Command, io: Io): Promise<void> {
  if (!shell.isBash || !shell.options.has("x")) return;
  const head = headOf(command);
  if (head !== undefined) await traceLine(shell, head, io);
}

function headOf({ kind, source }: Command): string | undefined {
  if (kind === "for" || kind === "select") {
    const [, name = "", words] = /^(?:for|select)\s+(\w+)(?:\s+in\b([^;\n]*))?/.exec(source) ?? [];
    return `${kind} ${name} in ${words === undefined ? '"$@"' : words.trim()}`;
  }
  const [, word] = kind === "case" ? (/^case\s+(.+?)\s+in\b/s.exec(source) ?? []) : [];
  return word === undefined ? undefined : `case ${word} in`;
}

/** `((expression))`. */
export async function traceArithmetic(shell: Shell, expression: Word, io: Io): Promise<void> {
  if (!shell.options.has("x")) return;
  const text = await expandText(expression, shell.expansionContext(io));
  await traceLine(shell, `(( ${text.trim()} ))`, io);
}

/** One comparison of a `[[ … ]]`, with what is compared. */
export async function traceCondition(shell: Shell, condition: Condition, io: Io): Promise<void> {
  if (!shell.options.has("x")) return;
  const around = shell.expansionContext(io);
  const shown = async (word: Word) => {
    const text = await expandText(word, around);
    return text === "" || /\s/.test(text) ? quotedForBash(text) : text;
  };
  if (condition.kind === "unary") {
    await traceLine(shell, `[[ ${condition.operator} ${await shown(condition.word)} ]]`, io);
  } else if (condition.kind === "binary") {
    const { operator, left, right } = condition;
    await traceLine(shell, `[[ ${await shown(left)} ${operator} ${await shown(right)} ]]`, io);
  }
}
