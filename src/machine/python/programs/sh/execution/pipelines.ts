import type { Command, Pipeline } from "../../../../../shell/syntax.ts";
import type { Fd } from "../../../kernel/protocol.ts";
import type { Shell } from "../shell.ts";
import type { Io } from "../state/io.ts";
import { Job } from "../state/jobs.ts";
import { type RunningJob, runInJob } from "./foreground.ts";

/** `shopt -s lastpipe`: what the last command of a pipeline assigns stays. */
async function inShellItself(shell: Shell, command: Command, io: Io): Promise<number> {
  await shell.runCommand(command, io);
  return shell.status;
}

/** Starts several commands with pipes between them, each in a copy of the shell. */
export function connected(shell: Shell, pipeline: Pipeline, outer: Io, foreground: boolean): RunningJob {
  const { descriptors } = shell.system;
  const around = shell.place.job;
  const job =
    shell.level > 0 && around !== undefined && foreground
      ? around
      : new Job(pipeline.source, foreground, shell.sharesTerminal);
  const own = job !== around;
  const running: Promise<number>[] = [];
  let input: Fd | undefined;
  for (const [index, command] of pipeline.commands.entries()) {
    const last = index === pipeline.commands.length - 1;
    const pipe = last ? undefined : descriptors.pipe();
    const io = outer.over();
    if (input !== undefined) io.set(0, input);
    if (pipe !== undefined) io.set(1, pipe.write);
    const mine = [input, pipe?.write].filter((fd) => fd !== undefined);
    const done = () => {
      for (const fd of mine.splice(0)) descriptors.close(fd);
      shell.system.flush();
    };
    if (last && !shell.interactive && shell.shopt.has("lastpipe")) {
      running.push(inShellItself(shell, command, io).finally(done));
      break;
    }
    const copy = shell.copy(io);
    copy.place = {
      job,
      isLast: last && (own || shell.place.isLast),
      release: command.kind === "simple" ? done : undefined,
    };
    running.push(copy.runToEnd(() => copy.runCommand(command, copy.io)).finally(done));
    input = pipe?.read;
  }
  const finished = Promise.all(running).then((statuses) => {
    shell.statuses = statuses;
    const failed = shell.options.has("pipefail") ? statuses.findLast((each) => each !== 0) : undefined;
    shell.status = failed ?? statuses.at(-1) ?? 0;
  });
  return { job, finished: own ? runInJob(shell, job, () => finished) : finished, own };
}
