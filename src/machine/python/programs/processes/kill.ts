import { signalNumbers } from "../../../host-types.ts";
import { SyscallError } from "../../kernel/errno.ts";
import type { SignalNumber } from "../../kernel/protocol.ts";
import type { NativeProgram } from "../../native/system.ts";

/** What the arguments of `kill` ask for. */
export type KillArguments =
  /** All signals, or the name of one. */
  | { readonly kind: "list"; readonly of: string | undefined }
  /** In bash's words, and in dash's. */
  | { readonly kind: "wrong"; readonly message: string; readonly dash: string }
  | { readonly kind: "kill"; readonly signal: SignalNumber; readonly targets: readonly string[] };

const names = new Map(Object.entries(signalNumbers).map(([name, number]) => [name.slice(3), number]));

/** What `kill -l` prints. */
export const signalList = ["0", ...names.keys()].join("\n");

/** What bash prints for `kill -l`, five in a line. */
export const bashSignalList = Array.from({ length: Math.ceil(names.size / 5) }, (_, row) =>
  [...names]
    .slice(row * 5, row * 5 + 5)
    .map(([name, number]) => `${String(number).padStart(2)}) SIG${name}`)
    .join("\t"),
).join("\n");

/** The number of `9`, `KILL`, `SIGKILL` or `kill`; undefined if there is no such signal. */
export function signalNumber(word: string): SignalNumber | undefined {
  if (/^\d+$/.test(word)) return Number(word);
  return names.get(word.toUpperCase().replace(/^SIG/, ""));
}

const usage = "usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]";
const dashUsage = "Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]";

/** The name of a signal by its number, or by the exit status of what it ended; the number of one by its name. */
export function signalNamed(word: string): string {
  if (!/^\d+$/.test(word)) return String(signalNumber(word) ?? word);
  const number = Number(word) > 128 ? Number(word) - 128 : Number(word);
  return [...names].find(([, each]) => each === number)?.[0] ?? word;
}

/** Parses the arguments of `kill`. */
export function killArguments(args: readonly string[]): KillArguments {
  const [first, second, ...rest] = args;
  if (first === "-l" || first === "-L") return { kind: "list", of: second };
  if (first === undefined) return { kind: "wrong", message: usage, dash: dashUsage };
  let word = "TERM";
  let targets = args;
  if (first === "-s" || first === "-n") {
    word = second ?? "";
    targets = rest;
  } else if (first === "--") targets = args.slice(1);
  else if (/^-[A-Za-z0-9]+$/.test(first)) {
    word = first.slice(1);
    targets = args.slice(1);
  }
  if (targets[0] === "--") targets = targets.slice(1);
  const signal = signalNumber(word);
  if (signal === undefined || signal > 64) {
    const dash = first === "-s" ? `invalid signal number or name: ${word}` : `Illegal option -${word.charAt(0)}`;
    return { kind: "wrong", message: `${word}: invalid signal specification`, dash };
  }
  if (targets.length === 0) return { kind: "wrong", message: usage, dash: dashUsage };
  return { kind: "kill", signal, targets };
}

/** `kill [-SIGNAL] PID…`: sends a signal; below zero a pid is a process group. 1 if one could not be sent. */
export const kill: NativeProgram = async (system) => {
  const parsed = killArguments(system.args);
  if (parsed.kind === "list") {
    await system.print(`${parsed.of === undefined ? signalList : signalNamed(parsed.of)}\n`);
    return 0;
  }
  if (parsed.kind === "wrong") {
    await system.complain(parsed.message);
    return 1;
  }
  let status = 0;
  for (const target of parsed.targets) {
    try {
      if (!/^-?\d+$/.test(target)) throw new SyscallError("EINVAL");
      await system.kill(Number(target), parsed.signal);
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error;
      await system.complain(`(${target}) - ${error.message}`);
      status = 1;
    }
  }
  return status;
};
