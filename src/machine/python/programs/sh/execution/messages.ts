/** What a shell says of a mistake, in dash's words or bash's. */
import { ShellSyntaxError } from "../../../../../shell/syntax.ts";
import { type Pid, signalNumbers } from "../../../../host-types.ts";
import type { SignalNumber } from "../../../kernel/protocol.ts";
import { ExpansionError } from "../expansion/expansion-budget.ts";
import { causeOf, causeOfInterpreter } from "../known-causes.ts";
import { ShellError } from "../shell-error.ts";
import type { Io } from "../state/io.ts";
import { type Job, signalText } from "../state/jobs.ts";
import type { ShellState } from "../state/shell-state.ts";

/** Says what was thrown, and sets the status; false if it is no mistake of a script. */
export async function sayError(shell: ShellState, error: unknown, io = shell.io): Promise<boolean> {
  if (error instanceof ShellSyntaxError) {
    shell.line = error.line;
    shell.status = 2;
    if (shell.isBash) await sayBashSyntaxError(shell, error, io);
    else await shell.complain(io, error.message.replace(/^Syntax error: (?=Bad substitution$)/, ""));
    return true;
  }
  if (!(error instanceof ShellError || error instanceof ExpansionError)) return false;
  await shell.complain(io, shell.isBash ? bashWords(error.message) : error.message);
  shell.status = error instanceof ShellError ? error.status : shell.isBash ? 1 : 2;
  return true;
}

/** bash says where it read a line, and shows it where the line itself is wrong. */
async function sayBashSyntaxError(shell: ShellState, error: ShellSyntaxError, io: Io): Promise<void> {
  const isToken = error.token !== "" && error.token !== "end of file";
  const given = shell.start.isLine && error.text !== undefined ? `-c: line ${error.line}: ` : "";
  const said = bashSyntaxError(error);
  // The end of a text is a line of its own, also behind a line that nothing has ended.
  const isAtEnd = said.endsWith("unexpected end of file") && error.text !== undefined && error.text !== "";
  const before = given === "" ? shell.messagePrefix : `${shell.positional.name}: ${given}`;
  const prefix = isAtEnd ? before.replace(/line (\d+): $/, (_, line: string) => `line ${Number(line) + 1}: `) : before;
  const shown = isToken && error.text !== undefined && !isUnterminated(error) ? `${prefix}\`${error.text}'\n` : "";
  await shell.write(io, 2, `${prefix}${said}\n${shown}`);
}

function isUnterminated({ incomplete, token }: ShellSyntaxError): boolean {
  return incomplete && /^["'`})]$/.test(token);
}

function bashSyntaxError(error: ShellSyntaxError): string {
  const { message, token } = error;
  if (isUnterminated(error)) return `unexpected EOF while looking for matching \`${token}'`;
  if (token !== "" && token !== "end of file") return `syntax error near unexpected token \`${token}'`;
  const plain = message.replace(/^Syntax error: /, "");
  return plain.includes("no construct") ? plain : "syntax error: unexpected end of file";
}

/** What bash calls by other words than dash. */
function bashWords(message: string): string {
  return message
    .replace(/: is read only$/, ": readonly variable")
    .replace(/^Bad substitution$/, "bad substitution")
    .replace(/^arithmetic expression: division by zero: "(.*)"$/s, '$1: division by 0 (error token is "0")')
    .replace(/^arithmetic expression: expecting \S+: "(.*)"$/s, "$1: syntax error in expression")
    .replace(/^cannot (?:open|create) (.*): (?:No such file|Directory nonexistent)$/s, "$1: No such file or directory")
    .replace(/^cannot create (.*): File exists$/s, "$1: cannot overwrite existing file")
    .replace(/^cannot (?:open|create) (.*): (.*)$/s, "$1: $2");
}

/** Says that there is no such program, and sets the status. */
export async function sayMissing(
  shell: ShellState,
  name: string,
  found: { readonly message: string; readonly status: number; readonly interpreter?: string },
  io: Io,
): Promise<void> {
  const { interpreter } = found;
  const text =
    interpreter !== undefined && shell.isBash
      ? "cannot execute: required file not found"
      : missingText(shell, name, found.message);
  await shell.complain(io, `${name}: ${text}`);
  const cause = interpreter === undefined ? causeOf(name) : causeOfInterpreter(interpreter);
  if (cause !== undefined) await shell.complain(io, cause);
  shell.status = found.status;
}

function missingText({ isBash }: ShellState, name: string, message: string): string {
  if (!isBash || message !== "not found") return message;
  return name.includes("/") ? "No such file or directory" : "command not found";
}

/** In a script bash says of what runs in the background that a signal has ended it, and forgets that as a job. */
export async function tellOfKilledJobs(shell: ShellState, io: Io): Promise<void> {
  if (!shell.isBash || shell.interactive || shell.level > 0 || shell.jobs.isEmpty) return;
  for (const job of shell.jobs.all()) if (!job.told) await tellOfKilled(shell, job, io);
}

/** The same of one job, which dash tells of when it is waited for. */
export async function tellOfKilled(shell: ShellState, job: Job, io: Io): Promise<void> {
  const { signal, state } = job;
  if (shell.interactive || job.told || state !== "done" || signal === undefined) return;
  job.told = true;
  const meant: readonly SignalNumber[] = [signalNumbers.SIGINT, signalNumbers.SIGPIPE];
  if (meant.includes(signal) || (shell.isBash && signal === signalNumbers.SIGTERM)) return;
  await sayEnded(shell, io, signal, job.lastPid ?? 0, job.command);
}

/** Says that a signal has ended a program. */
export async function sayEnded(
  shell: ShellState,
  io: Io,
  signal: SignalNumber,
  pid: Pid,
  source: string,
): Promise<void> {
  // Of what was asked to end bash says no more.
  const text =
    shell.isBash && signal !== signalNumbers.SIGTERM
      ? `${shell.messagePrefix}${String(pid).padStart(5)} ${signalText(signal).padEnd(22)}  ${source}\n`
      : `${signalText(signal)}\n`;
  await shell.write(io, 2, text);
}
