import { signalNumbers } from "../../../../host-types.ts";
import { SyscallError } from "../../../kernel/errno.ts";
import { bashSignalList, killArguments, signalList, signalNamed } from "../../processes/kill.ts";
import { waitForJob } from "../execution/foreground.ts";
import { tellOfKilled } from "../execution/messages.ts";
import type { Builtin, Shell } from "../shell.ts";
import { ShellError } from "../shell-error.ts";
import type { Io } from "../state/io.ts";
import type { Job } from "../state/jobs.ts";

const jobs: Builtin = async (shell, [, ...options], io) => {
  const [letters = "", ...more] = options;
  const wanted = letters.startsWith("-") ? more : options;
  const all = wanted.length === 0 ? shell.jobs.all() : wanted.map((word) => jobNamed(shell, "jobs", word));
  for (const job of all) {
    if (job.told && shell.isBash && !shell.interactive) continue;
    if (letters.includes("r") && job.state !== "running") continue;
    if (letters.includes("s") && job.state !== "stopped") continue;
    const text = letters.includes("p") ? `${job.group ?? job.lastPid}\n` : shell.jobs.line(job, letters.includes("l"));
    await shell.write(io, 1, text);
    if (job.state === "done") shell.jobs.remove(job);
  }
  return 0;
};

function jobNamed(shell: Shell, name: string, word: string | undefined): Job {
  const job = shell.jobs.find(word);
  if (job !== undefined) return job;
  if (word === undefined)
    throw new ShellError(
      shell.isBash ? `${name}: current: no such job` : `${name}: No current job`,
      shell.isBash ? 1 : 2,
    );
  throw new ShellError(
    shell.isBash ? `${name}: ${word}: no such job` : `${name}: No such job: ${word}`,
    shell.isBash ? 1 : 2,
  );
}

function jobFor(shell: Shell, [name = "", word]: readonly string[]): Job {
  if (!shell.interactive) {
    throw new ShellError(shell.isBash ? `${name}: no job control` : `${name}: No current job`, shell.isBash ? 1 : 2);
  }
  const job = jobNamed(shell, name, word);
  if (job.state === "done") throw new ShellError(`${name}: job ${job.number} has ended`);
  return job;
}

const fg: Builtin = async (shell, argv, io) => {
  const job = jobFor(shell, argv);
  const { group } = job;
  if (group === undefined) throw new ShellError("fg: the job has no process yet");
  await shell.write(io, 1, `${job.command}\n`);
  await shell.start.beforeProgram?.();
  job.foreground = true;
  await shell.system.setForeground(0, group);
  job.state = "running";
  await shell.system.kill(-group, signalNumbers.SIGCONT);
  await waitForJob(shell, job);
  return shell.status;
};

const bg: Builtin = async (shell, argv, io) => {
  const job = jobFor(shell, argv);
  if (job.group === undefined) return 0;
  job.state = "running";
  job.foreground = false;
  await shell.system.kill(-job.group, signalNumbers.SIGCONT);
  await shell.write(io, 1, `[${job.number}] ${job.command}\n`);
  return 0;
};

const wait: Builtin = async (shell, [, ...words], io) => {
  const any = words.includes("-n");
  const named = words.filter((word) => !word.startsWith("-"));
  const wrong = words.find((word) => /^-[^nfp]/.test(word));
  if (wrong !== undefined && shell.isBash) {
    await shell.complain(io, `wait: ${wrong.slice(0, 2)}: invalid option`);
    await shell.write(io, 2, "wait: usage: wait [-fn] [-p var] [id ...]\n");
    return 2;
  }
  if (any) {
    await shell.session.until(
      () => shell.jobs.all().some(({ state }) => state === "done") || shell.jobs.all().length === 0,
      true,
    );
    const job = shell.jobs.all().find(({ state }) => state === "done");
    if (job === undefined) return 127;
    await tellOfKilled(shell, job, io);
    shell.jobs.remove(job);
    return job.status;
  }
  if (named.length === 0) {
    await shell.session.until(() => shell.jobs.all().every(({ state }) => state !== "running"), true);
    if (shell.session.pendingSignal !== undefined) return 128 + shell.session.pendingSignal;
    for (const job of shell.interactive ? [] : shell.jobs.all()) {
      await tellOfKilled(shell, job, io);
      shell.jobs.remove(job);
    }
    return shell.session.isInterrupted ? 130 : 0;
  }
  let status = 0;
  for (const word of named) status = await waitFor(shell, word, io);
  return status;
};

