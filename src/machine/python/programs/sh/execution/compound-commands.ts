/** Groups, conditions, loops and their like: what is run of what they hold, and how often. */
import type { Command, List, Word } from "../../../../../shell/syntax.ts";
import { ControlFlow } from "../control-flow.ts";
import { evaluateIn, expandText, expandWords, matchesWord } from "../expansion/expansion.ts";
import { ExpansionError, UnsetError } from "../expansion/expansion-budget.ts";
import type { Shell } from "../shell.ts";
import type { Io } from "../state/io.ts";
import { startCoprocess } from "./background.ts";
import { testCondition } from "./conditions.ts";
import { endless, loop } from "./loops.ts";
import { sayError } from "./messages.ts";
import { runSelect } from "./select-command.ts";
import { traceArithmetic, traceHead } from "./trace.ts";

type Compound<Kind extends Command["kind"]> = Extract<Command, { kind: Kind }>;

/** Runs a command that holds others, its redirections being opened. Throws `ControlFlow`, and what ends a script. */
export async function runCompound(
  shell: Shell,
  command: Exclude<Command, { kind: "simple" }>,
  io: Io,
  isLast: boolean,
): Promise<void> {
  switch (command.kind) {
    case "group":
      return shell.runList(command.list, io, isLast);
    case "subshell":
      // Where nothing follows, nothing can be changed either.
      return isLast ? shell.runList(command.list, io, true) : runSubshell(shell, command, io);
    case "if":
      return runIf(shell, command, io);
    case "while":
      return runWhile(shell, command, io);
    case "case":
      return runCase(shell, command, io);
    case "for":
      return runFor(shell, command, io);
    case "select":
      return runSelect(shell, command, io);
    case "count":
      return runCount(shell, command, io);
    case "coprocess":
      return startCoprocess(shell, command, io);
    case "function":
      shell.functions.set(command.name, { body: command.body, file: shell.sourceFile });
      shell.status = 0;
      return;
    case "arithmetic":
      await traceArithmetic(shell, command.expression, io);
      await runArithmetic(shell, command.expression, io);
      return;
    case "condition":
      shell.status = (await testCondition(command.condition, shell, io)) ? 0 : 1;
  }
}

async function evaluated(shell: Shell, expression: Word, io: Io): Promise<bigint> {
  const around = shell.expansionContext(io);
  return evaluateIn(await expandText(expression, around), around);
}

/** What cannot be computed fails, and no more. */
async function runArithmetic(shell: Shell, expression: Word, io: Io): Promise<void> {
  try {
    shell.status = (await evaluated(shell, expression, io)) === 0n ? 1 : 0;
  } catch (error) {
    if (!(error instanceof ExpansionError) || error instanceof UnsetError) throw error;
    await sayError(shell, error, io);
    shell.status = 1;
  }
}

async function runSubshell(shell: Shell, { list }: { readonly list: List }, io: Io): Promise<void> {
  const copy = shell.copy(io);
  shell.status = await copy.runToEnd(() => copy.runList(list, copy.io));
  shell.checkInterrupt();
}

async function runIf(shell: Shell, { branches, otherwise }: Compound<"if">, io: Io): Promise<void> {
  for (const { condition, list } of branches) {
    await shell.whileTested(1, () => shell.runList(condition, io));
    if (shell.status !== 0) continue;
    await shell.runList(list, io);
    return;
  }
  // What stands behind `else` sees how the condition ended.
  if (otherwise.length === 0) shell.status = 0;
  await shell.runList(otherwise, io);
}

async function runCase(shell: Shell, command: Compound<"case">, io: Io): Promise<void> {
  const { word, arms } = command;
  await traceHead(shell, command, io);
  const around = shell.expansionContext(io);
  const text = await withStatus(shell, () => expandText(word, around));
  const fits = async (patterns: readonly Word[]): Promise<boolean> => {
    for (const pattern of patterns) {
      if (!(await matchesWord(text, pattern, around))) continue;
      return true;
    }
    return false;
  };
  let done = false;
  let falls = false;
  for (const arm of arms) {
    if (!falls && !(await fits(arm.patterns))) continue;
    if (arm.list.length === 0) shell.status = 0;
    await shell.runList(arm.list, io);
    done = true;
    falls = arm.onward === "next";
    if (arm.onward === undefined) return;
  }
  if (!done) shell.status = 0;
}

/** In bash a substitution among the words of a command is what `$?` within it tells of. */
async function withStatus<T>(shell: Shell, expand: () => Promise<T>): Promise<T> {
  shell.substitutionStatus = undefined;
  const expanded = await expand();
  if (shell.isBash) shell.status = shell.substitutionStatus ?? shell.status;
  return expanded;
}

async function runFor(shell: Shell, command: Compound<"for" | "select">, io: Io): Promise<void> {
  const { name, words, list } = command;
  const values = await withStatus(shell, () => expandWords(words, shell.expansionContext(io)));
  // The first round still sees how the command before has ended.
  if (values.length === 0) shell.status = 0;
  await loop(shell, values[Symbol.iterator](), async (value) => {
    await traceHead(shell, command, io);
    shell.set(name, value);
    await shell.runList(list, io);
  });
}

async function runWhile(shell: Shell, { condition, until, list }: Compound<"while">, io: Io): Promise<void> {
  let status = 0;
  await loop(shell, endless, async () => {
    await shell.whileTested(1, () => shell.runList(condition, io));
    if ((shell.status === 0) === until) throw new ControlFlow("break", 1);
    await shell.runList(list, io);
    status = shell.status;
  });
  shell.status = status;
}

/** `for ((i = 0; i < 3; i++))`. */
async function runCount(shell: Shell, command: Compound<"count">, io: Io): Promise<void> {
  const { first, condition, step, list } = command;
  shell.status = 0;
  const worked = async (expression: Word) => {
    await traceArithmetic(shell, expression, io);
    return evaluated(shell, expression, io);
  };
  await worked(first);
  let begun = false;
  await loop(shell, endless, async () => {
    if (begun) await worked(step);
    begun = true;
    const goesOn = condition.parts.length === 0 || (await worked(condition)) !== 0n;
    if (!goesOn) throw new ControlFlow("break", 1);
    await shell.runList(list, io);
  });
}
