/** `list &`. */
import { plainName } from "../../../../../shell/parser.ts";
import type { AndOr, Command, WordPart } from "../../../../../shell/syntax.ts";
import type { Pid } from "../../../../host-types.ts";
import { findCommand } from "../../python/find-command.ts";
import { expandText } from "../expansion/expansion.ts";
import type { Shell } from "../shell.ts";
import { forkedEnvironment } from "../state/forked-state.ts";
import type { Io } from "../state/io.ts";
import { Job } from "../state/jobs.ts";
import { connected } from "./pipelines.ts";
import { processEnd, startProcess } from "./processes.ts";

/** Starts what nobody waits for, as a job of the shell's. Throws `ShellError`. */
export async function startInBackground(shell: Shell, andOr: AndOr, outer: Io): Promise<void> {
  const io = outer.over();
  const { descriptors } = shell.system;
  const nothing = shell.interactive ? undefined : descriptors.open("/dev/null", "read", 10);
  if (nothing !== undefined) io.set(0, nothing);
  const job = await start(shell, andOr, io);
  if (nothing !== undefined) descriptors.close(nothing);
  shell.status = 0;
  if (job.lastPid === undefined) return;
  shell.lastBackground = job.lastPid;
  shell.jobs.add(job);
  if (shell.sharesTerminal) await shell.write(outer, 2, `[${job.number}] ${shell.lastBackground}\n`);
}

/** Where a script finds its first coprocess's pipes; bash takes the highest numbers, too. */
const [readFrom, writeTo] = [63, 60];

/** `coproc name command`: a copy of the shell between two pipes, whose ends the script finds in an array. */
export async function startCoprocess(
  shell: Shell,
  { name, body, source }: Extract<Command, { kind: "coprocess" }>,
  outer: Io,
): Promise<void> {
  const { descriptors } = shell.system;
  const [into, from] = [descriptors.pipe(), descriptors.pipe()];
  const inner = outer.over();
  inner.set(0, into.read);
  inner.set(1, from.write);
  const pipeline = { negated: false, timed: false, commands: [body], source: body.source };
  const job = await startCopy(shell, { first: pipeline, rest: [], background: true, source }, inner);
  for (const fd of [into.read, from.write]) descriptors.close(fd);
  shell.system.flush();
  const numbers = [freeBelow(shell, readFrom), freeBelow(shell, writeTo)] as const;
  shell.io.exec(numbers[0], from.read);
  shell.io.exec(numbers[1], into.write);
  shell.variables.setArray(name);
  for (const [index, fd] of numbers.entries()) shell.variables.setElement(name, String(index), String(fd));
  shell.set(`${name}_PID`, String(job.lastPid ?? ""));
  shell.lastBackground = job.lastPid;
  shell.jobs.add(job);
  shell.status = 0;
}

function freeBelow(shell: Shell, highest: number): number {
  let free = highest;
  while (shell.io.get(free) !== undefined) free -= 1;
  return free;
}

async function start(shell: Shell, andOr: AndOr, io: Io): Promise<Job> {
  const { commands } = andOr.first;
  const areProgramsAlone = andOr.rest.length === 0 && commands.every((command) => isProgram(shell, command));
  if (!areProgramsAlone || (await waitsForOther(shell, commands, io))) {
    return startCopy(shell, andOr, io);
  }
  const { job, finished } = connected(shell, andOr.first, io, false);
  finished.catch(() => {});
  job.number = Math.max(0, ...shell.jobs.all().map(({ number }) => number)) + 1;
  await shell.session.until(() => job.lastPid !== undefined || job.state === "done");
  return job;
}

/** A command that is nothing but a program, which is there. */
function isProgram(shell: Shell, command: Command): boolean {
  if (command.kind !== "simple") return false;
  const name = plainName(command);
  if (name === undefined || shell.builtins.has(name) || shell.functions.has(name)) return false;
  return findCommand(name, shell.cwd, shell.variables.get("PATH") ?? "", shell.system.files).kind === "found";
}

/** A part that can be expanded once more: nothing runs for it, and nothing is set. */
function isPlain(part: WordPart): boolean {
  return part.kind === "text" || (part.kind === "variable" && part.modifier === undefined);
}

/** Whether opening what it reads or writes may take until somebody comes: a named pipe. The shell goes on meanwhile. */
async function waitsForOther(shell: Shell, commands: readonly Command[], io: Io): Promise<boolean> {
  for (const { operator, target } of commands.flatMap(({ redirections }) => redirections)) {
    if (!["<", ">", ">>"].includes(operator) || !target.parts.every(isPlain)) continue;
    const name = await expandText(target, shell.expansionContext(io));
    if (shell.system.files.status(shell.path(name))?.type === "fifo") return true;
  }
  return false;
}

/** A process that is a copy of this shell and runs something. */
async function startCopy(shell: Shell, andOr: AndOr, io: Io): Promise<Job> {
  const job = new Job(andOr.source, false);
  const argv = [shell.isBash ? "bash" : "sh", "--forked"];
  const pid = await startProcess(shell, argv, forkedEnvironment(shell.forFork(andOr)), io, job);
  void untilDone(shell, job, pid);
  return job;
}

async function untilDone(shell: Shell, job: Job, pid: Pid): Promise<void> {
  const { status, signal } = await processEnd(shell, job, pid);
  job.status = status;
  job.signal = signal;
  job.state = "done";
  shell.session.wake();
}
