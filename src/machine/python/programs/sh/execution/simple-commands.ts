/** Commands without others in them: assignments, calls of functions, builtins, programs. */
import type { SimpleCommand } from "../../../../../shell/syntax.ts";
import { SyscallError } from "../../../kernel/errno.ts";
import { ControlFlow } from "../control-flow.ts";
import { type ExpansionContext, expandText, expandWords } from "../expansion/expansion.ts";
import { removeTemporary } from "../expansion/substitution.ts";
import type { Builtin, Shell } from "../shell.ts";
import { RecursionError, ShellError } from "../shell-error.ts";
import type { Io } from "../state/io.ts";
import { interruptedStatus } from "../state/shell-state.ts";
import { assign } from "./assignments.ts";
import { callFunction } from "./function-calls.ts";
import { sayError } from "./messages.ts";
import { type ProgramCall, runProgramCall } from "./programs.ts";
import { redirected, redirectForGood } from "./redirections.ts";
import { traceAssignment, traced, tracedValue, traceLine } from "./trace.ts";

/** Expands a command's words, and runs what the first of them names. Throws `ControlFlow`, and what ends a script. */
export async function runSimple(
  shell: Shell,
  command: SimpleCommand & { readonly source: string },
  outer: Io,
  isLast: boolean,
): Promise<void> {
  if (!shell.inTrap) shell.underWay = command.source;
  const debug = shell.traps.get("DEBUG");
  if (debug && !shell.inTrap && !shell.isInFunction) await shell.runTrap(debug);
  const around = shell.expansionContext(outer);
  const temporary = shell.temporary.length;
  shell.substitutionStatus = undefined;
  const argv = await expandWords(command.words, around);
  const [name] = argv;
  if (name === undefined) {
    await redirected(shell, command, outer, async () => {});
    await assignAll(shell, command, around, outer);
    shell.lastArgument = "";
    shell.status = shell.substitutionStatus ?? 0;
    return;
  }
  const assigned: [string, string][] = [];
  for (const { name: variable, value } of command.assignments) {
    assigned.push([variable, await expandText(value, around, "assignment")]);
  }
  await trace(shell, argv, assigned, outer);
  try {
    const replaces = isLast && shell.temporary.length === 0 && shell.session.beside.size === 0;
    await runNamed(shell, command, { argv, assigned, io: outer, source: command.source, replaces });
  } finally {
    shell.lastArgument = argv.at(-1) ?? "";
    await removeTemporary(shell, temporary);
  }
}

/** `set -x`. In bash each assignment is a line of its own, and comes before the command. */
async function trace(
  shell: Shell,
  argv: readonly string[],
  assigned: readonly (readonly [string, string])[],
  io: Io,
): Promise<void> {
  if (!shell.options.has("x")) return;
  const words = argv.map((word) => traced(shell, word));
  if (shell.isBash && argv.length > 0) {
    for (const [name, value] of assigned) await traceLine(shell, `${name}=${tracedValue(shell, value)}`, io);
    await traceLine(shell, words.join(" "), io);
    return;
  }
  const shown = [...assigned.map(([name, value]) => `${name}=${tracedValue(shell, value)}`), ...words];
  if (shown.length > 0) await traceLine(shell, shown.join(" "), io);
}

/** A line of nothing but assignments, each made and shown before the next. */
async function assignAll(
  shell: Shell,
  command: SimpleCommand & { readonly source: string },
  around: ExpansionContext,
  io: Io,
): Promise<void> {
  for (const assignment of command.assignments) {
    await assign(shell, assignment, around);
    if (!shell.isBash || !shell.options.has("x")) continue;
    const { name, append, index, elements } = assignment;
    const isPlain = append !== true && index === undefined && elements === undefined;
    // How the others were written is known of a line with one of them.
    if (isPlain) await traceAssignment(shell, name, io);
    else if (command.assignments.length === 1) await traceLine(shell, command.source, io);
  }
  if (shell.isBash) return;
  const made = command.assignments.map(({ name }) => [name, shell.variables.get(name) ?? ""] as const);
  await trace(shell, [], made, io);
}

