import type { Pid } from "../../../../host-types.ts";
import type { SignalNumber } from "../../../kernel/protocol.ts";

/** A pipeline under way. */
export class Job {
  /** 0 until it goes to the background or stops: then it is one that can be named. */
  number = 0;
  /** Its process group, once its first process is there. */
  group: Pid | undefined;
  /** Processes that have not ended. */
  readonly pids = new Set<Pid>();
  /** All that it has had. */
  readonly allPids = new Set<Pid>();
  /** The latest process of its last command: its status is the job's. */
  lastPid: Pid | undefined;
  status = 0;
  state: "running" | "stopped" | "done" = "running";
  /** The signal that ended it. */
  signal: SignalNumber | undefined;
  /** Someone was told that it has ended. */
  told = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    readonly command: string,
    /** It has the terminal. */
    public foreground: boolean,
    /** Its processes are a group of their own. What runs within a substitution stays in the shell's. */
    readonly ownGroup = true,
  ) {}

  /** One process after the other comes into being: the first makes the group. */
  inTurn<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(act);
    this.#turn = result.catch(() => {});
    return result;
  }

  started(pid: Pid, isLast: boolean): void {
    this.group ??= pid;
    this.pids.add(pid);
    this.allPids.add(pid);
    if (isLast) this.lastPid = pid;
  }
}

/** A shell's jobs, numbered from 1. */
export class Jobs {
  readonly #jobs = new Map<number, Job>();
  /** The latest first. */
  #recent: number[] = [];

  /** Gives a job its number, and makes it the current one. */
  add(job: Job): void {
    if (job.number === 0) job.number = Math.max(0, ...this.#jobs.keys()) + 1;
    this.#jobs.set(job.number, job);
    this.touch(job);
  }

  /** It is the current one now. */
  touch(job: Job): void {
    this.#recent = [job.number, ...this.#recent.filter((number) => number !== job.number)];
  }

  /** Those of the shell that this one's is a copy of. */
  takeOver(others: Jobs): void {
    for (const [number, job] of others.#jobs) this.#jobs.set(number, job);
    this.#recent = [...others.#recent];
  }

  remove(job: Job): void {
    this.#jobs.delete(job.number);
    this.#recent = this.#recent.filter((number) => number !== job.number);
  }

  all(): Job[] {
    return [...this.#jobs.values()].sort((a, b) => a.number - b.number);
  }

  withPid(pid: Pid): Job | undefined {
    return this.all().find(({ allPids }) => allPids.has(pid));
  }

  get isEmpty(): boolean {
    return this.#jobs.size === 0;
  }

  /** `%1`, `%+`, `%-`, `%name`, `%?part`, `1`, or the current one. */
  find(word: string | undefined): Job | undefined {
    const name = word?.replace(/^%/, "") ?? "+";
    if (name === "" || name === "+" || name === "%") return this.#jobs.get(this.#recent[0] ?? 0);
    if (name === "-") return this.#jobs.get(this.#recent[1] ?? this.#recent[0] ?? 0);
    if (/^\d+$/.test(name)) return this.#jobs.get(Number(name));
    if (name.startsWith("?")) return this.all().find(({ command }) => command.includes(name.slice(1)));
    return this.all().find(({ command }) => command.startsWith(name));
  }

  /** The line that tells of a job. `withPid`: as `jobs -l`. */
  line(job: Job, withPid = false): string {
    const mark = job.number === this.#recent[0] ? "+" : job.number === this.#recent[1] ? "-" : " ";
    const running = job.state === "running" ? " &" : "";
    const pid = withPid ? ` ${job.group ?? ""} ` : "  ";
    return `[${job.number}]${mark}${pid}${describe(job).padEnd(withPid ? 20 : 22)}  ${job.command}${running}\n`;
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
