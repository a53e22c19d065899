/** Commands that are programs: found, started, waited for. */
import type { Pid } from "../../../../host-types.ts";
import { signalNumbers } from "../../../../host-types.ts";
import type { System } from "../../../native/system.ts";
import { findCommand } from "../../python/find-command.ts";
import { ControlFlow } from "../control-flow.ts";
import { ShellError } from "../shell-error.ts";
import type { Io } from "../state/io.ts";
import { Job } from "../state/jobs.ts";
import type { ShellState } from "../state/shell-state.ts";
import { runInJob, waitInForeground } from "./foreground.ts";
import { sayEnded, sayMissing } from "./messages.ts";
import { processEnd, startProcess } from "./processes.ts";

/** A command that is about to be run. */
export interface ProgramCall {
  readonly argv: string[];
  /** What is assigned for it alone. */
  readonly assigned: [string, string][];
  readonly io: Io;
  readonly source: string;
  /** It takes the shell's place: nothing is left to do after it. */
  readonly replaces?: boolean;
}

/** Runs a program, whatever functions and builtins are called so; its status. Throws `ShellError`. */
export async function runExternalProgram(shell: ShellState, argv: readonly string[], io: Io): Promise<number> {
  await runProgramCall(shell, { argv: [...argv], assigned: [], io, source: argv.join(" ") });
  return shell.status;
}

/** Runs a program to its end, as a job where there are jobs; its status is the shell's then. Throws `ShellError`. */
export async function runProgramCall(shell: ShellState, call: ProgramCall): Promise<void> {
  if (!shell.sharesTerminal) {
    await runWithin(shell, call, shell.place.job ?? new Job(call.source, true));
    return;
  }
  const job = new Job(call.source, true);
  await waitInForeground(shell, { job, finished: runInJob(shell, job, () => runWithin(shell, call, job)) });
}

async function runWithin(shell: ShellState, call: ProgramCall, job: Job): Promise<void> {
  const pid = await startProgram(shell, call, job);
  shell.place.release?.();
  if (pid === undefined) return;
  const { status, signal } = await processEnd(shell, job, pid);
  shell.status = status;
  if (pid === job.lastPid) job.signal = signal;
  if (signal === undefined || shell.sharesTerminal || job.number > 0) return;
  // Told is what becomes of a pipeline's last program, and nothing of one that is all of a substitution.
  if (pid !== job.lastPid || shell.place.quiet === true) return;
  if (signal !== signalNumbers.SIGINT && signal !== signalNumbers.SIGPIPE) {
    await sayEnded(shell, call.io, signal, pid, call.source);
  }
}

/** Starts a program; undefined, with the status set, if there is none of that name. */
async function startProgram(
  shell: ShellState,
  { argv, assigned, io, replaces = false }: ProgramCall,
  job: Job,
): Promise<Pid | undefined> {
  const name = argv[0] ?? "";
  const searched = assigned.find(([variable]) => variable === "PATH")?.[1] ?? shell.variables.get("PATH") ?? "";
  const found = findCommand(name, shell.cwd, searched, shell.system.files);
  if (found.kind === "missing") {
    await sayMissing(shell, name, found, io);
    return undefined;
  }
  await shell.start.beforeProgram?.();
  const env = { ...shell.environment, PWD: shell.cwd, ...Object.fromEntries(assigned) };
  if (replaces) await execInPlace(shell.system, found.argv(argv, shell.isBash ? "bash" : "sh"), env, shell.cwd, io);
  return startProcess(shell, found.argv(argv, shell.isBash ? "bash" : "sh"), env, io, job);
}

/** `exec command`: this process goes on with another program. Throws `ShellError` if there is none. */
export async function exec(shell: ShellState, argv: readonly string[], io: Io): Promise<number> {
  const name = argv[0] ?? "";
  const found = findCommand(name, shell.cwd, shell.variables.get("PATH") ?? "", shell.system.files);
  if (found.kind === "missing") throw new ShellError(`exec: ${name}: ${found.message}`, found.status, true);
  if (shell.level > 0) {
    const call = { argv: [...argv], assigned: [], io, source: argv.join(" ") };
    await runWithin(shell, call, shell.place.job ?? new Job("", true));
    throw new ControlFlow("exit");
  }
  await shell.start.beforeProgram?.();
  const words = found.argv(argv, shell.isBash ? "bash" : "sh");
  await execInPlace(shell.system, words, shell.environment, shell.cwd, io);
  return 0;
}

/** Puts descriptors where the program expects them, and becomes it. */
async function execInPlace(
  system: System,
  argv: readonly string[],
  env: Record<string, string>,
  cwd: string,
  io: Io,
): Promise<void> {
  const { descriptors } = system;
  const wanted = [...io.all()].filter(([, from]) => descriptors.has(from));
  for (const [, from] of wanted) descriptors.giveBack(from);
  const moved = wanted.map(([to, from]) => {
    const between = descriptors.free(100);
    descriptors.duplicate(from, between);
    return [to, between] as const;
  });
  for (const [to, between] of moved) descriptors.duplicate(between, to);
  const kept = new Set(moved.map(([to]) => to));
  const close = descriptors.all().filter((fd) => !kept.has(fd));
  await system.call("exec", {
    argv: [...argv],
    env: { ...env, PWD: cwd },
    cwd,
    close,
    positions: descriptors.positions(),
  });
}
