/** The processes that a shell starts and waits for. */
import { type Pid, signalNumbers } from "../../../../host-types.ts";
import { SyscallError } from "../../../kernel/errno.ts";
import type { SignalNumber } from "../../../kernel/protocol.ts";
import { ShellError } from "../shell-error.ts";
import type { Io } from "../state/io.ts";
import type { Job } from "../state/jobs.ts";
import type { ShellState } from "../state/shell-state.ts";

/** What a terminal sends to all that run in front. */
const keyboardSignals = [signalNumbers.SIGINT, signalNumbers.SIGQUIT];

/** Starts a process, for a job. Throws `ShellError`, having said why, if the kernel does not. */
export async function startProcess(
  shell: ShellState,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  io: Io,
  job: Job,
): Promise<Pid> {
  const { descriptors } = shell.system;
  try {
    return await job.inTurn(async () => {
      const fds = Array.from(io.all(), ([child, parent]) => ({ child, parent })).filter(({ parent }) =>
        descriptors.has(parent),
      );
      for (const { parent } of fds) descriptors.giveBack(parent);
      const own = shell.interactive && job.ownGroup && (job === shell.place.job || shell.level === 0);
      const place = own ? { group: job.group ?? 0, foreground: job.foreground } : {};
      // Without job control ^C is for what is in front alone: POSIX, 2.11.
      const ignores = shell.interactive || shell.options.has("monitor") || job.foreground ? [] : keyboardSignals;
      const child = { argv, env, cwd: shell.cwd, fds, ignores, ...place };
      const pid = await spawned(shell, () => shell.system.spawn(child));
      job.started(pid, shell.place.isLast);
      shell.session.wake();
      return pid;
    });
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    const tooLong = error.errno === "E2BIG";
    const why = shell.isBash ? `fork: ${error.message}` : "Cannot fork";
    await shell.complain(io, tooLong ? `${argv[0]}: ${error.message}` : why);
    shell.status = tooLong ? 126 : 2;
    throw new ShellError("", shell.status, !tooLong && !shell.interactive);
  }
}

/** What a script waits between its tries to start a process where there is no room for one, in milliseconds: as bash does. */
const patience = [1000, 2000, 4000];

/**
 * Starts a process. A script tries again for a while where the computer has no room for one: what multiplies without end then sleeps most of the
 * time, and leaves the processor to others. At a prompt the error comes at once.
 */
async function spawned(shell: ShellState, start: () => Promise<Pid>): Promise<Pid> {
  for (const pause of shell.interactive ? [] : patience) {
    try {
      return await start();
    } catch (error) {
      if (!(error instanceof SyscallError && error.errno === "EAGAIN")) throw error;
      await shell.system.sleep(pause);
    }
  }
  return start();
}

/** Waits for a process's end, and answers how it came; what stops it before is told to its job. */
export async function processEnd(
  shell: ShellState,
  job: Job,
  pid: Pid,
): Promise<{ readonly status: number; readonly signal: SignalNumber | undefined }> {
  while (true) {
    const told = await shell.system.waitpid(pid, { noHang: false, untraced: shell.interactive });
    const status = told?.status ?? 0;
    if ((status & 0xff) === 0x7f) {
      job.state = "stopped";
      job.status = 128 + (status >> 8);
      shell.session.wake();
      continue;
    }
    job.pids.delete(pid);
    const signal = status & 0x7f;
    shell.session.wake();
    return signal === 0 ? { status: status >> 8, signal: undefined } : { status: 128 + signal, signal };
  }
}
