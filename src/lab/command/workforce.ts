/** Who works on a side: which of its processes answer requests, and which only look after others. */
import type { Pid, ProcessInfo } from "../../machine/machine.ts";
import { optionValue } from "./option-value.ts";

/** A side's processes by what they do. Each list is in the order of pids. */
export interface Workforce {
  /** Processes with children: a master, a reloader. */
  readonly mains: readonly ProcessInfo[];
  /** Processes without. A server of a single process is its own worker. */
  readonly workers: readonly ProcessInfo[];
}

/**
 * Programs that show what services write, and what Python's `multiprocessing` starts to tidy up behind its processes:
 * they stand beside a server, and answer nobody.
 */
const onlookers = /^(?:\S*\/)?(?:journalctl|tail)(?: |$)|\bmultiprocessing[. ]\S*resource_tracker\b/;

/**
 * Divides a host's processes. Those that look on are in neither list.
 *
 * @param started the process that was started from the page, if its program is known to leave the work to others
 */
export function divide(processes: readonly ProcessInfo[], started: Pid | undefined): Workforce {
  const parents = new Set(processes.filter(({ state }) => state !== "zombie").map(({ parent }) => parent));
  const isMain = ({ pid }: ProcessInfo) => parents.has(pid) || pid === started;
  const sorted = processes.filter(({ title }) => !onlookers.test(title)).toSorted((a, b) => a.pid - b.pid);
  return { mains: sorted.filter(isMain), workers: sorted.filter((process) => !isMain(process)) };
}

/** Workers that are up: neither booting nor dead. */
export function countUp(workers: readonly ProcessInfo[]): number {
  return workers.filter(({ state }) => state !== "starting" && state !== "zombie").length;
}

/** Servers whose first process leaves the work to others, and the options with which they are told how many. */
const optionsForWorkers: ReadonlyMap<string, readonly string[]> = new Map([
  ["gunicorn", ["-w", "--workers"]],
  ["hypercorn", ["-w", "--workers"]],
  ["uwsgi", ["-p", "--processes", "--workers"]],
]);

/**
 * How many workers a command line asks for, so that progress can say `3 of 4`. `undefined` where the program is its
 * own worker or not known here: progress then says less, and nothing else depends on it.
 */
export function expectedWorkers(argv: readonly string[]): number | undefined {
  if (argv[0] === "uvicorn") return expectedOfUvicorn(argv);
  const options = optionsForWorkers.get(argv[0] ?? "");
  if (options === undefined) return undefined;
  // uWSGI's settings usually stand in a file.
  let expected = argv[0] === "uwsgi" ? undefined : 1;
  argv.forEach((word, index) => {
    for (const option of options) {
      const value = optionValue(word, argv[index + 1], option);
      if (value !== undefined && /^\d+$/.test(value)) expected = Number(value);
    }
  });
  return expected;
}

/** uvicorn is its own worker, unless it is told to have more of them, or to look after its files. */
function expectedOfUvicorn(argv: readonly string[]): number | undefined {
  const values = argv.map((word, index) => Number(optionValue(word, argv[index + 1], "--workers") ?? Number.NaN));
  const workers = values.findLast((value) => value > 0);
  if (argv.includes("--reload")) return 1;
  return workers !== undefined && workers > 1 ? workers : undefined;
}
