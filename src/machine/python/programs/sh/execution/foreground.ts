/** Jobs that somebody waits for, with the terminal where there is one. */
import { signalNumbers } from "../../../../host-types.ts";
import { ShellError } from "../shell-error.ts";
import { type Job, signalText } from "../state/jobs.ts";
import { mostDeaf } from "../state/session.ts";
import type { ShellState } from "../state/shell-state.ts";

/** A job under way. */
export interface RunningJob {
  readonly job: Job;
  readonly finished: Promise<void>;
  /** It is no part of another job; left out: it is none. */
  readonly own?: boolean;
}

/** Runs all that a job is: it is over when this is, with its status. */
export async function runInJob(shell: ShellState, job: Job, act: () => Promise<void>): Promise<void> {
  try {
    await act();
    job.status = shell.status;
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    job.status = error.status;
  } finally {
    job.state = "done";
    shell.session.wake();
  }
}

/** Waits for a job that has the terminal. Throws what it has failed with. */
export async function waitInForeground(shell: ShellState, { job, finished, own = true }: RunningJob): Promise<void> {
  if (!own || !shell.sharesTerminal) {
    await finished;
    shell.checkInterrupt();
    return;
  }
  // What fails is thrown below; a job that stops goes on without anybody waiting.
  finished.catch(() => {});
  await waitForJob(shell, job);
  if (job.state === "done") await finished;
}

/** Waits until a job ends or stops, and takes the terminal back. */
export async function waitForJob(shell: ShellState, job: Job): Promise<void> {
  const { session, system, jobs } = shell;
  do await session.until(() => job.state !== "running");
  while (job.state === "running" && (await stillRuns(job)));
  await system.setForeground(0, system.group);
  shell.status = job.status;
  if (job.state === "stopped") {
    job.foreground = false;
    jobs.add(job);
    await system.write(2, `\n${jobs.line(job)}`);
    job.told = true;
    return;
  }
  jobs.remove(job);
  if (job.signal === signalNumbers.SIGINT) {
    session.interrupt();
    await system.write(2, "\n");
  } else if (job.signal !== undefined && job.signal !== signalNumbers.SIGPIPE) {
    await system.write(2, `${signalText(job.signal)}\n`);
  }
}

/** After ^C that the shell itself has heard. */
async function stillRuns(job: Job): Promise<boolean> {
  if (job.pids.size === 0) return false;
  await new Promise((resolve) => setTimeout(resolve, mostDeaf));
  return true;
}
