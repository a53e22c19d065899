import { signalNumbers } from "../../../host-types.ts";
import { SyscallError } from "../../kernel/errno.ts";
import type { SignalNumber } from "../../kernel/protocol.ts";
import type { NativeProgram } from "../../native/system.ts";

/** What the arguments of `kill` ask for. */
export type KillArguments =
  | { readonly kind: "list" }
  | { readonly kind: "wrong"; readonly message: string }
  | { readonly kind: "kill"; readonly signal: SignalNumber; readonly targets: readonly string[] };

const names = new Map(Object.entries(signalNumbers).map(([name, number]) => [name.slice(3), number]));

/** What `kill -l` prints. */
export const signalList = Array.from(names, ([name, number]) => `${number}) SIG${name}`).join("\n");

/** The number of `9`, `KILL`, `SIGKILL` or `kill`; undefined if there is no such signal. */
export function signalNumber(word: string): SignalNumber | undefined {
  if (/^\d+$/.test(word)) return Number(word);
  return names.get(word.toUpperCase().replace(/^SIG/, ""));
}

/** Parses the arguments of `kill`. */
export function killArguments(args: readonly string[]): KillArguments {
  const [first, second, ...rest] = args;
  if (first === "-l" || first === "-L") return { kind: "list" };
  if (first === undefined) return { kind: "wrong", message: "usage: kill [-s signal | -signal] pid ..." };
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
  if (signal === undefined) return { kind: "wrong", message: `invalid signal: ${word}` };
  if (targets.length === 0) return { kind: "wrong", message: "usage: kill [-s signal | -signal] pid ..." };
  return { kind: "kill", signal, targets };
}

export const kill: NativeProgram = async (system) => {
  const parsed = killArguments(system.args);
  if (parsed.kind === "list") {
    await system.print(`${signalList}\n`);
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
