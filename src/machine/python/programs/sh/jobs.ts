import type { Pid } from "../../../host-types.ts";
import type { SignalNumber } from "../../kernel/protocol.ts";

/** A pipeline that the shell has started and does not wait for. */
export interface Job {
  readonly number: number;
  /** Its process group. */
  readonly group: Pid;
  readonly command: string;
  /** Processes that have not ended. */
  readonly pids: Set<Pid>;
  /** The last of the pipeline: its status is the job's. */
  readonly lastPid: Pid;
  status: number;
  state: "running" | "stopped" | "done";
  /** The signal that ended it. */
  signal: SignalNumber | undefined;
}

/** A shell's jobs, numbered from 1. */
export class Jobs {
  readonly #jobs = new Map<number, Job>();
  /** The latest first. */
  #recent: number[] = [];

  add(group: Pid, pids: readonly Pid[], command: string): Job {
    const number = Math.max(0, ...this.#jobs.keys()) + 1;
    const lastPid = pids.at(-1) ?? group;
    const job: Job = {
      number,
      group,
      command,
      pids: new Set(pids),
      lastPid,
      status: 0,
      state: "running",
      signal: undefined,
    };
    this.#jobs.set(number, job);
    this.touch(job);
    return job;
  }

  /** It is the current one now. */
  touch(job: Job): void {
    this.#recent = [job.number, ...this.#recent.filter((number) => number !== job.number)];
  }

  remove(job: Job): void {
    this.#jobs.delete(job.number);
    this.#recent = this.#recent.filter((number) => number !== job.number);
  }

  all(): Job[] {
    return [...this.#jobs.values()].sort((a, b) => a.number - b.number);
  }

  /** `%1`, `%+`, `%-`, `%name`, `1`, or the current one. */
  find(word: string | undefined): Job | undefined {
    const name = word?.replace(/^%/, "") ?? "+";
    if (name === "" || name === "+" || name === "%") return this.#jobs.get(this.#recent[0] ?? 0);
    if (name === "-") return this.#jobs.get(this.#recent[1] ?? this.#recent[0] ?? 0);
    if (/^\d+$/.test(name)) return this.#jobs.get(Number(name));
    return this.all().find(({ command }) => command.startsWith(name));
  }

  /** The line that tells of a job. */
  line(job: Job): string {
    const mark = job.number === this.#recent[0] ? "+" : job.number === this.#recent[1] ? "-" : " ";
    const running = job.state === "running" ? " &" : "";
    return `[${job.number}]${mark}  ${describe(job).padEnd(22)}  ${job.command}${running}\n`;
  }
}

/** What a shell says of a signal that has ended a program. */
export function signalText(signal: SignalNumber): string {
  return signalTexts.get(signal) ?? `Signal ${signal}`;
}

const signalTexts: ReadonlyMap<SignalNumber, string> = new Map([
  [1, "Hangup"],
  [2, "Interrupt"],
  [3, "Quit"],
  [6, "Aborted"],
  [9, "Killed"],
  [10, "User defined signal 1"],
  [11, "Segmentation fault"],
  [12, "User defined signal 2"],
  [13, "Broken pipe"],
  [14, "Alarm clock"],
  [15, "Terminated"],
]);

function describe({ state, status, signal }: Job): string {
  if (state === "running") return "Running";
  if (state === "stopped") return "Stopped";
  if (signal !== undefined) return signalText(signal);
  return status === 0 ? "Done" : `Exit ${status}`;
}
