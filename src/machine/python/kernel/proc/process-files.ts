/** What Linux tells of one process in `/proc/<pid>`: see proc_pid_status(5), proc_pid_stat(5) and their like. */
import type { Milliseconds, ProcessState } from "../../../host-types.ts";
import type { KernelProcess } from "../process/process.ts";
import type { Disposition, Fd } from "../protocol.ts";

/** The user and the group of all processes of a host (`posix/pwd.py`). */
const owner = 1000;
const pageSize = 4096;
/** Clock ticks of a second, as `sysconf(_SC_CLK_TCK)`. */
const ticks = 100;
/** So much of a name Linux keeps. */
const longestName = 15;

const states: Readonly<Record<ProcessState, string>> = {
  starting: "R (running)",
  running: "R (running)",
  waiting: "S (sleeping)",
  stopped: "T (stopped)",
  zombie: "Z (zombie)",
};

/** What the files of a process are made from. */
export interface ProcessFacts {
  readonly process: KernelProcess;
  /** When the host began, on the kernel's clock. */
  readonly hostStarted: Milliseconds;
  /** How many descriptors a process may have. */
  readonly openFiles: number;
  /** What a descriptor stands for, as its symbolic link says. */
  nameOf(fd: Fd): string;
}

/** The program's name, without folders, as far as Linux keeps it. */
export function commandName({ title }: KernelProcess): string {
  return (title.split(" ")[0] ?? "").replace(/^.*\//, "").replace(/:$/, "").slice(0, longestName);
}

/** Texts of the files in a process's folder, by name. */
export function processFiles({ process, hostStarted, openFiles }: ProcessFacts): Readonly<Record<string, string>> {
  return {
    cmdline: process.dead ? "" : `${process.commandLine.join("\0")}\0`,
    comm: `${commandName(process)}\n`,
    environ: process.dead ? "" : environment(process),
    limits: limits(openFiles),
    stat: stat(process, hostStarted),
    statm: `${pages(process)} ${pages(process)} 0 0 0 ${pages(process)} 0\n`,
    status: status(process),
  };
}

/** Targets of the symbolic links in a process's folder, by name. */
export function processLinks({ process }: ProcessFacts): Readonly<Record<string, string>> {
  return process.dead ? {} : { cwd: process.cwd, exe: process.executable, root: "/" };
}

/** Targets of the symbolic links in a process's `fd`, by name. */
export function descriptorLinks({ process, nameOf }: ProcessFacts): Readonly<Record<string, string>> {
  return Object.fromEntries(Array.from(process.descriptors.entries(), ([fd]) => [String(fd), nameOf(fd)]));
}

function environment({ program }: KernelProcess): string {
  return Object.entries(program.env)
    .map(([name, value]) => `${name}=${value}\0`)
    .join("");
}

function pages({ memory = 0 }: KernelProcess): number {
  return Math.ceil(memory / pageSize);
}

function status(process: KernelProcess): string {
  const { pid, parent, memory = 0, umask, descriptors } = process;
  const ids = `${owner}\t${owner}\t${owner}\t${owner}`;
  const kilobytes = `${String(Math.round(memory / 1024)).padStart(8)} kB`;
  const sizes = process.dead
    ? []
    : ([
        ["VmPeak", kilobytes],
        ["VmSize", kilobytes],
        ["VmRSS", kilobytes],
      ] as const);
  const rows: (readonly [string, string | number])[] = [
    ["Name", commandName(process)],
    ["Umask", umask.toString(8).padStart(4, "0")],
    ["State", states[process.state]],
    ["Tgid", pid],
    ["Ngid", 0],
    ["Pid", pid],
    ["PPid", parent],
    ["TracerPid", 0],
    ["Uid", ids],
    ["Gid", ids],
    ["FDSize", descriptors.size],
    ["Groups", `${owner} `],
    ...sizes,
    ["Threads", process.threads],
    ["SigPnd", signalMask(process.pendingSignals)],
    ["SigIgn", signalMask(withDisposition(process, "ignore"))],
    ["SigCgt", signalMask(withDisposition(process, "handle"))],
  ];
  return rows.map(([name, value]) => `${name}:\t${value}\n`).join("");
}

/** The 52 fields of proc_pid_stat(5). What a page cannot know of a process is 0: the time that it has computed. */
function stat(process: KernelProcess, hostStarted: Milliseconds): string {
  const { pid, parent, group, session, memory = 0 } = process;
  const foreground = process.tty?.foreground ?? -1;
  const started = Math.max(0, Math.round(((process.started - hostStarted) / 1000) * ticks));
  const [state = "S"] = states[process.state];
  const terminal = process.tty === undefined ? 0 : (136 << 8) | 0;
  const zeros = (count: number): number[] => new Array<number>(count).fill(0);
  const fields: (string | number)[] = [pid, `(${commandName(process)})`, state, parent, group, session, terminal];
  // tpgid, flags, page faults (4), times (4), priority, nice, threads, itrealvalue, start
  fields.push(foreground, 0, ...zeros(8), 20, 0, process.threads, 0, started);
  // size, resident pages, their limit, then addresses and masks up to the exit code
  fields.push(memory, pages(process), "18446744073709551615", ...zeros(27));
  return `${fields.join(" ")}\n`;
}

function limits(openFiles: number): string {
  const row = (name: string, soft: string, hard: string, unit: string) =>
    `${name.padEnd(26)}${soft.padEnd(21)}${hard.padEnd(21)}${unit.padEnd(10)}\n`;
  return (
    row("Limit", "Soft Limit", "Hard Limit", "Units") +
    row("Max open files", String(openFiles), String(openFiles), "files")
  );
}

function* withDisposition(process: KernelProcess, wanted: Disposition): Iterable<number> {
  for (const [signal, disposition] of process.dispositions) if (disposition === wanted) yield signal;
}

/** As 16 hexadecimal digits: bit 0 is signal 1. */
function signalMask(signals: Iterable<number>): string {
  let mask = 0n;
  for (const signal of signals) if (signal > 0 && signal <= 64) mask |= 1n << BigInt(signal - 1);
  return mask.toString(16).padStart(16, "0");
}
