/** `flock`: runs a command while it has the lock of a file, or locks what a shell has open. */
import { SyscallError } from "../../kernel/errno.ts";
import type { Fd } from "../../kernel/protocol.ts";
import type { NativeProgram, System } from "../../native/system.ts";
import { type Options, parseOptions, refusingMisuse, UsageError } from "../options.ts";
import { runnable, runToEnd, standardDescriptors } from "./running-programs.ts";

/** As sysexits.h has them: wrong usage, no input, an operating system's error. */
const [wrongUsage, noInput, systemError] = [64, 66, 71] as const;

/** How often who waits for a limited time looks again, in milliseconds. */
const interval = 20;

const known = {
  flags: "nsxeuoF",
  values: "wEc",
  long: {
    nonblock: "n",
    nb: "n",
    shared: "s",
    exclusive: "x",
    unlock: "u",
    close: "o",
    "no-fork": "F",
    wait: "w",
    timeout: "w",
    "conflict-exit-code": "E",
    command: "c",
  },
};

/** Takes the lock, or gives it back. False: another has it, and was not to be waited for any longer. */
async function locked(system: System, fd: Fd, { flags, values }: Options): Promise<boolean> {
  const kind = flags.has("u") ? "unlock" : flags.has("s") ? "shared" : "exclusive";
  const limit = values.get("w");
  const seconds = limit === undefined ? undefined : Number(limit);
  if (seconds !== undefined && !(seconds >= 0)) throw new UsageError(`invalid timeout value: '${limit}'`);
  const deadline = seconds === undefined ? undefined : performance.now() + seconds * 1000;
  while (true) {
    try {
      await system.call("flock", { fd, kind, noBlock: flags.has("n") || deadline !== undefined });
      return true;
    } catch (error) {
      if (!(error instanceof SyscallError) || error.errno !== "EAGAIN") throw error;
      if (deadline === undefined || performance.now() >= deadline) return false;
    }
    await system.sleep(interval);
  }
}

/** The options end where the file is named: what follows is the command's. */
function ownArguments(args: readonly string[]): {
  readonly own: readonly string[];
  readonly command: readonly string[];
} {
  let at = 0;
  while (at < args.length && /^-./.test(args[at] ?? "")) {
    at += /^-[a-zA-Z]*[wE]$|^--(?:wait|timeout|conflict-exit-code)$/.test(args[at] ?? "") ? 2 : 1;
  }
  const rest = args.slice(at + 1);
  if (rest[0] === "-c" || rest[0] === "--command") return { own: args.slice(0, at + 1), command: ["/bin/sh", ...rest] };
  return { own: args.slice(0, at + 1), command: rest };
}

/** `flock [-n] [-s] [-u] [-w SECONDS] [-E CODE] FILE COMMAND…`, `flock … FILE -c LINE`, `flock … NUMBER`. */
export const flock: NativeProgram = refusingMisuse((system) => {
  const { own, command } = ownArguments(system.args);
  return run(system, parseOptions(own, known), command);
}, wrongUsage);

async function run(system: System, options: Options, command: readonly string[]): Promise<number> {
  const [name] = options.operands;
  if (name === undefined) throw new UsageError("not enough arguments\nTry 'flock --help' for more information.");
  const conflict = Number(options.values.get("E") ?? 1);
  if (command.length === 0) {
    if (!/^\d+$/.test(name)) {
      await system.complain(`bad file descriptor: '${name}'`);
      return wrongUsage;
    }
    return lockNumber(system, Number(name), options, conflict);
  }
  let fd: Fd;
  const path = system.path(name);
  try {
    fd = system.descriptors.open(path, system.files.status(path) === undefined ? "append" : "read", 3);
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    await system.complain(`cannot open lock file ${name}: ${error.message}`);
    return noInput;
  }
  if (!(await locked(system, fd, options))) return conflict;
  const found = await runnable(system, command);
  if (typeof found === "number") return 69;
  // The command has it, too: what it leaves running keeps the lock.
  const kept = options.flags.has("o") ? [] : [{ child: fd, parent: fd }];
  return runToEnd(system, found, [...standardDescriptors, ...kept]);
}

async function lockNumber(system: System, fd: Fd, options: Options, conflict: number): Promise<number> {
  try {
    return (await locked(system, fd, options)) ? 0 : conflict;
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    await system.complain(`${fd}: ${error.message}`);
    return error.errno === "EBADF" ? 65 : systemError;
  }
}