async function waitFor(shell: Shell, word: string, io: Io): Promise<number> {
  if (!word.startsWith("%") && !/^\d+$/.test(word)) {
    throw new ShellError(
      shell.isBash ? `wait: \`${word}': not a pid or valid job spec` : `wait: Illegal number: ${word}`,
      shell.isBash ? 1 : 2,
    );
  }
  const job = word.startsWith("%") ? jobNamed(shell, "wait", word) : shell.jobs.withPid(Number(word));
  if (job === undefined) {
    if (shell.isBash) await shell.complain(io, `wait: pid ${word} is not a child of this shell`);
    return 127;
  }
  await shell.session.until(() => job.state !== "running", true);
  if (job.state === "running")
    return shell.session.pendingSignal === undefined ? 130 : 128 + shell.session.pendingSignal;
  await tellOfKilled(shell, job, io);
  if (job.state === "done") shell.jobs.remove(job);
  return job.status;
}

const kill: Builtin = async (shell, [, ...args], io) => {
  const parsed = killArguments(args);
  if (parsed.kind === "list") {
    const all = shell.isBash ? bashSignalList : signalList;
    await shell.write(io, 1, parsed.of === undefined ? `${all}\n` : `${signalNamed(parsed.of)}\n`);
    return 0;
  }
  if (parsed.kind === "wrong") throw new ShellError(`kill: ${shell.isBash ? parsed.message : parsed.dash}`);
  let status = 0;
  for (const target of parsed.targets) {
    try {
      await killOne(shell, target, parsed.signal);
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error;
      await shell.complain(io, shell.isBash ? `kill: (${target}) - ${error.message}` : `kill: ${error.message}\n`);
      status = 1;
    }
  }
  return status;
};

async function killOne(shell: Shell, target: string, signal: number): Promise<void> {
  const job = target.startsWith("%") ? jobNamed(shell, "kill", target) : shell.jobs.withPid(Number(target));
  if (!target.startsWith("%") && !/^-?\d+$/.test(target)) {
    throw new ShellError(
      shell.isBash ? `kill: ${target}: arguments must be process or job IDs` : `kill: Illegal number: ${target}`,
      shell.isBash ? 1 : 2,
    );
  }
  if (!target.startsWith("%")) await shell.system.kill(Number(target), signal);
  else {
    const { group, allPids } = job ?? {};
    // Without a prompt jobs have no process groups of their own.
    const targets = shell.interactive && group !== undefined ? [-group] : [...(allPids ?? [])];
    for (const pid of targets) await shell.system.kill(pid, signal);
    // What stands still would hear of it only when it goes on.
    const stops: readonly number[] = [0, signalNumbers.SIGSTOP, signalNumbers.SIGTSTP, signalNumbers.SIGCONT];
    if (job?.state === "stopped" && group !== undefined && !stops.includes(signal)) {
      await shell.system.kill(-group, signalNumbers.SIGCONT);
    }
  }
  if (signal === signalNumbers.SIGCONT && job?.state === "stopped") job.state = "running";
}

const disown: Builtin = async (shell, [, ...words]) => {
  const all = words.includes("-a");
  const named = words.filter((word) => !word.startsWith("-"));
  const wanted = all ? shell.jobs.all() : named.length === 0 ? [undefined] : named;
  for (const word of wanted) {
    if (typeof word === "object") shell.jobs.remove(word);
    else
      shell.jobs.remove(
        /^\d+$/.test(word ?? "")
          ? (shell.jobs.withPid(Number(word)) ?? jobNamed(shell, "disown", word))
          : jobNamed(shell, "disown", word),
      );
  }
  return 0;
};

/** Builtins for jobs: `jobs`, `fg`, `bg`, `wait`, `kill`, by name. */
export const jobBuiltins: readonly (readonly [string, Builtin])[] = [
  ["jobs", jobs],
  ["fg", fg],
  ["bg", bg],
  ["wait", wait],
  ["kill", kill],
];

/** bash alone has it. */
export const disownBuiltin = disown;
