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