async function runNamed(shell: Shell, command: SimpleCommand, call: ProgramCall): Promise<void> {
  const { argv, assigned, io: outer } = call;
  const name = argv[0] ?? "";
  const called = shell.functions.get(name);
  if (called !== undefined && !(shell.special.has(name) && !shell.isBash)) {
    await redirected(shell, command, outer, (io) =>
      whileAssigned(shell, assigned, () => callFunction(shell, called, argv, io)),
    );
    return;
  }
  const builtin = shell.disabled.has(name) ? undefined : shell.builtins.get(name);
  if (builtin === undefined) await redirected(shell, command, outer, (io) => runProgramCall(shell, { ...call, io }));
  else await runNamedBuiltin(shell, builtin, command, call);
}

/** POSIX's special builtins keep what is assigned before them, and a mistake in one ends a script. */
async function runNamedBuiltin(
  shell: Shell,
  builtin: Builtin,
  command: SimpleCommand,
  { argv, assigned, io: outer }: ProgramCall,
): Promise<void> {
  const name = argv[0] ?? "";
  shell.declared = command.arrays ?? {};
  const isStrict = shell.special.has(name) && !shell.isBash;
  if (isStrict) for (const [variable, value] of assigned) shell.set(variable, value);
  try {
    if (name === "exec" && argv.length === 1) await redirectForGood(shell, command, outer);
    else {
      const temporary = isStrict ? [] : assigned;
      await redirected(shell, command, outer, (io) => runBuiltin(shell, builtin, argv, temporary, io));
    }
  } catch (error) {
    throw error instanceof ShellError && isStrict ? asFatal(error) : error;
  }
}

function asFatal(error: ShellError): ShellError {
  return error instanceof RecursionError ? error : new ShellError(error.message, error.status, true);
}

async function runBuiltin(
  shell: Shell,
  builtin: Builtin,
  argv: readonly string[],
  assigned: readonly [string, string][],
  io: Io,
): Promise<void> {
  await whileAssigned(shell, assigned, async () => {
    try {
      shell.status = await builtin(shell, argv, io);
    } catch (error) {
      if (error instanceof ShellError && !(error instanceof RecursionError) && error.message !== "") {
        // What it says goes where its own errors go.
        await sayError(shell, error, io);
        throw new ShellError("", error.status, error.fatal);
      }
      if (!(error instanceof SyscallError)) throw error;
      // Here SIGPIPE ends a shell, and a copy of one: what it says next would be heard by nobody.
      if (error.errno === "EPIPE" && !shell.sharesTerminal) {
        shell.breakPipe();
        throw new ControlFlow("exit");
      }
      if (error.errno !== "EPIPE")
        await shell.complain(io, `${argv[0]}: ${builtinText(error, argv[0] ?? "", shell.isBash)}`);
      shell.status = error.errno === "EINTR" ? interruptedStatus : 1;
    }
  });
}

function builtinText(error: SyscallError, name: string, isBash: boolean): string {
  if (error.errno !== "EBADF" && error.errno !== "ENOSPC") return error.message;
  // dash names the command twice.
  return isBash ? `write error: ${error.message}` : `${name}: I/O error`;
}

/** `NAME=value command`, where the command is of the shell itself. */
async function whileAssigned(
  { variables }: Shell,
  assigned: readonly (readonly [string, string])[],
  act: () => Promise<void>,
): Promise<void> {
  if (assigned.length === 0) {
    await act();
    return;
  }
  const before = variables.keep(assigned.map(([name]) => name));
  for (const [name, value] of assigned) variables.set(name, value).exported = true;
  try {
    await act();
  } finally {
    variables.restore(before);
  }
}
